namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>When runs that wait are looked at again.</summary>
public static class WakeTimes
{
    /// <summary>After how long a run is looked at again that waits for a signal alone, or is paused: ten years.</summary>
    public static readonly TimeSpan Never = TimeSpan.FromDays(3650);

    /// <summary>The time at which a run goes on by itself; null for a stored one so far away that it stands for none.</summary>
    public static DateTimeOffset? Meant(DateTimeOffset? wakeAt, DateTimeOffset createdAt) => wakeAt - createdAt < Never ? wakeAt : null;
}
