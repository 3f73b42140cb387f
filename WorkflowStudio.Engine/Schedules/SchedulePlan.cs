using NodaTime;

namespace WorkflowStudio.Engine.Schedules;

/// <summary>What becomes of occurrences that were missed, because the studio was down or the clock jumped.</summary>
public enum Misfire
{
    /// <summary>Nothing: the next one fires at its time.</summary>
    Skip = 0,

    /// <summary>One run for all of them, with the time of the last.</summary>
    Once = 1,

    /// <summary>A run for each of the last 100.</summary>
    All = 2,
}

/// <summary>An occurrence that fires now.</summary>
/// <param name="Occurrence">Its time.</param>
/// <param name="Late">Whether it was missed and is made up for.</param>
public readonly record struct PlannedFire(Instant Occurrence, bool Late);

/// <summary>
/// What a schedule has to do at a moment. A pure function of its times and of what it has done, so that a crash between two of its parts is
/// healed by planning again.
/// </summary>
/// <param name="Fires">What fires now, in order.</param>
/// <param name="Skipped">The missed occurrences that do not fire, the last <see cref="MostRemembered"/>.</param>
/// <param name="Earlier">How many were skipped before these, counted up to <see cref="MostCounted"/>.</param>
/// <param name="HandledUntil">Everything up to here is decided.</param>
/// <param name="Next">What comes next; null when nothing does.</param>
public sealed record SchedulePlan(
    IReadOnlyList<PlannedFire> Fires, IReadOnlyList<Instant> Skipped, int Earlier, Instant HandledUntil, ScheduledTime? Next)
{
    /// <summary>The cause of runs that a schedule starts.</summary>
    public const string Cause = "schedule";

    /// <summary>The most runs that make up for missed occurrences (docs/decisions.md, "Schedules").</summary>
    public const int MostLate = 100;

    /// <summary>The most missed occurrences that are remembered one by one.</summary>
    public const int MostRemembered = 1_000;

    /// <summary>Where counting the ones before ends.</summary>
    public const int MostCounted = 100_000;

    /// <summary>What is later than this was missed.</summary>
    public static readonly Duration Grace = Duration.FromMinutes(1);

    /// <summary>
    /// The plan at <paramref name="now"/>. A clock that was set back is believed: what lies between it and <paramref name="handledUntil"/>
    /// is planned again, and what has fired there is refused by its key.
    /// </summary>
    public static SchedulePlan Of(ScheduleTimes times, Misfire misfire, Instant handledUntil, Instant now)
    {
        var floor = Instant.Min(handledUntil, now);
        var recent = times.Latest(floor, now, MostRemembered);
        var due = recent.Where(t => t.FiresAt <= now).ToList();
        var missed = due.Where(t => t.FiresAt < now - Grace).Select(t => t.Occurrence).ToList();
        var made = missed[^Math.Min(missed.Count, misfire switch { Misfire.Once => 1, Misfire.All => MostLate, _ => 0 })..];
        var earlier = recent.Count < MostRemembered ? 0 : times.Between(floor, recent[0].Occurrence).Take(MostCounted).Count() - 1;
        var handled = due.Count > 0 ? due[^1].Occurrence : floor;
        return new SchedulePlan(
            [.. made.Select(o => new PlannedFire(o, true)), .. due.Skip(missed.Count).Select(t => new PlannedFire(t.Occurrence, false))],
            missed[..^made.Count],
            earlier,
            handled,
            times.Next(handled));
    }
}
