using System.Net.Http.Headers;
using System.Text;
using WorkflowStudio.Engine.Diagnostics.Telemetry;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>
/// Calls through <see cref="GuardedHttp"/>; in the sandbox nothing leaves the house and the outbox keeps what would have.
/// </summary>
internal sealed class GuardedCalls(GuardedHttp http, IKeptCalls kept, TimeProvider clock, CallMetrics? metrics = null) : IHttpCalls
{
    public async Task<Answer<HttpReply>> CallAsync(Tenant tenant, HttpCall call, EffectSource source, CancellationToken cancellationToken)
    {
        if (metrics is not { IsOn: true }) return await CallOnceAsync(tenant, call, source, cancellationToken);
        var from = clock.GetTimestamp();
        var answer = await CallOnceAsync(tenant, call, source, cancellationToken);
        if (answer.Problem is { } problem) metrics.Failed(problem.Code, clock.GetElapsedTime(from));
        else metrics.Answered(answer.Value!.Status, clock.GetElapsedTime(from));
        return answer;
    }

    private async Task<Answer<HttpReply>> CallOnceAsync(
        Tenant tenant, HttpCall call, EffectSource source, CancellationToken cancellationToken)
    {
        // in the sandbox too: a test that passes what the real work refuses tests nothing
        if (call.Headers.Select(h => HttpHeaderRule.Problem(h.Key, h.Value)).FirstOrDefault(p => p is not null) is { } wrong)
            return new ConnectorProblem(WorkflowProblemCodes.WrongSetting, wrong);
        if (EffectPolicy.Route(tenant.Environment, connected: true, captureUntilConnected: false) == EffectRoute.Capture)
        {
            await kept.KeepAsync(tenant, Kept(call), source, cancellationToken);
            return new HttpReply(0, "", new Dictionary<string, string>(), "", null, true);
        }

        using var timer = new CancellationTokenSource(call.Timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        using var request = Request(call);
        try
        {
            using var response = await http.Client.SendAsync(request, both.Token);
            return await ReplyAsync(request.RequestUri!.Host, response, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ConnectorProblem("timeout", $"{request.RequestUri!.Host} did not answer within {call.Timeout.TotalSeconds:0.#} s. "
                + "Try again, or allow it more time.", true);
        }
        catch (HttpRequestException e)
        {
            return CallProblem.Of(request.RequestUri!.Host, e); // where redirects have led
        }
    }

    private static HttpRequestMessage Request(HttpCall call)
    {
        var request = new HttpRequestMessage(new HttpMethod(call.Method), call.Url);
        request.Options.Set(HttpRedirects.StaysOnHost, call.StaysOnHost);
        if (call.Body is not null)
            request.Content = new StringContent(
                call.Body, Encoding.UTF8, MediaTypeHeaderValue.Parse(call.ContentType ?? "text/plain").MediaType!);
        foreach (var (name, value) in call.Headers)
        {
            if (request.Headers.TryAddWithoutValidation(name, value)) continue;
            request.Content?.Headers.Remove(name);
            request.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private async Task<Answer<HttpReply>> ReplyAsync(string host, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (bytes.Length > IHttpCalls.MaxAnswer) return CallProblem.TooLarge(host);
        var type = response.Content.Headers.ContentType;
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(h => !h.Key.StartsWith("set-cookie", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(h => h.Key.ToLowerInvariant(), h => string.Join(", ", h.Value));
        return new HttpReply((int)response.StatusCode, type?.MediaType?.ToLowerInvariant() ?? "", headers,
            Text(bytes, response.Content, host, out var unreadable), response.Headers.RetryAfter.Wanted(clock), false)
        { Unreadable = unreadable };
    }

    private static string Text(byte[] bytes, HttpContent content, string host, out ConnectorProblem? unreadable)
    {
        unreadable = null;
        if (bytes.Length == 0) return "";
        if (content.Headers.ContentEncoding.FirstOrDefault(e => !e.Equals("identity", StringComparison.OrdinalIgnoreCase)) is { } packing)
            unreadable = new("unknown_encoding", $"{host} answered something that is packed as {packing}, which is not known here. Send "
                + "the header Accept-Encoding: identity, or ask whoever runs it.");
        else if (ForeignText.TryRead(bytes, content.Headers.ContentType?.CharSet, out var text, out var problem)) return text;
        else
            unreadable = new(problem.At is null ? "unknown_charset" : "wrong_charset",
                $"The answer of {host} {problem.Words}. Ask whoever runs it for UTF-8; what is no text, such as an image, cannot be read.");
        return "";
    }

    // The values of headers stay out: they may be credentials.
    private static KeptCall Kept(HttpCall call)
    {
        var names = call.Headers.Keys.Order(StringComparer.OrdinalIgnoreCase).ToList();
        var headers = names.Count == 0 ? "" : $"Headers: {string.Join(", ", names)}\n\n";
        var body = headers + (call.Body is { Length: > 0 } text ? text : "(no body)");
        return new KeptCall(call.Address, call.ToString(), body);
    }
}
