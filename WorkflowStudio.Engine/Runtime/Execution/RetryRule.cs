using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>When a failed step is tried again.</summary>
internal static class RetryRule
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The time of the next try, or null when there is none.</summary>
    /// <param name="policy">The rule of the step.</param>
    /// <param name="attempt">The number of the try that failed.</param>
    /// <param name="failure">The failure.</param>
    /// <param name="effectKey">What the jitter is drawn from, together with the number of the try, so that every owner draws the
    /// same.</param>
    /// <param name="now">The time.</param>
    public static DateTimeOffset? Next(RetryPolicy? policy, int attempt, NodeOutcome.Failed failure, string effectKey, DateTimeOffset now)
    {
        if (policy is null || attempt >= policy.Attempts) return null;
        if (policy.Codes.Count > 0 ? !policy.Codes.Contains(failure.Code) : !failure.Retryable) return null;
        var delay = policy.Exponential ? policy.Delay * Math.Pow(2, Math.Min(attempt - 1, 20)) : policy.Delay;
        if (policy.Jitter) delay *= 0.5 + Draw(effectKey, attempt) / 2;
        if (failure.RetryAfter > delay) delay = failure.RetryAfter.Value;
        return now + (delay < Longest ? delay : Longest);
    }

    // FNV-1a (draft-eastlake-fnv), spread over 0 to 1
    private static double Draw(string key, int attempt)
    {
        var hash = 2166136261u;
        foreach (var c in key) hash = unchecked((hash ^ c) * 16777619);
        hash = unchecked((hash ^ (uint)attempt) * 16777619);
        hash ^= hash >> 15;
        return unchecked(hash * 2246822519u) / (double)uint.MaxValue;
    }
}
