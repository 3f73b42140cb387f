using System.Net.Http.Headers;

namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>What an answer says of when to come again (RFC 9110, 10.2.3).</summary>
internal static class RetryAfter
{
    /// <summary>How long the other side wants to be left alone; null when it does not say, or when that is over.</summary>
    public static TimeSpan? Wanted(this RetryConditionHeaderValue? retryAfter, TimeProvider clock)
    {
        var wanted = retryAfter?.Delta ?? retryAfter?.Date - clock.GetUtcNow();
        return wanted > TimeSpan.Zero ? wanted : null;
    }
}
