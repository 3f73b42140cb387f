using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>When a failed step is tried again.</summary>
internal static class RetryRule
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The time of the next try, or null when there is none.</summary>
    public static DateTimeOffset? Next(RetryPolicy? policy, int attempt, NodeOutcome.Failed failure, DateTimeOffset now)
    {
        if (policy is null || !failure.Retryable || attempt >= policy.Attempts) return null;
        var delay = policy.Exponential ? policy.Delay * Math.Pow(2, Math.Min(attempt - 1, 20)) : policy.Delay;
        if (failure.RetryAfter > delay) delay = failure.RetryAfter.Value;
        return now + (delay < Longest ? delay : Longest);
    }
}
