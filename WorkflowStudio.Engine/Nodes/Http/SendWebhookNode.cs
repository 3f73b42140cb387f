using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Http;

/// <summary>Posts JSON to an address of another system, signed where it knows the secret.</summary>
[Step("send_webhook", "Send webhook", NodeGroup.Http, "webhook", HasOutsideEffect = true,
    Does = "Posts JSON to an address of another system. Every call of the step in a run carries the same webhook-id, so that one that is "
        + "repeated counts once where the other side looks at it. With the secret of a connection it is signed as Standard Webhooks has "
            + "it. "
        + "An answer other than 2xx fails the step; what may go better another time is for the retry policy.",
    Example = """{"url":"https://example.com/hooks/practice","body":{"event":"invoice.read","number":"{{ $initialPayload.number }}"}}""")]
public sealed class SendWebhookNode(IHttpCalls calls, IConnections connections) : NodeType<SendWebhookSettings, HttpRequestOutput>
{
    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config) is { } settings
        ? Card.Fit(settings.Url[(settings.Url.IndexOf("://", StringComparison.Ordinal) is >= 0 and var at ? at + 3 : 0)..])
        : null;

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config) =>
        HttpHeaderCheck.Problems(config).Concat(HttpSecrets.Problems(config));

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(
        SendWebhookSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (HttpAddress.Of(settings.Url, "", null) is not { } url)
            return SettingsFailure.Wrong("url", "Address must begin with http:// or https:// and hold no name or password.");
        if (!(await KeysAsync(settings.Secret.Trim(), input, cancellationToken)).Has(out var keys, out var unsigned))
            return unsigned.AsFailure();
        var body = settings.Body.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? "{}" : settings.Body.GetRawText();
        var call = new HttpCall(settings.Method, url, Headers(settings, keys, body, input), body, "application/json",
            TimeSpan.FromSeconds(settings.TimeoutSeconds))
        { StaysOnHost = keys.Count > 0 };
        if (!(await calls.CallAsync(input.Run.Tenant, call, input.Source(), cancellationToken)).Has(out var reply, out var failed))
            return failed.AsFailure();
        input.Log(NodeLogLevel.Info, reply.Captured ? $"{call} is in the outbox; nobody was called." : $"{call} answered {reply.Status}");
        return reply.Captured ? Complete(new HttpRequestOutput { Captured = true })
            : reply.Status is < 200 or > 299
                ? HttpRefusal.Of(call, reply, "See what it wants, and correct the address, the headers or the body.")
            : Complete(new HttpRequestOutput { Status = reply.Status, Headers = reply.Headers, Body = Answer(reply) });
    }

    // the newer secret first; in the sandbox one that is not there leaves the post unsigned
    private async Task<Answer<IReadOnlyList<byte[]>>> KeysAsync(string name, NodeInput input, CancellationToken cancellationToken)
    {
        if (name.Length == 0) return Array.Empty<byte[]>();
        var connection = await connections.FindAsync(input.Run.Tenant, ConnectionKinds.WebhookSecret, name, cancellationToken);
        if (connection is null && input.Run.Tenant.Environment == StudioEnvironment.Test) return Array.Empty<byte[]>();
        if (connection is null)
            return new ConnectorProblem(WorkflowProblemCodes.NoConnection,
                $"There is no secret {name} to sign with in the live environment "
                + "of this workspace. Choose another, or make it under Connections. (Setting: secret)");
        var secrets = (connection.Secret ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        byte[]?[] keys = [.. secrets.Select(StandardSignature.KeyOf)];
        return keys.Length > 0 && Array.TrueForAll(keys, k => k is not null)
            ? (Answer<IReadOnlyList<byte[]>>)keys.OfType<byte[]>().ToArray()
            : new ConnectorProblem(WorkflowProblemCodes.NoConnection, $"The secret {name} cannot be read, or is none of Standard Webhooks: "
                + $"whsec_ and base64. Enter it again under Connections. (Setting: secret)");
    }

    // what says who sent it and that it is the same one again wins over headers of one's own
    private static Dictionary<string, string> Headers(
        SendWebhookSettings settings, IReadOnlyList<byte[]> keys, string body, NodeInput input)
    {
        var headers = new Dictionary<string, string>(settings.Headers, StringComparer.OrdinalIgnoreCase);
        var signed = StandardSignature.Headers(input.EffectKey, input.Now, Encoding.UTF8.GetBytes(body), keys);
        foreach (var (name, value) in signed.Where(h => h.Value.Length > 0)) headers[name] = value;
        headers.TryAdd("Idempotency-Key", input.EffectKey);
        return headers;
    }

    // what is no JSON, or JSON that says something twice, is text
    private static JsonElement Answer(HttpReply reply)
    {
        try
        {
            if (reply.Body.Length > 0 && JsonElement.Parse(reply.Body) is var json && StrictJson.Check(json) is null) return json;
        }
        catch (JsonException)
        {
            // it is text
        }

        return JsonSerializer.SerializeToElement(reply.Body, NodeJson.Options);
    }
}

/// <summary>The settings of <see cref="SendWebhookNode"/>.</summary>
public sealed record SendWebhookSettings
{
    /// <summary>The address.</summary>
    [Setting("Address", Description = "Where to post, beginning with https:// or http://.", Min = 1, Max = 4_000, Logged = true)]
    public required string Url { get; init; }

    /// <summary>The method.</summary>
    [Setting("Method", Choices = ["POST=POST", "PUT=PUT", "PATCH=PATCH"], Advanced = true)]
    public string Method { get; init; } = "POST";

    /// <summary>The body.</summary>
    [Setting("Body", Description = "What to send: any value, as JSON. Left out, it is an empty object.")]
    public JsonElement Body { get; init; }

    /// <summary>The headers.</summary>
    [Setting("Headers", Description = "Headers of the post, in plain signs without line breaks. They are never logged.", Max = 50)]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The secret to sign with.</summary>
    [Setting("Secret", Description = "A stored secret by its name, with which the post is signed: whsec_ and base64, which the other side "
        + "knows, too.", Max = 100, Names = ConnectionKinds.WebhookSecret)]
    public string Secret { get; init; } = "";

    /// <summary>The longest time of the call.</summary>
    [Setting("Longest time", Unit = "seconds", Min = 1, Max = 60, Advanced = true)]
    public int TimeoutSeconds { get; init; } = 30;
}
