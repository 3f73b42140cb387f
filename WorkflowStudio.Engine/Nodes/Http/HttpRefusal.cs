using WorkflowStudio.Engine.Connectors.Http;

namespace WorkflowStudio.Engine.Nodes.Http;

/// <summary>The failure that an answer means whose status is none of those that a step expects.</summary>
internal static class HttpRefusal
{
    /// <summary>Retryable where another try could go better, after the time for which the other side wants to be left alone.</summary>
    /// <param name="call">The call.</param>
    /// <param name="reply">Its answer.</param>
    /// <param name="remedy">What helps when the request itself is wrong, as a sentence.</param>
    public static NodeOutcome.Failed Of(HttpCall call, HttpReply reply, string remedy) => reply.Status switch
    {
        408 => new("timeout", $"{call.Url.Host} gave up waiting (408).", true, reply.RetryAfter),
        429 => new("too_many_requests", $"{call.Url.Host} has had too many requests (429).", true, reply.RetryAfter),
        >= 500 => new("server_error", $"{call.Url.Host} failed ({reply.Status}).", true, reply.RetryAfter),
        _ => new("unexpected_status",
            $"{call} answered {reply.Status}, which the step does not expect. {remedy}"),
    };
}
