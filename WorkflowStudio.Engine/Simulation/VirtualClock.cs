namespace WorkflowStudio.Engine.Simulation;

/// <summary>A clock that moves only when it is told to. Timers on it never fire by themselves.</summary>
/// <param name="start">Where it stands at first.</param>
/// <param name="look">What each look at it takes, so that work on it takes some time; nothing when not given.</param>
public sealed class VirtualClock(DateTimeOffset start, TimeSpan look = default) : TimeProvider
{
    private long now = start.UtcTicks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Add(ref now, look.Ticks), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref now);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Moves the clock on to a time; an earlier one leaves it where it is.</summary>
    public void MoveTo(DateTimeOffset time)
    {
        if (time.UtcTicks > Interlocked.Read(ref now)) Interlocked.Exchange(ref now, time.UtcTicks);
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new StillTimer();

    private sealed class StillTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
