using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>Calls other systems over HTTP for steps.</summary>
public interface IHttpCalls
{
    /// <summary>The largest answer in bytes.</summary>
    const int MaxAnswer = 1024 * 1024;

    /// <summary>
    /// Makes the call, or keeps it in the outbox in the sandbox (<see cref="EffectPolicy"/>). An answer with any status is a value.
    /// Problems: <c>wrong_setting</c> for a header that cannot be sent (<see cref="HttpHeaderRule"/>), <c>address_not_allowed</c>,
    /// <c>certificate_not_trusted</c>, <c>no_secure_connection</c>, <c>not_http</c>, <c>broken_answer</c>, <c>unknown_encoding</c>,
    /// <c>response_too_large</c>, <c>too_many_redirects</c>, <c>bad_redirect</c>, <c>redirect_elsewhere</c>, <c>call_failed</c>; and
    /// <c>timeout</c>, <c>unknown_host</c>, <c>connection_refused</c>, <c>connection_closed</c> and <c>unreachable</c>, which may go better
    /// another time.
    /// </summary>
    Task<Answer<HttpReply>> CallAsync(Tenant tenant, HttpCall call, EffectSource source, CancellationToken cancellationToken);
}

/// <summary>A call to make.</summary>
/// <param name="Method">GET, POST …</param>
/// <param name="Url">An absolute http or https address.</param>
/// <param name="Headers">The headers; may hold credentials, so they are never logged and never kept.</param>
/// <param name="Body">The body; null for none.</param>
/// <param name="ContentType">The media type of the body.</param>
/// <param name="Timeout">How long the answer may take; at most what <see cref="GuardedHttpOptions"/> allows.</param>
public sealed record HttpCall(
    string Method, Uri Url, IReadOnlyDictionary<string, string> Headers, string? Body, string? ContentType, TimeSpan Timeout)
{
    /// <summary>Whether it holds a secret and so follows a redirect only where scheme, host and port stay the same.</summary>
    public bool StaysOnHost { get; init; }

    /// <summary>Whether its path is as good as a key, as those of incoming webhooks are, and is shown nowhere.</summary>
    public bool HidesPath { get; init; }

    /// <summary>The address as far as it may be shown: without its query, which may hold a key.</summary>
    public string Address => HidesPath ? $"{ShownAddress.Origin(Url)}/…" : ShownAddress.Of(Url);

    /// <summary>Method, host and path: what may be shown of it.</summary>
    public override string ToString() => $"{Method} {Address}";
}

/// <summary>What came back.</summary>
/// <param name="Status">The status; 0 when the call was captured.</param>
/// <param name="MediaType">The media type of the body, in lower case; empty when there is none.</param>
/// <param name="Headers">The headers by their names in lower case, without cookies.</param>
/// <param name="Body">The body as text; empty where <see cref="Unreadable"/> says why.</param>
/// <param name="RetryAfter">How long the other side wants to be left alone.</param>
/// <param name="Captured">Whether it stayed in the outbox and nobody was called.</param>
public sealed record HttpReply(
    int Status, string MediaType, IReadOnlyDictionary<string, string> Headers, string Body, TimeSpan? RetryAfter, bool Captured)
{
    /// <summary>
    /// Why the body is no text: <c>unknown_encoding</c>, <c>unknown_charset</c> or <c>wrong_charset</c>. The status counts all the same.
    /// </summary>
    public ConnectorProblem? Unreadable { get; init; }
}
