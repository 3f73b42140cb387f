using System.Net;

namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>
/// Follows redirects, in one way for all calls. Within the same origin everything goes along; to another one only headers that are no
/// credentials whatever they hold, and a call with a secret of the studio's is not led there at all.
/// </summary>
internal sealed class HttpRedirects(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>The most that are followed: a name without www., then https, then a language, then a session are four.</summary>
    public const int Most = 10;

    /// <summary>Whether the call holds a secret that is for its own origin alone.</summary>
    public static readonly HttpRequestOptionsKey<bool> StaysOnHost = new("stays_on_host");

    /// <summary>Whether a redirect is an answer like any other.</summary>
    public static readonly HttpRequestOptionsKey<bool> NotLed = new("not_led");

    // the key of the effect is one of them: it is the same effect there
    private static readonly HashSet<string> ForAnyHost = new(StringComparer.OrdinalIgnoreCase)
    { "Accept", "Accept-Encoding", "Accept-Language", "User-Agent", "Idempotency-Key" };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Options.TryGetValue(NotLed, out var isNotLed) && isNotLed) return await base.SendAsync(request, cancellationToken);
        for (var led = 0; ; led++)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308)) return response;
            using (response)
            {
                var target = Target(request.RequestUri!, response);
                if (led == Most)
                    throw new CallRefusedException(
                        "too_many_redirects", $"{request.RequestUri!.Host} leads on and on: {Most} redirects were followed, and the next "
                            + $"one leads to {ShownAddress.Of(target)}. Call the address at the end, if there is one.");
                Lead(request, target, response.StatusCode);
            }
        }
    }

    private static Uri Target(Uri from, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var written = response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.ToString() : null;
        if (string.IsNullOrWhiteSpace(written))
            throw Bad($"{ShownAddress.Of(from)} answered {status}, but does not say where to go on. Ask whoever runs it, or call the "
                + "address that it has now.");
        if (response.Headers.Location is not { } location || !Uri.TryCreate(from, location, out var target))
            throw Bad($"{ShownAddress.Of(from)} answered {status} and leads on to something that is no address. Ask whoever runs it, or "
                + "call the address that it has now.");
        if (target.Scheme is not ("http" or "https"))
            throw Bad($"{ShownAddress.Of(from)} leads on to an address that begins with {target.Scheme}:, which cannot be called. Call one "
                + "that begins with https://.");
        if (from.Scheme == "https" && target.Scheme == "http")
            throw Bad($"{ShownAddress.Of(from)} leads on to {ShownAddress.Of(target)}, which is not encrypted, so nothing was sent there. "
                + "Call an address that begins with https://.");
        return target;
    }

    // RFC 9110, 15.4: 307 and 308 keep method and body, 303 asks for the answer with GET, and clients of all kinds do so for a POST that
    // 301 or 302 answers
    private static void Lead(HttpRequestMessage request, Uri target, HttpStatusCode status)
    {
        var from = request.RequestUri!;
        if (!HttpOrigin.IsSame(from, target))
        {
            if (request.Options.TryGetValue(StaysOnHost, out var stays) && stays)
                throw new CallRefusedException(
                    "redirect_elsewhere", $"{ShownAddress.Of(from)} leads on to {ShownAddress.Origin(target)}, but what is secret in the "
                        + $"call is for {ShownAddress.Origin(from)} alone, so it was not sent there. Call the last address itself.");
            foreach (var name in request.Headers.NonValidated.Select(h => h.Key).Where(name => !ForAnyHost.Contains(name)).ToList())
                request.Headers.Remove(name);
        }

        request.RequestUri = target;
        if (!(status == HttpStatusCode.SeeOther
            ? request.Method != HttpMethod.Head
            : (int)status is 301 or 302 && request.Method == HttpMethod.Post)) return;
        request.Method = HttpMethod.Get;
        request.Content = null;
    }

    private static CallRefusedException Bad(string message) => new("bad_redirect", message);
}
