using System.Text.Json;
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

    /// <summary>Where the sender says which delivery it is.</summary>
    [Setting("Number of a delivery", Description = "Where senders other than GitHub, Shopify, Stripe and those of Standard Webhooks say "
        + "which delivery it is. The same one twice within 24 hours starts one run.", Advanced = true)]
    public DeliveryIdSettings? DeliveryId { get; init; }

    /// <summary>The schema of these settings.</summary>
    public static NodeSchema Schema { get; } = SchemaBuilder.Of<WebhookSettings>();

    /// <summary>What a schema cannot say.</summary>
    internal static IEnumerable<SettingProblem> Check(JsonElement config)
    {
        if (!SettingsReader.TryRead<WebhookSettings>(Schema, config, out var settings, out var problem)) return [problem];
        return settings.DeliveryId?.Problems() ?? [];
    }
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
