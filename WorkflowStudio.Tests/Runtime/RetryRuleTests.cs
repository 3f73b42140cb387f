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
        var failure = new NodeOutcome.Failed("too_many_requests", "Too many.", true, wanted is { } seconds ? TimeSpan.FromSeconds(seconds) : null);

        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(expected), RetryRule.Next(policy, 1, failure, DateTimeOffset.UnixEpoch));
    }
}
