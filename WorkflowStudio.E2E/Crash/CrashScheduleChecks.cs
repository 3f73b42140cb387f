namespace WorkflowStudio.E2E.Crash;

/// <summary>
/// Every occurrence of a schedule of every minute has one run; only of more than 100 that were missed at once the first are skipped.
/// </summary>
internal static class CrashScheduleChecks
{
    private const int MostLate = 100;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Every violation, in words.</summary>
    public static IEnumerable<string> Of(CrashFacts facts)
    {
        if (facts.Schedule is not { } schedule) yield break;
        foreach (var twice in schedule.Occurrences.Where(o => o.Run is not null).GroupBy(o => o.Run).Where(g => g.Count() > 1))
            yield return $"schedule: run {twice.Key} stands for {twice.Count()} occurrences";
        var runs = facts.Runs.Where(r => r.Cause == "schedule").Select(r => r.Id).ToHashSet();
        foreach (var run in runs.Except(schedule.Occurrences.Select(o => o.Run!)))
            yield return $"schedule: run {run} has no occurrence of its own";
        foreach (var o in schedule.Occurrences)
        {
            if (o.Run is null ? o.Outcome != StoredOccurrence.Skipped : o.Outcome is not (StoredOccurrence.Fired or StoredOccurrence.Late))
                yield return $"schedule: the occurrence of {o.At:u} has outcome {o.Outcome}";
            if (o.Run is not null && !runs.Contains(o.Run)) yield return $"schedule: run {o.Run} of {o.At:u} is lost";
            if (o.Said is { } said && said != o.At) yield return $"schedule: the run of {o.At:u} was told {said:u}";
        }

        foreach (var violation in Skipped(schedule).Concat(Missing(schedule))) yield return violation;
        if (schedule.HandledUntil < facts.Now - (2 * Minute))
            yield return $"schedule: it stands still at {schedule.HandledUntil:u}, {facts.Now:u} has come";
    }

    // a time is skipped when 100 later ones are missed, too, and made up for before the next one comes in time
    private static IEnumerable<string> Skipped(StoredSchedule schedule)
    {
        var late = 0;
        foreach (var o in schedule.Occurrences.Reverse())
        {
            late = o.Outcome switch { StoredOccurrence.Fired => 0, StoredOccurrence.Late => late + 1, _ => late };
            if (o.Run is null && late < MostLate) yield return $"schedule: {o.At:u} was skipped and {late} later ones were made up for";
        }
    }

    // of very many the first that is remembered says how many were before it
    private static IEnumerable<string> Missing(StoredSchedule schedule)
    {
        var expected = schedule.CreatedAt.AddTicks(-(schedule.CreatedAt.Ticks % Minute.Ticks)) + Minute;
        foreach (var o in schedule.Occurrences)
        {
            var missing = (o.At - expected) / Minute;
            if (missing > o.Earlier) yield return $"schedule: {missing - o.Earlier} before {o.At:u} are lost";
            if (missing < 0) yield return $"schedule: {o.At:u} is none of its times";
            expected = o.At + Minute;
        }

        if (expected <= schedule.HandledUntil) yield return $"schedule: {expected:u} is lost";
    }
}
