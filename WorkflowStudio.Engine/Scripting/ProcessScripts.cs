using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Model.Json;

namespace WorkflowStudio.Engine.Scripting;

/// <summary>
/// Runs scripts in processes of their own, each given its work by a thread of its own: none of it is done by a thread that others wait for.
/// </summary>
internal sealed class ProcessScripts : IScripts, IDisposable
{
    private static readonly ConnectorProblem NotAllowed = new(
        WorkflowProblemCodes.CodeNotAllowed, $"This workspace does not allow code. {WorkflowSurroundings.CodeRemedy}");

    private readonly ScriptOptions options;
    private readonly IScriptPermits permits;
    private readonly ILogger<ProcessScripts> logger;
    private readonly ScriptQueue queue;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lazy<Thread[]> threads;

    public ProcessScripts(ScriptOptions options, IScriptPermits permits, ILogger<ProcessScripts> logger)
    {
        (this.options, this.permits, this.logger) = (options, permits, logger);
        queue = new ScriptQueue(options.Places);
        threads = new Lazy<Thread[]>(Start); // where nobody runs a script there are none
    }

    public async Task<ScriptRun> RunAsync(
        Tenant tenant, string source, JsonElement input, TimeSpan time, CancellationToken cancellationToken)
    {
        if (!await permits.AllowsAsync(tenant.WorkspaceId, cancellationToken)) return Refused(NotAllowed);
        var json = input.ValueKind == JsonValueKind.Undefined ? "null"u8 : JsonMarshal.GetRawUtf8Value(input);
        var job = new ScriptJob(tenant.WorkspaceId, new ScriptRequest(source, json.ToArray(), time), cancellationToken);
        if (!queue.TryAdd(job)) return Refused(Busy());
        _ = threads.Value;
        try
        {
            await job.Begun.WaitAsync(ScriptLimits.LongestWait, cancellationToken);
        }
        catch (TimeoutException) when (job.GiveUp())
        {
            return Refused(Busy());
        }
        catch (TimeoutException)
        {
            // it got its place at the last moment
        }

        return Read(await job.Answer.WaitAsync(cancellationToken));
    }

    public void Dispose()
    {
        queue.Close();
        stopping.Cancel();
        if (threads.IsValueCreated)
            foreach (var thread in threads.Value) thread.Join(TimeSpan.FromSeconds(5));
        stopping.Dispose();
    }

    private Thread[] Start()
    {
        var started = new Thread[options.Places];
        for (var i = 0; i < started.Length; i++)
        {
            started[i] = new Thread(Work) { IsBackground = true, Name = $"Scripts {i + 1}" };
            started[i].Start();
        }

        return started;
    }

    private void Work()
    {
        ScriptProcess? process = null;
        while (queue.TryTake(process is null ? Timeout.InfiniteTimeSpan : ScriptLimits.Idle, out var job))
        {
            if (job is null)
            {
                End(ref process);
                continue;
            }

            try
            {
                job.Complete(Run(job, ref process));
            }
            catch (Exception e)
            {
                // nobody is above this thread: a mistake must cost this script, not the server
                Log.ScriptBroke(logger, e);
                job.Complete(Unavailable());
                End(ref process);
            }

            queue.Done(job);
        }

        End(ref process);
    }

    private ScriptAnswer Run(ScriptJob job, ref ScriptProcess? process)
    {
        if (process is null)
        {
            (process, var why) = ScriptProcess.Start(options);
            if (process is null)
            {
                Log.NoScriptProcess(logger, why!);
                return Unavailable();
            }
        }

        using var both = CancellationTokenSource.CreateLinkedTokenSource(job.Canceled, stopping.Token);
        var answer = process.Ask(job.Request, both.Token);
        if (answer is null or { IsLast: true }) End(ref process);
        return answer ?? ScriptAnswer.Failed(ScriptCodes.Time, "The script did not stop when its time was over, or used up the memory of "
            + "its process, and was ended. Do less in it, or give it a part of the data.");
    }

    private static ScriptAnswer Unavailable() => ScriptAnswer.Failed(ScriptCodes.Unavailable,
        "The process that runs scripts could not be started. The server's log says why; whoever runs the server can mend that.");

    private static void End(ref ScriptProcess? process)
    {
        process?.Dispose();
        process = null;
    }

    private static ScriptRun Read(ScriptAnswer answer) => new(Value(answer), answer.Lines);

    private static Answer<JsonElement> Value(ScriptAnswer answer)
    {
        if (answer.Json is null) return new ConnectorProblem(answer.Code!, answer.Message!);
        // the step's output wraps it once
        if (JsonDepth.IsOver(answer.Json, JsonDepth.Most - 1))
            return new ConnectorProblem(
                ScriptCodes.TooDeep, $"What the script returned is nested deeper than {JsonDepth.Most - 1} levels. Return a part of it.");
        try
        {
            var value = JsonElement.Parse(answer.Json);
            return StrictJson.Check(value) is null ? value : new ConnectorProblem(ScriptCodes.NoData,
                "The script returned text with half of a surrogate pair (\\ud800 to \\udfff), which is no text. Return whole signs.");
        }
        catch (JsonException)
        {
            return new ConnectorProblem(ScriptCodes.NoData, "The script returned something that is no data. Return plain values.");
        }
    }

    private static ScriptRun Refused(ConnectorProblem problem) => new(problem, []);

    private static ConnectorProblem Busy() => new(ScriptCodes.Busy, "Scripts of this workspace, or of all, keep every place busy. Try "
        + "again in a minute; scripts that end sooner make room.", true);
}
