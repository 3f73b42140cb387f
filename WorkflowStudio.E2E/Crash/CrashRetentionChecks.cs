namespace WorkflowStudio.E2E.Crash;

/// <summary>Old runs go whole and in time, those that are not over never, and one that is over does not change before it goes.</summary>
internal static class CrashRetentionChecks
{
    // the last pass may have looked a while ago
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    /// <summary>Every violation, in words.</summary>
    public static IEnumerable<string> Of(CrashFacts facts)
    {
        foreach (var changed in facts.Changed) yield return $"changed: the {changed} is not as it was when the run ended";
        foreach (var orphan in facts.Orphans) yield return $"orphan: {orphan}, which is not there";
        if (facts.Retention is not var (kept, unpacked)) yield break;
        var deleted = facts.Deleted.ToHashSet();
        var openLately = facts.Runs.Where(r => !(r.FinishedAt < facts.Now - Slack)).Select(r => r.Id).ToHashSet();
        foreach (var run in facts.Runs)
        {
            var age = facts.Now - run.FinishedAt;
            if (deleted.Contains(run.Id) && !(age >= kept)) yield return $"deleted: run {run.Id} ended {age} ago";
            // a run that another one started stays as long as that one is open
            if (!deleted.Contains(run.Id) && age > kept + Slack && !openLately.Contains(run.Parent ?? ""))
                yield return $"kept: run {run.Id} ended {age} ago";
            if (!facts.Packed.TryGetValue(run.Id, out var packed)) continue;
            if (age is null || age < unpacked) yield return $"packed: run {run.Id} ended {age} ago";
            if (packed != run.LastSeq) yield return $"packed: the block of run {run.Id} ends at {packed}, its header says {run.LastSeq}";
        }
    }
}
