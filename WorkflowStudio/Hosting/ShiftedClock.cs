namespace WorkflowStudio.Hosting;

/// <summary>The system's clock, a fixed time ahead or behind, so that waits of days can be tried by hand.</summary>
internal sealed class ShiftedClock(TimeSpan offset) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + offset;
}
