namespace WorkflowStudio.E2E.Crash;

/// <summary>
/// Knows what has to hold after any number of crashes (docs/architecture.md, "Promises") and names every violation. Pure: it sees facts, no
/// server.
/// </summary>
internal static class CrashChecker
{
    /// <summary>Every violation, in words; empty when all promises were kept.</summary>
    public static IReadOnlyList<string> Check(CrashFacts facts) =>
    [
        .. Starts(facts), .. Ends(facts), .. Journals(facts), .. Steps(facts), .. Effects(facts), .. Cancels(facts), .. Waits(facts),
        .. CrashAskChecks.Of(facts), .. CrashScheduleChecks.Of(facts),
        .. CrashRetentionChecks.Of(facts), .. facts.DoubleRows, .. Soundness(facts),
    ];

    // 1: a start that was answered survives; one key makes one run
    private static IEnumerable<string> Starts(CrashFacts facts)
    {
        var runs = facts.Runs.Select(r => r.Id).ToHashSet();
        foreach (var id in facts.Acknowledged.Where(id => !runs.Contains(id)))
            yield return $"lost: run {id} was acknowledged and is not there";
        foreach (var key in facts.StartKeys.Where(k => k.Count() > 1)) yield return $"doubled start: key {key.Key} made {key.Count()} runs";
    }

    // 1 and 3: every run is over or waits for something that is written down; an end that was told is the end that is stored
    private static IEnumerable<string> Ends(CrashFacts facts)
    {
        var waiting = facts.Waits.Select(w => w.Run).ToHashSet();
        var retrying = facts.Entries.Where(e => e.Kind == StoredEntry.RetryScheduled).Select(e => e.Run).ToHashSet();
        foreach (var run in facts.Runs)
        {
            if (run.Status is StoredRun.Queued or StoredRun.Running)
                yield return $"stuck: run {run.Id} has status {run.Status} and nobody works on it";
            if (run.Status == StoredRun.Waiting && !waiting.Contains(run.Id) && !retrying.Contains(run.Id))
                yield return $"stuck: run {run.Id} waits for nothing";
            if (run.Status == StoredRun.Paused && run.ErrorCode is null) yield return $"stuck: run {run.Id} is paused without a reason";
            if (run.IsOver && run.WakeAt is not null) yield return $"run {run.Id} is over and still due";
            if (facts.ToldEnds.TryGetValue(run.Id, out var told) && told != Word(run.Status))
                yield return $"changed end: run {run.Id} was {told} and is {Word(run.Status)}";
        }
    }

    // 2 and 3: no gap, no double, one end that is the last entry and that the header agrees with
    private static IEnumerable<string> Journals(CrashFacts facts)
    {
        var journals = facts.Entries.GroupBy(e => e.Run).ToDictionary(g => g.Key, g => g.OrderBy(e => e.Seq).ToList());
        foreach (var run in facts.Runs)
        {
            if (!journals.Remove(run.Id, out var entries))
            {
                yield return $"journal: run {run.Id} has none";
                continue;
            }

            if (entries.Where((e, i) => e.Seq != i + 1).Any()) yield return $"journal: run {run.Id} has a gap or a double";
            if (entries[^1].Seq != run.LastSeq)
                yield return $"journal: run {run.Id} ends at {entries[^1].Seq}, its header says {run.LastSeq}";
            var end = entries.Where(e => e.IsEnd).ToList();
            if (run.IsOver != (end.Count == 1) || end.Count > 1)
                yield return $"journal: run {run.Id} has status {run.Status} and {end.Count} ends";
            else if (end is [var only] && (only != entries[^1] || Status(only) != run.Status))
                yield return $"journal: run {run.Id} goes on behind its end, or its header tells another one";
        }

        foreach (var id in journals.Keys) yield return $"journal: entries of run {id}, which is not there";
    }

    // 2: a step whose result is recorded is never executed again
    private static IEnumerable<string> Steps(CrashFacts facts)
    {
        foreach (var place in facts.Entries.Where(e => e.Node is not null).GroupBy(e => (e.Run, e.Place)))
        {
            var done = false;
            foreach (var entry in place.OrderBy(e => e.Seq))
            {
                if (entry.Kind == StoredEntry.RoundStarted) done = false;
                if (done && entry.Kind is StoredEntry.StepStarted or StoredEntry.StepParked or StoredEntry.StepWoken
                    or StoredEntry.RetryScheduled) yield return $"repeated: step {entry.Place} of run {entry.Run} was done and went on";
                if (entry.Kind != StoredEntry.StepCompleted) continue;
                if (done) yield return $"repeated: step {entry.Place} of run {entry.Run} was completed twice";
                done = true;
            }
        }
    }

