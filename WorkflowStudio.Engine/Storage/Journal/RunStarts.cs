using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Journal;

/// <summary>
/// Makes runs, and keeps the concurrency rules of their workflows. Whoever counts runs holds <see cref="WriteNeeds.Gates"/>: nobody else
/// counts meanwhile.
/// </summary>
internal static class RunStarts
{
    /// <summary>Counts the open runs of a family.</summary>
    public const string OpenInFamilySql =
        """SELECT COUNT(*) FROM (SELECT 1 FROM runs WHERE "RootId"=@p0 AND "FinishedAt" IS NULL LIMIT @p1) f""";

    /// <summary>Makes a run inside the transaction. Null when the rule says that it is skipped: then it is there, and canceled.</summary>
    public static RunGate? Insert(WriteSession session, RunStart start, EncodedEntry[] entries)
    {
        var runId = SqlId.Of(start.Run.RunId);
        if (start.Guard is { } guard) Allow(session, start, guard);
        if (start.Occurrence is { } occurrence && !session.Journal.Schedules.Take(occurrence, start.Run.RunId, start.First.At))
            throw new OccurrenceTakenException(occurrence);
        session.Journal.Runs.Insert(start);
        foreach (var entry in entries) session.Journal.Entries.Insert(runId, entry);
        if (start.Answer is not null) session.Journal.Answers.Insert(start.Answer);
        if (start.Attachment is not null) Attach(session, start);
        FailPoints.Pass(start.Run.ParentId is null ? FailPoint.StartWritten : FailPoint.ChildWritten);
        var counted = session.Runs is { CountsStarts: true } && !start.Run.IsTest;
        if (counted) CountStart(session, start.Cause);
        if (start is { Concurrency: null, Guard: null, Run: { ParentId: null, Depth: 0, IsTest: false }, RetryOf: null, Given.Count: 0 })
        {
            session.Announcer?.Started(session, start);
            return RunGate.None;
        }

        var gate = GateOf(session, start);
        var at = start.First.At;
        if (gate is null)
            session.Journal.Entries.Insert(
                runId, EncodedEntry.Of(new JournalEntry(2 + start.Given.Count, at, new RunEvent.RunCanceled("concurrency"))));
        if (gate is null && counted) CountSkipped(session);
        if (gate is not null) session.Announcer?.Started(session, start);
        session.Journal.Runs.Describe(
            runId, start, gate ?? RunGate.None, gate switch { null => null, RunGate.Held => DateTimeOffset.MaxValue, _ => at },
            gate is null ? RunStatus.Canceled : RunStatus.Queued, gate is null ? at : null);
        return gate;
    }

    /// <summary>Lets runs begin that were held, as far as the rule allows, now that one is over.</summary>
    public static void Release(WriteSession session, Guid workflowId, ConcurrencyRule rule)
    {
        var workflow = SqlId.Of(workflowId);
        var free = rule.Max - session.Journal.Gates.CountOpen(workflow);
        if (free <= 0) return;
        foreach (var held in session.Journal.Gates.FirstHeld(workflow, free))
        {
            session.Journal.Gates.Release(SqlId.Of(held), session.Clock.GetUtcNow());
            session.AfterCommit(() => session.Bell.Ring(held));
        }
    }

    // apart, as the next one is: else every start would pay for what these keep, also when nobody counts
    private static void CountStart(WriteSession session, string cause) => session.AfterCommit(() => session.Runs!.Started(cause));

    private static void Attach(WriteSession session, RunStart start) => session.WithContext(write =>
    {
        ((StoredAttachment)start.Attachment!).Write(write, start);
        return 0;
    });

    private static void CountSkipped(WriteSession session) =>
        session.AfterCommit(() => session.Runs!.Ended(RunStatus.Canceled, TimeSpan.Zero));

    private static void Allow(WriteSession session, RunStart start, StartGuard guard)
    {
        var workflow = SqlId.Of(start.Run.WorkflowId);
        if (guard.ContactId is { } contact && session.Journal.Gates.OpenFor(workflow, SqlId.Of(contact)) is { } open)
            throw StartRefusedException.OfContact(open);
        if (guard.Pause is { } pause && session.Journal.Gates.LastStart(workflow) is { } last && last + pause - start.First.At is var left
            && left > TimeSpan.Zero)
            throw StartRefusedException.Early(left);
    }

    private static RunGate? GateOf(WriteSession session, RunStart start)
    {
        if (start.Concurrency is not { } rule) return RunGate.None;
        var workflow = SqlId.Of(start.Run.WorkflowId);
        var open = session.Journal.Gates.CountOpen(workflow);
        if (open < rule.Max) return RunGate.Counted;
        if (rule.Beyond == BeyondConcurrency.Skip) return null;
        if (rule.Beyond == BeyondConcurrency.Replace) Replace(session, workflow, open - rule.Max + 1);
        return RunGate.Held;
    }

    // Those that are held already were to be replaced, too: only the newest start is wanted. Each is asked once, however many starts come
    // before it ends.
    private static void Replace(WriteSession session, byte[] workflow, int most)
    {
        foreach (var old in session.Journal.Gates.FirstHeld(workflow, int.MaxValue)
            .Concat(session.Journal.Gates.OldestOpen(workflow, most)))
        {
            session.Journal.Inbox.Add(
                old, new RunRequest(0, RunRequestKind.Cancel, null, null, default, "concurrency"), session.Clock.GetUtcNow());
            session.AfterCommit(() => session.Bell.Ring(old));
        }
    }
}
