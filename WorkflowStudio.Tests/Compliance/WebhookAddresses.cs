namespace WorkflowStudio.Tests.Compliance;

/// <summary>The addresses of webhooks that go out.</summary>
internal static class WebhookAddresses
{
    private const string Hooks = "service.workflows.webhooks.manage";

    public static IEnumerable<DialectAddress> Of(string oneEvent, string? below = null, bool besideTheDoor = false) =>
        new DialectAddress[]
        {
            new("GET", "/webhooks", Hooks),
            new("POST", "/webhooks", Hooks, $$"""{"url":"https://example.org/hooks","events":["{{oneEvent}}"]}"""),
            new("GET", "/webhooks/{id}", Hooks) { IsBesideTheDoor = besideTheDoor },
            new("PATCH", "/webhooks/{id}", Hooks, """{"description":"Two"}""") { IsBesideTheDoor = besideTheDoor },
            new("DELETE", "/webhooks/{id}", Hooks) { IsBesideTheDoor = besideTheDoor },
            new("POST", "/webhooks/{id}/test", Hooks),
            new("POST", "/webhooks/{id}/rotate-secret", Hooks),
            new("GET", "/webhooks/{id}/deliveries", Hooks),
            new("POST", "/webhooks/{id}/deliveries/{run}/resend", Hooks),
        }.Select(a => a with { Below = below });
}
