using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>When a failed step is tried again.</summary>
internal static class RetryRule
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The time of the next try, or null when there is none.</summary>
    public static DateTimeOffset? Next(RetryPolicy? policy, int attempt, bool retryable, DateTimeOffset now)
    {
        if (policy is null || !retryable || attempt >= policy.Attempts) return null;
        var delay = policy.Exponential ? policy.Delay * Math.Pow(2, Math.Min(attempt - 1, 20)) : policy.Delay;
        return now + (delay < Longest ? delay : Longest);
    }
}
