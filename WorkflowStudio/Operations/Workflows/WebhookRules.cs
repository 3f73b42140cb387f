using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Triggers;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>What the settings of a webhook ask of its door, read once for all posts.</summary>
internal sealed record WebhookRules
{
    /// <summary>Nothing beyond the usual.</summary>
    public static WebhookRules None { get; } = new();

    /// <summary>Where the sender says which delivery it is; null for the usual places alone.</summary>
    public DeliveryIdSettings? DeliveryId { get; private init; }

    /// <summary>How posts have to be signed; null when anybody may post.</summary>
    public SignatureSettings? Signature { get; private init; }

    /// <summary>Whether the query of the address belongs to the payload.</summary>
    public bool TakesQuery { get; private init; }

    /// <summary>Whether the headers belong to the payload.</summary>
    public bool TakesHeaders { get; private init; }

    /// <summary>How long a post waits for what its run answers; null where it does not.</summary>
    public TimeSpan? LongestWait { get; private init; }

    /// <summary>Those of a trigger's settings. A signature that is asked for in words that cannot be read lets nobody in.</summary>
    public static WebhookRules Of(JsonElement config) =>
        SettingsReader.TryRead<WebhookSettings>(WebhookSettings.Schema, config, out var settings, out _)
            ? new WebhookRules
            {
                DeliveryId = settings.DeliveryId,
                LongestWait = settings.Answer == WebhookReply.Result ? TimeSpan.FromSeconds(settings.AnswerTimeoutSeconds) : null,
                TakesQuery = settings.Include.Contains("query"),
                TakesHeaders = settings.Include.Contains("headers"),
                Signature = settings.Signature is { IsEmpty: false } signature ? signature : null,
            }
            : config.TryGetProperty("signature"u8, out var asked) && asked.ValueKind != JsonValueKind.Null
                ? new WebhookRules { Signature = new SignatureSettings() }
                : None;
}
