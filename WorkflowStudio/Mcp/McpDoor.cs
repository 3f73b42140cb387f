using System.Text.Json;
using WorkflowStudio.Api;
using WorkflowStudio.Limits;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Keys;

namespace WorkflowStudio.Mcp;

/// <summary>
/// Who may speak to the AI door: whoever has a key, as everywhere. Looked at for every message, so that a key that was revoked ends at
/// once. Pages of other sites may not (a browser would let them, by a name that is made to mean this machine).
/// </summary>
internal sealed class McpDoor(KeyRing keys, RequestLimits limits, OwnAddress own)
{
    private const string CallerItem = "mcp-caller";

    /// <summary>The caller of a message that was let in.</summary>
    public static Caller CallerOf(HttpContext http) => (Caller)http.Items[CallerItem]!;

    /// <summary>Lets a message in, or refuses it.</summary>
    public async Task LetInAsync(HttpContext http, RequestDelegate next)
    {
        var key = KeyHeader.Of(http.Request);
        var caller = key is null ? null : await keys.AuthenticateAsync(key, http.Connection.RemoteIpAddress, http.RequestAborted);
        var problem = !own.IsFromOwnPage(http.Request) ? ApiProblem.ForeignPage
            : caller is null ? ApiProblem.Unauthorized
            : http.Request.ContentLength > RequestBody.MaxBytes ? ApiProblem.TooLarge
            : caller.KeyId is { } id && limits.Keys.SecondsToWait(id) is > 0 and var seconds ? ApiProblem.TooMany(seconds)
            : null;
        if (problem is not null)
        {
            await RefuseAsync(http, problem);
            return;
        }

        if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = RequestBody.MaxBytes;
        http.Items[CallerItem] = caller;
        await next(http);
    }

    private static Task RefuseAsync(HttpContext http, ApiProblem problem)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new Refusal("2.0", null, new Error(-32000, problem.Message, problem.Code)));
        return new ApiAnswer(problem.Status, body) { RetryAfter = problem.RetryAfter }.WriteAsync(http.Response, http.RequestAborted);
    }

    // as JSON-RPC says it
    private sealed record Refusal(
        [property: System.Text.Json.Serialization.JsonPropertyName("jsonrpc")] string Version,
        [property: System.Text.Json.Serialization.JsonPropertyName("id")] string? Id,
        [property: System.Text.Json.Serialization.JsonPropertyName("error")] Error Error);

    private sealed record Error(
        [property: System.Text.Json.Serialization.JsonPropertyName("code")] int Code,
        [property: System.Text.Json.Serialization.JsonPropertyName("message")] string Message,
        [property: System.Text.Json.Serialization.JsonPropertyName("data")] string Data);
}
