namespace WorkflowStudio.Components.Layout;

/// <summary>The pages of the studio, as the sidebar and the rail list them.</summary>
internal static class StudioNav
{
    public static IReadOnlyList<NavGroup> Groups { get; } =
    [
        new(null, [new(StudioUrls.Home, "home", "Home"), new(StudioUrls.Workflows, "account_tree", "Workflows"),
            new(StudioUrls.Templates, "dashboard_customize", "Templates"), new(StudioUrls.Runs, "play_circle", "Runs"),
            new(StudioUrls.Schedules, "schedule", "Schedules")]),
        new("Practice", [new(StudioUrls.Contacts, "contacts", "Contacts"), new(StudioUrls.Properties, "home_work", "Properties"),
            new(StudioUrls.Calendar, "calendar_month", "Calendar"), new(StudioUrls.Invoices, "receipt_long", "Invoices"),
            new(StudioUrls.Approvals, "approval", "Approvals"), new(StudioUrls.Notifications, "notifications", "Notifications"),
            new(StudioUrls.Outbox, "outbox", "Outbox")]),
    ];
}

/// <summary>Pages under one title; null for those at the top.</summary>
internal sealed record NavGroup(string? Title, IReadOnlyList<NavItem> Items);

/// <summary>One page.</summary>
internal sealed record NavItem(string Href, string Icon, string Text);
