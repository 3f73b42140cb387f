namespace WorkflowStudio.Engine.Runtime.Journal;

/// <summary>The time as the journal keeps it.</summary>
internal static class JournalClock
{
    /// <summary>The time, in the journal's resolution of a millisecond: what is stored reads back as the same.</summary>
    public static DateTimeOffset JournalNow(this TimeProvider clock) =>
        DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>
    /// A time to come, rounded up to what is stored: nothing is woken before its time, and a state in memory is the one that is read back.
    /// </summary>
    public static DateTimeOffset ToJournal(this DateTimeOffset at)
    {
        var before = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
        return before < at ? before.AddMilliseconds(1) : before;
    }
}
