namespace WorkflowStudio.E2E.Crash;

/// <summary>What was asked of a run and answered is done, and done once.</summary>
internal static class CrashAskChecks
{
    /// <summary>Every violation, in words.</summary>
    public static IEnumerable<string> Of(CrashFacts facts)
    {
        var runs = facts.Runs.ToDictionary(r => r.Id);
        var entries = facts.Entries.ToLookup(e => e.Run);
        var calls = facts.Calls.ToLookup(c => c.Run);
        foreach (var ask in facts.Asks)
        {
            if (ask.Answer is null) yield return $"unanswered: {ask.Key} of run {ask.Run}";
            else if (!runs.ContainsKey(ask.Run)) yield return $"lost: run {ask.Run} was asked to {ask.What} and is not there";
        }

        var asks = facts.Asks.ToLookup(a => a.Run);
        var repeats = facts.Runs.ToLookup(r => r.RetryOf);
        foreach (var run in facts.Runs)
        {
            var asked = asks[run.Id].ToList();
            var journal = entries[run.Id].OrderBy(e => e.Seq).ToList();
            foreach (var violation in asked.SelectMany(a => Done(a, run, journal, facts))) yield return violation;
            foreach (var violation in Counted(asked, run, journal, repeats[run.Id].Count())) yield return violation;
            foreach (var violation in Held(run.Id, journal, calls[run.Id], facts)) yield return violation;
        }
    }

    // a run may end before it looks into its inbox, but in no later life: whoever takes it up looks first
    private static IEnumerable<string> Done(CrashAsk ask, StoredRun run, List<StoredEntry> journal, CrashFacts facts)
    {
        if (!ask.IsAccepted) yield break;
        var isDone = ask.What switch
        {
            "cancel" => run.Status == StoredRun.Canceled,
            "pause" => journal.Exists(e => e.Kind == StoredEntry.RunPaused),
            "resume" => journal.Exists(e => e.Kind == StoredEntry.RunResumed),
            "wake" => journal.Exists(e => e is { Kind: StoredEntry.StepWoken, Node: "nap" }),
            _ => true,
        };
        if (!isDone && !(run.IsOver && journal is [.., var last] && last.At < EndOf(ask.Life, facts)))
            yield return $"{ask.What} ignored: run {run.Id} was asked in life {ask.Life} and has status {run.Status}";
        if (ask.What == "resume" && run is { Status: StoredRun.Paused, ErrorCode: null })
            yield return $"resume ignored: run {run.Id} is still paused";
    }

    // each request makes one entry at most, however often it was sent; one key makes one run
    private static IEnumerable<string> Counted(List<CrashAsk> asked, StoredRun run, List<StoredEntry> journal, int repeats)
    {
        foreach (var (what, kind) in new[] { ("pause", StoredEntry.RunPaused), ("resume", StoredEntry.RunResumed) })
        {
            var (asks, found) =
                (asked.Count(a => a.What == what), journal.Count(e => e.Kind == kind && e.By is not ("engine" or "harness")));
            if (found > asks) yield return $"doubled {what}: run {run.Id} was asked {asks} times and its journal tells of {found}";
        }

        if (journal.Count(e => e is { Kind: StoredEntry.StepWoken, Node: "nap" }) > 1) yield return $"doubled wake: run {run.Id}";
        var retries = asked.Count(a => a is { What: "retry", IsAccepted: true });
        if (retries != repeats) yield return $"retries: run {run.Id} was retried {retries} times and {repeats} runs repeat it";
    }

    // while a run is paused nothing begins, and a life that began meanwhile calls nobody for it
    private static IEnumerable<string> Held(string run, List<StoredEntry> journal, IEnumerable<LedgerCall> calls, CrashFacts facts)
    {
        for (var i = 0; i < journal.Count; i++)
        {
            if (journal[i].Kind != StoredEntry.RunPaused) continue;
            var end = journal.FindIndex(i, e => e.Kind == StoredEntry.RunResumed || e.IsEnd);
            var until = end < 0 ? DateTimeOffset.MaxValue : journal[end].At;
            if (journal[i..(end < 0 ? journal.Count : end)].Exists(e => e.Kind == StoredEntry.StepStarted))
                yield return $"pause broken: run {run} began a step while it was paused";
            foreach (var call in calls.Where(c => c.At < until && facts.Lives.TryGetValue(c.Life, out var began) && began > journal[i].At))
                yield return $"pause broken: {call.Key} was called in life {call.Life}";
        }
    }

    private static DateTimeOffset EndOf(int life, CrashFacts facts) =>
        facts.Lives.TryGetValue(life + 1, out var next) ? next : DateTimeOffset.MaxValue;
}
