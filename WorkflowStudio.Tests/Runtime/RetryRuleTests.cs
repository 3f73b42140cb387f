using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Execution;

namespace WorkflowStudio.Tests.Runtime;

public sealed class RetryRuleTests
{
    [Theory]
    [InlineData(null, 10)]
    [InlineData(5, 10)]
    [InlineData(90, 90)]
    [InlineData(999_999, 86_400)]
    public void Next_OtherSideWantsToBeLeftAlone_WaitsAtLeastThatLongButNotLongerThanADay(int? wanted, int expected)
    {
        var policy = new RetryPolicy(3, TimeSpan.FromSeconds(10), false);
        var failure = new NodeOutcome.Failed(
            "too_many_requests", "Too many.", true, wanted is { } seconds ? TimeSpan.FromSeconds(seconds) : null);

        Assert.Equal(
            DateTimeOffset.UnixEpoch.AddSeconds(expected), RetryRule.Next(policy, 1, failure, "run:step", DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void Next_WithJitter_IsDrawnBetweenHalfAndTheWholeAndTheSameForEveryOwner()
    {
        var policy = new RetryPolicy(20, TimeSpan.FromSeconds(100), false) { Jitter = true };
        var failure = new NodeOutcome.Failed("busy", "Busy.", true);
        var drawn = Enumerable.Range(1, 19).Select(attempt => RetryRule.Next(
            policy, attempt, failure, "run:step", DateTimeOffset.UnixEpoch)!.Value.ToUnixTimeMilliseconds()).ToList();

        Assert.All(drawn, d => Assert.InRange(d, 50_000, 100_000));
        Assert.True(drawn.Distinct().Count() > 10);
        Assert.Equal(drawn[0], RetryRule.Next(policy, 1, failure, "run:step", DateTimeOffset.UnixEpoch)!.Value.ToUnixTimeMilliseconds());
    }

    [Theory]
    [InlineData("busy", false, true)]
    [InlineData("other", true, false)]
    public void Next_WithCodes_TriesThoseAgainAndNoOthers(string code, bool retryable, bool again)
    {
        var policy = new RetryPolicy(3, TimeSpan.Zero, false) { Codes = ["busy"] };
        Assert.Equal(again,
            RetryRule.Next(policy, 1, new NodeOutcome.Failed(code, "No.", retryable), "run:step", DateTimeOffset.UnixEpoch) is not null);
    }
}
