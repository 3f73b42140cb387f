using System.Text.Json;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>
/// What becomes of a run that cannot be worked on: it is paused with the reason and waits for somebody to resume or cancel it. It needs no
/// journal that can be read: the header knows the number of the last entry.
/// </summary>
internal sealed class RunSetAside(ExecutionTools tools, PlanSource plans, ILogger logger)
{
    /// <summary>The run cannot be read.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>The run ended the server again and again.</summary>
    public const string CrashedTheServer = "crashed_the_server";

    /// <summary>
    /// Pauses the run, or cancels it when somebody asked for that. Nothing happens to one that is paused already and is asked for nothing.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="epoch">The owner's.</param>
    /// <param name="code">Why.</param>
    /// <param name="message">Why, for people.</param>
    /// <param name="until">When it goes on by itself; null when somebody has to resume it.</param>
    /// <param name="cause">For the log.</param>
    public async Task PutAsync(Guid runId, long epoch, string code, string message, DateTimeOffset? until = null, Exception? cause = null)
    {
        if (await tools.Journal.HeadAsync(runId, CancellationToken.None) is not { IsOver: false } head) return;
        var inbox = await tools.Journal.InboxAsync(runId, CancellationToken.None);
        var events = EventsFor(head, inbox, new RunEvent.RunPaused(RunEvent.Engine, code, message) { Until = until }, out var taken);
        var now = tools.Clock.GetUtcNow();
        if (events.Count == 0)
        {
            // paused already: it must not stay due
            await tools.Journal.PostponeAsync(runId, head.Run.Shard, epoch, now + WakeTimes.Never, CancellationToken.None);
            return;
        }

        var entries = events.Select((e, i) => new JournalEntry(head.LastSeq + 1 + i, now, e)).ToList();
        var canceled = events[^1] is RunEvent.RunCanceled;
        var header = canceled
            ? new RunHeader(RunStatus.Canceled, null, head.StepsDone, null, null, null, now)
            : new RunHeader(RunStatus.Paused, head.CurrentNode, head.StepsDone, until ?? now + WakeTimes.Never, code, message, null);
        var append = new RunAppend(head.Run, epoch, entries, header, [], canceled ? head.Waits : [], taken)
        {
            IsSetAside = !canceled,
            Result = canceled ? Canceled(runId) : default,
            Concurrency = canceled ? await ConcurrencyAsync(head.Run) : null,
        };
        await tools.Journal.AppendAsync(append, CancellationToken.None);
        if (canceled && !head.Run.IsTest) tools.Runs?.Ended(RunStatus.Canceled, null);
        tools.Feed.Publish(head.Run, entries);
        if (!canceled) Log.RunSetAside(logger, runId, code, message, cause);
    }

    // its place goes to the next one that is held. Whose rule cannot be read lets the next begin when nobody else is under way: more might
    // be too many.
    private async Task<ConcurrencyRule?> ConcurrencyAsync(RunIdentity run)
    {
        try
        {
            return await plans.ConcurrencyAsync(run.VersionSerial, CancellationToken.None);
        }
        catch (Exception e) when (UnreadableRunException.IsMeantBy(e))
        {
            return new ConcurrencyRule(1, BeyondConcurrency.Queue);
        }
    }

    private static List<RunEvent> EventsFor(RunHead head, IReadOnlyList<RunRequest> inbox, RunEvent.RunPaused paused, out List<long> taken)
    {
        taken = [];
        if (inbox.FirstOrDefault(r => r.Kind == RunRequestKind.Cancel) is { } cancel)
        {
            taken.Add(cancel.Id);
            return [new RunEvent.RunCanceled(cancel.By ?? "somebody")];
        }

        if (head.Status != RunStatus.Paused) return [paused];
        var resume = inbox.Where(r => r.Kind == RunRequestKind.Resume).ToList();
        taken.AddRange(resume.Select(r => r.Id));
        return resume.Count == 0 ? [] : [new RunEvent.RunResumed(resume[^1].By ?? "somebody"), paused];
    }

    private static JsonElement Canceled(Guid runId) =>
        JsonSerializer.SerializeToElement(new { run_id = ShownId.Run(runId), status = "canceled" });
}
