using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Feed;

/// <summary>A stretch of a step's time: one call of it, or one wait.</summary>
/// <param name="Status">Running, Waiting, Retrying (a try that failed and is made again), Done, Failed or Canceled.</param>
/// <param name="From">When it began.</param>
/// <param name="To">Null while it lasts.</param>
/// <param name="Try">The number of the try.</param>
/// <param name="Note">Why it failed, or what it waits for; null when there is nothing to say.</param>
/// <param name="Planned">Until when a wait is to last; null when it waits for something else.</param>
/// <param name="Iteration">The iterations in which the step stands; null outside of every for-each.</param>
public sealed record StepStretch(StepStatus Status, DateTimeOffset From, DateTimeOffset? To, int Try, string? Note,
    DateTimeOffset? Planned = null, string? Iteration = null)
{
    /// <summary>Whether it is a wait.</summary>
    public bool IsWait => Status == StepStatus.Waiting;

    /// <summary>When it ends as far as is known: open waits at the planned time, open calls now.</summary>
    public DateTimeOffset EndOf(DateTimeOffset now)
    {
        if (To is { } to) return to;
        return IsWait && Planned > now ? Planned.Value : now > From ? now : From;
    }
}
