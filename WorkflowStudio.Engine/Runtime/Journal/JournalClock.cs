namespace WorkflowStudio.Engine.Runtime.Journal;

/// <summary>The time as the journal keeps it.</summary>
internal static class JournalClock
{
    /// <summary>The time, in the journal's resolution of a millisecond: what is stored reads back as the same.</summary>
    public static DateTimeOffset JournalNow(this TimeProvider clock) => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
