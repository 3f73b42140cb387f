namespace WorkflowStudio.Tests.Support.Fakes;

/// <summary>The system's clock, moved on by a test; timers ring as they do.</summary>
internal sealed class MovedClock : TimeProvider
{
    private long ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref ahead));

    /// <summary>Moves it on.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);
}
