using System.Net.Http.Headers;
using System.Text;

namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>Posts through <see cref="GuardedHttp"/>.</summary>
internal sealed class GuardedPosts(GuardedHttp http, TimeProvider clock) : IHttpPosts
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public async Task<Answer<PostReply>> PostAsync(HttpPost post, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(post.Timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        using var request = Request(post);
        try
        {
            using var response = await http.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return new PostReply(
                (int)response.StatusCode, await BeginningAsync(response.Content, both.Token, cancellationToken),
                response.Headers.RetryAfter.Wanted(clock));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ConnectorProblem(
                "timeout", $"{post.Url.Host} did not answer within {post.Timeout.TotalSeconds:0.#} s.", true);
        }
        catch (HttpRequestException e)
        {
            return CallProblem.Of(post.Url.Host, e);
        }
    }

    private static HttpRequestMessage Request(HttpPost post)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, post.Url)
        { Content = new ByteArrayContent(post.Body) { Headers = { ContentType = Json } } };
        request.Options.Set(HttpRedirects.NotLed, true);
        request.Options.Set(HttpAnswers.AsItComes, true);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        request.Headers.TryAddWithoutValidation("User-Agent", "WorkflowStudio");
        foreach (var (name, value) in post.Headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    // the status counts: a body that breaks off or does not end changes nothing of it
    private static async Task<string> BeginningAsync(HttpContent content, CancellationToken timeout, CancellationToken cancellationToken)
    {
        var buffer = new byte[IHttpPosts.MaxAnswer];
        var count = 0;
        try
        {
            await using var stream = await content.ReadAsStreamAsync(timeout);
            for (int read; count < buffer.Length && (read = await stream.ReadAsync(buffer.AsMemory(count), timeout)) > 0; count += read)
            {
                // as far as it goes
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return Encoding.UTF8.GetString(buffer, 0, count).Replace('\0', ' ');
    }
}
