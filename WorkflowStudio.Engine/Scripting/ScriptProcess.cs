using System.ComponentModel;
using System.Diagnostics;

namespace WorkflowStudio.Engine.Scripting;

/// <summary>A process that runs scripts, seen by the one thread that gives it work.</summary>
internal sealed class ScriptProcess : IDisposable
{
    private readonly Process process;
    private readonly BinaryReader answers;
    private readonly BinaryWriter requests;

    private ScriptProcess(Process process)
    {
        this.process = process;
        answers = new BinaryReader(process.StandardOutput.BaseStream);
        requests = new BinaryWriter(process.StandardInput.BaseStream);
    }

    /// <summary>Starts one and waits until it can work; null with the reason when it cannot be.</summary>
    public static (ScriptProcess? Started, string? Why) Start(ScriptOptions options)
    {
        if (options.File is null) return (null, "none is set up");
        try
        {
            var started = new ScriptProcess(Process.Start(options.Start())!);
            if (started.Heard(ScriptLimits.LongestStart, r => r.ReadBoolean(), CancellationToken.None))
            {
                started.StandBack();
                return (started, null);
            }

            started.Dispose();
            return (null, "it ended at once");
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            return (null, e.Message);
        }
    }

    /// <summary>Runs a script; null when the process did not answer and was ended.</summary>
    public ScriptAnswer? Ask(ScriptRequest request, CancellationToken cancellationToken) =>
        Heard(request.Time + ScriptLimits.Grace, reader =>
        {
            request.Write(requests);
            return ScriptAnswer.Read(reader);
        }, cancellationToken);

    public void Dispose()
    {
        End();
        process.WaitForExit(TimeSpan.FromSeconds(5));
        process.Dispose();
    }

    private T? Heard<T>(TimeSpan patience, Func<BinaryReader, T> read, CancellationToken cancellationToken)
    {
        using var late = new Timer(_ => End(), null, patience, Timeout.InfiniteTimeSpan);
        using var canceled = cancellationToken.Register(End);
        try
        {
            return read(answers);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return default; // it ended, or was ended
        }
    }

    private void End()
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // it has ended by itself
        }
    }

    // everybody else's work goes first
    private void StandBack()
    {
        try
        {
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            // a system that does not let it: the limits hold all the same
        }
    }
}
