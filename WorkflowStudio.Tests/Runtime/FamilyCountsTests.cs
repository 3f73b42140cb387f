using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Runtime;

public sealed class FamilyCountsTests
{
    [Fact]
    public void Count_IsKeptForASecond_WithWhatWasStartedSince()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var (counts, root) = (new FamilyCounts(clock), Guid.Parse("22222222-2222-7222-8222-222222222222"));
        Assert.Null(counts.Of(root));
        Assert.Equal(11, counts.Set(root, 10).Add(1));
        Assert.Equal(13, counts.Of(root)!.Add(2));

        clock.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Null(counts.Of(root));
    }
}
