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

    /// <summary>Those of a trigger's settings.</summary>
    public static WebhookRules Of(JsonElement config) =>
        SettingsReader.TryRead<WebhookSettings>(WebhookSettings.Schema, config, out var settings, out _)
            ? new WebhookRules { DeliveryId = settings.DeliveryId }
            : None;
}
