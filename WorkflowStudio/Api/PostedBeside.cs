using System.Runtime.InteropServices;
using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Model.Json;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api;

/// <summary>
/// Adds to a payload what its trigger asks for of the rest of the request. What lets somebody in never gets into a run: names of headers
/// that speak of it are left out, whoever made them up.
/// </summary>
internal static class PostedBeside
{
    private static readonly ApiProblem TooDeep = new(400, "invalid_json",
        $"With the query and the headers beside it the JSON is nested deeper than {JsonDepth.Most} levels. Make it flatter.");

    private static readonly string[] Secret =
        ["auth", "cookie", "signature", "-sig", "hmac", "secret", "token", "passw", "key", "jwt", "assertion", "session", "credential"];

    /// <summary>The payload; or why it is too large.</summary>
    public static (JsonElement Payload, ApiProblem? Problem) Of(HttpRequest request, JsonElement body, WebhookRules rules)
    {
        if (!rules.TakesQuery && !rules.TakesHeaders) return (body, null);
        var payload = PostedPayload.Of(
            body,
            rules.TakesQuery ? request.Query.Select(q => KeyValuePair.Create(q.Key, q.Value.ToArray())) : null,
            rules.TakesHeaders ? Headers(request, rules.Signature?.Header) : null);
        if (JsonDepth.IsOver(payload)) return (default, TooDeep);
        return JsonMarshal.GetRawUtf8Value(payload).Length > RequestBody.MaxBytes ? (default, ApiProblem.TooLargeAsJson) : (payload, null);
    }

    private static IEnumerable<KeyValuePair<string, string?[]>> Headers(HttpRequest request, string? secret) => request.Headers
        .Where(h => !h.Key.Equals(secret, StringComparison.OrdinalIgnoreCase)
            && !Array.Exists(Secret, s => h.Key.Contains(s, StringComparison.OrdinalIgnoreCase)))
        .Select(h => KeyValuePair.Create(h.Key.ToLowerInvariant(), h.Value.ToArray()));
}