    // 2: at least once for a step that is done, once more for each crash at most, always under the recorded key
    private static IEnumerable<string> Effects(CrashFacts facts)
    {
        var called = facts.Calls.Select(c => c.Step).ToHashSet();
        var keys = facts.Calls.Select(c => (c.Run, c.Place)).ToHashSet();
        var started = facts.Entries.Where(e => e.Kind == StoredEntry.StepStarted).Select(e => (e.Run, e.Place)).ToHashSet();
        var repeats = facts.Runs.Where(r => r.RetryOf is not null).ToDictionary(r => r.Id, r => r.RetryOf!);
        foreach (var entry in facts.Entries.Where(e => e.Kind == StoredEntry.StepCompleted && called.Contains(e.Node!)
            && !IsCalled(e.Run, e.Place)))
            yield return $"missing effect: step {entry.Place} of run {entry.Run} is done and nobody was called";
        foreach (var (run, place) in keys.Where(k => !started.Contains(k)))
            yield return $"unrecorded effect: {run}:{place} was called before its start was durable";
        foreach (var call in facts.Calls.Where(c => c.Place != c.Step && !c.Place.StartsWith(c.Step + ":", StringComparison.Ordinal)))
            yield return $"wrong key: {call.Step} was called with {call.Key}";
        foreach (var life in facts.Calls.GroupBy(c => (c.Key, c.Life)))
        {
            var allowed = 1 + life.Count(c => c.Status >= 400);
            if (life.Count() > allowed)
                yield return $"doubled effect: {life.Key.Key} was called {life.Count()} times in life {life.Key.Life} "
                    + "without a crash between";
        }

        foreach (var bodies in facts.Calls.GroupBy(c => c.Key).Where(c => c.Select(x => x.Body).Distinct().Count() > 1))
            yield return $"changed effect: {bodies.Key} carried different bodies";

        // what a run took over from the one that it repeats was called for that one
        bool IsCalled(string run, string place) => keys.Contains((run, place))
            || (!started.Contains((run, place)) && repeats.TryGetValue(run, out var first) && IsCalled(first, place));
    }

    // 6: a cancel ends a run, and no life of the server that began after it called anybody for it
    private static IEnumerable<string> Cancels(CrashFacts facts)
    {
        var status = facts.Runs.ToDictionary(r => r.Id, r => r.Status);
        foreach (var id in facts.CancelAsked.Where(id => status.GetValueOrDefault(id) != StoredRun.Canceled))
            yield return $"cancel ignored: run {id} has status {status.GetValueOrDefault(id)}";
        var canceled = facts.Entries.Where(e => e.Kind == StoredEntry.RunCanceled).ToDictionary(e => e.Run, e => e.At);
        foreach (var call in facts.Calls)
            if (canceled.TryGetValue(call.Run, out var at) && facts.Lives.TryGetValue(call.Life, out var began) && began > at)
                yield return $"effect after cancel: {call.Key} in life {call.Life}";
    }

    // the tables beside the journal agree with it
    private static IEnumerable<string> Waits(CrashFacts facts)
    {
        var open = facts.Runs.Where(r => r.Status is StoredRun.Waiting or StoredRun.Paused).Select(r => r.Id).ToHashSet();
        var last = facts.Entries.Where(e => e.Node is not null && e.Kind != StoredEntry.Log).GroupBy(e => (e.Run, e.Node))
            .ToDictionary(g => g.Key, g => g.MaxBy(e => e.Seq)!.Kind);
        foreach (var wait in facts.Waits)
        {
            if (!open.Contains(wait.Run)) yield return $"wait: run {wait.Run} is over or lost and step {wait.Node} still waits";
            else if (last.GetValueOrDefault((wait.Run, wait.Node)) != StoredEntry.StepParked)
                yield return $"wait: step {wait.Node} of run {wait.Run} waits and its journal does not know";
        }

        var waits = facts.Waits.Select(w => (w.Run, (string?)w.Node)).ToHashSet();
        foreach (var ((run, node), _) in last.Where(l => l.Value == StoredEntry.StepParked && open.Contains(l.Key.Run)
            && !waits.Contains(l.Key))) yield return $"wait: step {node} of run {run} is parked and has no row";
        foreach (var id in facts.Inbox.Where(open.Contains)) yield return $"inbox: something is wanted of run {id} and nobody looked";
    }

    private static IEnumerable<string> Soundness(CrashFacts facts) => facts.Integrity == "ok" ? [] : [$"database: {facts.Integrity}"];

    private static int Status(StoredEntry end) =>
        end.Kind switch { StoredEntry.RunCompleted => StoredRun.Done, StoredEntry.RunFailed => StoredRun.Failed, _ => StoredRun.Canceled };

    private static string Word(int status) =>
        status switch { StoredRun.Done => "completed", StoredRun.Failed => "failed", StoredRun.Canceled => "canceled", _ => "open" };
}
