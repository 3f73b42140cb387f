using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>
/// What signs a call in with a connection of the kind <c>http</c>: the header that it holds, its user and password (RFC 7617), or a token
/// that its client is given (RFC 6749, 4.4). Tokens are remembered until shortly before they expire, in memory alone.
/// </summary>
public sealed class HttpSignIn(IHttpCalls calls, TimeProvider clock)
{
    /// <summary>The header when a connection names none.</summary>
    public const string PresetHeader = "Authorization";

    /// <summary>The secret is the value of a header.</summary>
    public const string ByHeader = "header";

    /// <summary>The secret is a password.</summary>
    public const string ByPassword = "basic";

    /// <summary>The secret is that of a client, which is given tokens for it.</summary>
    public const string ByToken = "oauth2";

    private const int Most = 1_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Preset = TimeSpan.FromMinutes(5); // where the server names no time
    private static readonly TimeSpan Longevity = TimeSpan.FromHours(12);
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> known = new();

    /// <summary>Whether what signs in was given for a time: a call that was not let in may be made again with a new one.</summary>
    public static bool IsLent(Connection connection) => connection.Text("auth") == ByToken;

    /// <summary>
    /// The header. In the sandbox, which nothing leaves, no token is asked for. Problems: <c>token_refused</c>, <c>token_answer</c>, and
    /// those of <see cref="IHttpCalls"/>.
    /// </summary>
    public async Task<Answer<(string Name, string Value)>> HeaderAsync(
        Tenant tenant, Connection connection, CancellationToken cancellationToken)
    {
        if (connection.Text("auth") == ByPassword)
            return (PresetHeader, Basic(connection.Text("user"), connection.Secret ?? ""));
        if (!IsLent(connection))
            return (connection.Text("header") is { Length: > 0 } name ? name : PresetHeader, connection.Secret ?? "");
        if (tenant.Environment == StudioEnvironment.Test) return (PresetHeader, "Bearer sandbox");
        var key = KeyOf(tenant, connection);
        if (known.TryGetValue(key, out var there) && clock.GetUtcNow() < there.Until) return (PresetHeader, $"Bearer {there.Token}");
        if (!(await AskAsync(tenant, connection, cancellationToken)).Has(out var given, out var problem)) return problem;
        if (known.Count >= Most) known.Clear();
        known[key] = given;
        return (PresetHeader, $"Bearer {given.Token}");
    }

    /// <summary>A token that was not taken, or may not be, is asked for anew.</summary>
    public void Forget(Tenant tenant, Connection connection) => known.TryRemove(KeyOf(tenant, connection), out _);

    // what is entered anew is another one
    private static string KeyOf(Tenant tenant, Connection connection) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{tenant.WorkspaceId} {tenant.Environment} {connection.Name}\n{connection.Settings.GetRawText()}\n{connection.Secret}")));

    private static string Basic(string user, string password) =>
        $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}";

    private async Task<Answer<(string Token, DateTimeOffset Until)>> AskAsync(
        Tenant tenant, Connection connection, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(connection.Text("tokenUrl"), UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
            return new ConnectorProblem(WorkflowProblemCodes.WrongSetting,
                $"The connection {connection.Name} has no address of tokens. Correct it under Connections.");
        // section 2.3.1: both are encoded before they are put together
        var headers = new Dictionary<string, string>
        {
            [PresetHeader] = Basic(WebUtility.UrlEncode(connection.Text("clientId")), WebUtility.UrlEncode(connection.Secret ?? "")),
            ["Accept"] = "application/json",
        };
        var body = "grant_type=client_credentials"
            + (connection.Text("scope") is { Length: > 0 } scope ? $"&scope={WebUtility.UrlEncode(scope)}" : "");
        var call = new HttpCall("POST", url, headers, body, "application/x-www-form-urlencoded", Longest) { StaysOnHost = true };
        if (!(await calls.CallAsync(tenant, call, new EffectSource("token"), cancellationToken)).Has(out var reply, out var problem))
            return problem;
        var answer = reply.Json();
        if (reply.Status is < 200 or >= 300)
            return new ConnectorProblem("token_refused",
                $"{url.Host} gave no token for the connection {connection.Name} ({reply.Status}{Why(answer)}). Correct client and secret "
                + "under Connections.", reply.Status is 429 or >= 500)
            { RetryAfter = reply.RetryAfter };
        if (answer.TextOf("access_token") is not { Length: > 0 } token || HttpHeaderRule.ValueProblem(PresetHeader, token) is not null
            || (answer.TextOf("token_type") is { } type && !type.Equals("bearer", StringComparison.OrdinalIgnoreCase)))
            return new ConnectorProblem("token_answer",
                $"{url.Host} answered something that is no bearer token for the connection {connection.Name}. See whether its address of "
                + "tokens is right.");
        return (token, clock.GetUtcNow() + Lasting(answer) - Before);
    }

    private static TimeSpan Lasting(JsonElement answer)
    {
        var seconds = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("expires_in", out var value) ? value : default;
        var given = seconds.ValueKind == JsonValueKind.Number && seconds.TryGetDouble(out var number) ? number
            : seconds.ValueKind == JsonValueKind.String
            && double.TryParse(seconds.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var written) ? written
            : Preset.TotalSeconds;
        return TimeSpan.FromSeconds(Math.Clamp(given, 0, Longevity.TotalSeconds));
    }

    private static string Why(JsonElement answer) => answer.TextOf("error") is { Length: > 0 } error
        ? $": {ShownText.OneLine(answer.TextOf("error_description") is { Length: > 0 } words ? $"{error}, {words}" : error)}"
        : "";
}
