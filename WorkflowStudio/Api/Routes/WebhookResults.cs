using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Limits;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Api.Routes;

/// <summary>
/// Answers a post with what its run answers. The run is durable before anybody waits: whatever keeps us from its answer, that it was
/// started stays true, and is told.
/// </summary>
internal sealed class WebhookResults(
    AwaitAnswer wait, OpenAnswers places, IHostApplicationLifetime life, ILogger<WebhookResults> log)
{
    // it may be a page that somebody else wrote, at the address at which people are signed in
    private const string Sandbox = "default-src 'none'; sandbox";

    private static readonly JsonSerializerOptions Plainly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The run's own answer; the one that it was started when it gives none in time, or too many are waited for.</summary>
    public async Task<ApiAnswer> OfAsync(IDialect dialect, HttpContext http, ApiAnswer started, AwaitedRun run)
    {
        if (!places.TryOpen(run.WorkflowId, out var place)) return started;
        using (place)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
            try
            {
                return await wait.RunAsync(run.Tenant, run.RunId, run.Longest, stop.Token) switch
                {
                    RunAnswer.Given given => Of(given.Answer),
                    RunAnswer.Ended { Output: var output } => Safe(Json(output), ApiAnswer.Json, StatusCodes.Status200OK),
                    RunAnswer.Failed => dialect.Refuse(ApiProblem.NoAnswer(run.RunId)),
                    _ => started,
                };
            }
            catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
            {
                return started; // the server stops
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning(e, "The answer of the run {Run} could not be waited for", run.RunId);
                return started;
            }
        }
    }

    private static ApiAnswer Of(JsonElement answer)
    {
        var status = answer.GetProperty("status"u8).GetInt32();
        answer.TryGetProperty("body"u8, out var body);
        var isText = body.ValueKind == JsonValueKind.String;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (answer.TryGetProperty("headers"u8, out var given) && given.ValueKind == JsonValueKind.Object)
            foreach (var header in given.EnumerateObject())
                if (header.Value.GetString() is { } value && AnswerHeaderRule.Problem(header.Name, value) is null)
                    headers[header.Name] = value;
        headers.Remove("Content-Type", out var type);
        ReadOnlyMemory<byte> bytes = status is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent
            or StatusCodes.Status304NotModified ? default
            : isText ? Encoding.UTF8.GetBytes(body.GetString()!)
            : body.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? default
            : Json(body);
        return Safe(bytes, type ?? (isText ? "text/plain; charset=utf-8" : ApiAnswer.Json), status, headers);
    }

    private static ApiAnswer Safe(
        ReadOnlyMemory<byte> body, string type, int status, Dictionary<string, string>? headers = null)
    {
        headers ??= [];
        headers["Content-Security-Policy"] = Sandbox;
        return new ApiAnswer(status, body) { ContentType = type, Headers = headers };
    }

    private static byte[] Json(JsonElement value) =>
        value.ValueKind == JsonValueKind.Undefined ? "{}"u8.ToArray() : JsonSerializer.SerializeToUtf8Bytes(value, Plainly);
}
