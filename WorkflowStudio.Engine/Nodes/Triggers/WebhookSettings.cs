using System.Text.Json;
using System.Text.Json.Serialization;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Triggers;

/// <summary>The settings of the trigger <c>webhook</c> (docs/api.md, "Webhooks").</summary>
public sealed record WebhookSettings
{
    /// <summary>The pages that may post.</summary>
    [Setting("Websites that may post", Description = "Addresses such as https://example.org whose pages may post from the browser. "
        + "Servers may always post.", Max = 50)]
    public IReadOnlyList<string> CorsAllowedOrigins { get; init; } = [];

    /// <summary>How a post has to be signed.</summary>
    [Setting("Signature", Description = "Posts that are not signed with a secret which the sender and you know are refused.",
        Advanced = true)]
    public SignatureSettings? Signature { get; init; }

    /// <summary>Where the sender says which delivery it is.</summary>
    [Setting("Number of a delivery", Description = "Where senders other than GitHub, Shopify, Stripe and those of Standard Webhooks say "
        + "which delivery it is. The same one twice within 24 hours starts one run.", Advanced = true)]
    public DeliveryIdSettings? DeliveryId { get; init; }

    /// <summary>What stands in the payload beside the body.</summary>
    [Setting("Beside the body", Description = "The data is then {body, query, headers}: what was posted, and the query and the headers of "
        + "the request as far as they are asked for. Headers that hold secrets are left out.",
        Choices = ["query=The query of the address", "headers=The headers"], Max = 2, Advanced = true)]
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>What a post is answered with.</summary>
    [Setting("Answer", Description = "Whether whoever posts is told at once that a run was started, or waits for what the workflow answers "
        + "by a step “Answer the webhook”, else for the last output.",
        Choices = ["accepted=At once", "result=What the workflow answers"], Advanced = true)]
    public WebhookReply Answer { get; init; } = WebhookReply.Accepted;

    /// <summary>How long an answer is waited for.</summary>
    [Setting("Longest wait", Description = "Where the workflow takes longer, the post is told that a run was started.", Min = 1, Max = 30,
        Unit = "seconds", When = "answer=result", Advanced = true)]
    public int AnswerTimeoutSeconds { get; init; } = 10;

    /// <summary>The schema of these settings.</summary>
    public static NodeSchema Schema { get; } = SchemaBuilder.Of<WebhookSettings>();

    /// <summary>What a schema cannot say.</summary>
    internal static IEnumerable<SettingProblem> Check(JsonElement config)
    {
        if (!SettingsReader.TryRead<WebhookSettings>(Schema, config, out var settings, out var problem)) return [problem];
        return [.. settings.Signature?.Problems() ?? [], .. settings.DeliveryId?.Problems() ?? []];
    }
}

/// <summary>What a post to a webhook is answered with.</summary>
public enum WebhookReply
{
    /// <summary>That a run was started.</summary>
    Accepted,

    /// <summary>What the run answers.</summary>
    Result,
}

/// <summary>How a post has to be signed. The secret is a connection: none stands in a workflow.</summary>
public sealed record SignatureSettings
{
    /// <summary>Whose way of signing; null for none.</summary>
    [Setting("How it is signed", Choices = ["standard=Standard Webhooks", "github=GitHub", "stripe=Stripe", "shopify=Shopify",
        "header=A secret in a header"])]
    public SignatureScheme? Scheme { get; init; }

    /// <summary>The name of the connection that holds the secret.</summary>
    [Setting("Secret", Description = "It is made under Connections.",
        Names = ConnectionKinds.WebhookSecret, Max = 100)]
    public string? Connection { get; init; }

    /// <summary>The header that holds the secret.</summary>
    [Setting("Header", Description = "The header that the sender puts the secret into, for example X-Secret.", Max = 100,
        When = "scheme=header")]
    public string? Header { get; init; }

    /// <summary>How far the time in a signature may lie from now.</summary>
    [Setting("How old it may be", Description = "What was signed longer ago, or for later, is refused.", Min = 1, Max = 86_400,
        Unit = "seconds", When = "scheme=standard|stripe")]
    public int ToleranceSeconds { get; init; } = 300;

    /// <summary>Whether nothing is asked for.</summary>
    [JsonIgnore]
    public bool IsEmpty => Scheme is null && string.IsNullOrWhiteSpace(Connection) && string.IsNullOrWhiteSpace(Header);

    internal IEnumerable<SettingProblem> Problems()
    {
        if (IsEmpty) yield break;
        if (Scheme is null)
            yield return SettingProblem.Wrong(
                "signature.scheme", "It is not said how posts are signed. Choose standard, github, stripe, shopify or header.");
        if (string.IsNullOrWhiteSpace(Connection))
            yield return SettingProblem.Wrong("signature.connection", "The signature names no secret, so every post would be refused. Name "
                + "a connection, which is made under Connections.");
        if (Scheme == SignatureScheme.Header && HttpHeaderRule.NameProblem(Header ?? "") is { } why)
            yield return SettingProblem.Wrong("signature.header", why);
    }
}

/// <summary>Whose way of signing.</summary>
public enum SignatureScheme
{
    /// <summary>standardwebhooks.com.</summary>
    Standard,

    /// <summary><c>X-Hub-Signature-256</c>.</summary>
    Github,

    /// <summary><c>Stripe-Signature</c>.</summary>
    Stripe,

    /// <summary><c>X-Shopify-Hmac-Sha256</c>.</summary>
    Shopify,

    /// <summary>The secret itself in a header.</summary>
    Header,
}

/// <summary>Where a sender says which delivery it is.</summary>
public sealed record DeliveryIdSettings
{
    /// <summary>The name of a header.</summary>
    [Setting("Header", Description = "For example X-Request-Id.", Max = 100)]
    public string? Header { get; init; }

    /// <summary>A path in the body, its parts separated by dots.</summary>
    [Setting("Field of the body", Description = "For example event.id. Asked where the header is not sent.", Max = 200)]
    public string? Field { get; init; }

    internal IEnumerable<SettingProblem> Problems()
    {
        if (Header is { Length: > 0 } header && HttpHeaderRule.NameProblem(header) is { } why)
            yield return SettingProblem.Wrong("delivery_id.header", why);
        if (Field is { Length: > 0 } field && field.Split('.').Any(part => part.Length == 0))
            yield return SettingProblem.Wrong(
                "delivery_id.field", "The field is a path such as event.id: names with one dot between them.");
    }
}
