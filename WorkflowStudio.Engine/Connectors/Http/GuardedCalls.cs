using System.Net.Http.Headers;
using System.Text;
using WorkflowStudio.Engine.Connectors.Messages;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>Calls through <see cref="GuardedHttp"/>; in the sandbox nothing leaves the house and the outbox keeps what would have.</summary>
internal sealed class GuardedCalls(GuardedHttp http, IOutbox outbox, TimeProvider clock) : IHttpCalls
{
    public async Task<Answer<HttpReply>> CallAsync(Tenant tenant, HttpCall call, EffectSource source, CancellationToken cancellationToken)
    {
        // in the sandbox too: a test that passes what the real work refuses tests nothing
        if (call.Headers.Select(h => HttpHeaderRule.Problem(h.Key, h.Value)).FirstOrDefault(p => p is not null) is { } wrong) return new ConnectorProblem(WorkflowProblemCodes.WrongSetting, wrong);
        if (EffectPolicy.Route(tenant.Environment, connected: true, captureUntilConnected: false) == EffectRoute.Capture)
        {
            await outbox.CaptureAsync(tenant, Kept(call), source, cancellationToken);
            return new HttpReply(0, "", new Dictionary<string, string>(), "", null, true);
        }

        using var timer = new CancellationTokenSource(call.Timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            if (call.StaysOnHost) return await StayingAsync(call, both.Token);
            using var request = Request(call);
            using var response = await http.Client.SendAsync(request, both.Token);
            return await ReplyAsync(call, response, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ConnectorProblem("timeout", $"{call.Url.Host} did not answer within {call.Timeout.TotalSeconds:0.#} s. Try again, or allow it more time.", true);
        }
        catch (HttpRequestException e)
        {
            return Problem(call, e);
        }
    }

    // The client would take headers along to any host, all but Authorization. RFC 9110, 15.4: only 307 and 308 keep method and body.
    private async Task<Answer<HttpReply>> StayingAsync(HttpCall call, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var request = Request(call);
            using var response = await http.Direct.SendAsync(request, cancellationToken);
            var target = (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location ? new Uri(call.Url, location) : null;
            if (target is null || redirects == GuardedHttp.MaxRedirects) return await ReplyAsync(call, response, cancellationToken);
            if (!HttpOrigin.IsSame(call.Url, target))
                return new ConnectorProblem("redirect_elsewhere", $"{call} leads on to {target.GetLeftPart(UriPartial.Authority)}, but what is secret in the call is for {call.Url.GetLeftPart(UriPartial.Authority)} alone, so it was not sent there. Call the last address itself.");
            var keeps = (int)response.StatusCode is 307 or 308 || call.Method is "GET" or "HEAD";
            call = keeps ? call with { Url = target } : call with { Url = target, Method = "GET", Body = null, ContentType = null };
        }
    }

    private static HttpRequestMessage Request(HttpCall call)
    {
        var request = new HttpRequestMessage(new HttpMethod(call.Method), call.Url);
        if (call.Body is not null) request.Content = new StringContent(call.Body, Encoding.UTF8, MediaTypeHeaderValue.Parse(call.ContentType ?? "text/plain").MediaType!);
        foreach (var (name, value) in call.Headers)
        {
            if (request.Headers.TryAddWithoutValidation(name, value)) continue;
            request.Content?.Headers.Remove(name);
            request.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private async Task<Answer<HttpReply>> ReplyAsync(HttpCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (bytes.Length > IHttpCalls.MaxAnswer) return TooLarge(call);
        var type = response.Content.Headers.ContentType;
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(h => !h.Key.StartsWith("set-cookie", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(h => h.Key.ToLowerInvariant(), h => string.Join(", ", h.Value));
        return new HttpReply((int)response.StatusCode, type?.MediaType?.ToLowerInvariant() ?? "", headers, Text(bytes, type?.CharSet), Wanted(response.Headers.RetryAfter), false);
    }

    private TimeSpan? Wanted(RetryConditionHeaderValue? retryAfter)
    {
        var wanted = retryAfter?.Delta ?? retryAfter?.Date - clock.GetUtcNow();
        return wanted > TimeSpan.Zero ? wanted : null;
    }

    private static string Text(byte[] bytes, string? charset)
    {
        try
        {
            return (charset is null ? Encoding.UTF8 : Encoding.GetEncoding(charset.Trim('"'))).GetString(bytes);
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8.GetString(bytes); // a name that nobody knows
        }
    }

    private static ConnectorProblem Problem(HttpCall call, HttpRequestException e)
    {
        for (Exception? cause = e; cause is not null; cause = cause.InnerException)
            if (cause is AddressNotAllowedException) return new ConnectorProblem("address_not_allowed", cause.Message);
        return e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded
            ? TooLarge(call)
            : new ConnectorProblem("unreachable", $"{call.Url.Host} cannot be reached. See whether the address is right.", true);
    }

    private static ConnectorProblem TooLarge(HttpCall call) => new("response_too_large", $"{call.Url.Host} answered more than 1 MiB. Ask it for less at once.");

    // The values of headers stay out: they may be credentials.
    private static OutgoingMessage Kept(HttpCall call)
    {
        var names = call.Headers.Keys.Order(StringComparer.OrdinalIgnoreCase).ToList();
        var headers = names.Count == 0 ? "" : $"Headers: {string.Join(", ", names)}\n\n";
        var body = headers + (call.Body is { Length: > 0 } text ? text : "(no body)");
        return new OutgoingMessage(MessageChannel.Http, call.Url.GetLeftPart(UriPartial.Path), "", call.ToString(), body.Length <= OutgoingMessage.MaxEmail ? body : body[..OutgoingMessage.MaxEmail]);
    }
}
