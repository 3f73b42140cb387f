using Microsoft.Extensions.Time.Testing;

namespace WorkflowStudio.Tests.Support.Fakes;

/// <summary>A clock that somebody sets: how much time has passed is measured beside it, as a computer does.</summary>
internal sealed class SetClock(DateTimeOffset now) : FakeTimeProvider(now)
{
    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => System.GetTimestamp();
}
