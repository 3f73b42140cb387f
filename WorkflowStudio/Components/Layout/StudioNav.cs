namespace WorkflowStudio.Components.Layout;

/// <summary>The pages of the studio, as the sidebar and the rail list them.</summary>
internal static class StudioNav
{
    public static IReadOnlyList<NavGroup> Groups { get; } =
    [
        new(null, [new("/", "home", "Home"), new("/workflows", "account_tree", "Workflows"), new("/runs", "play_circle", "Runs"), new("/schedules", "schedule", "Schedules")]),
        new("Practice", [new("/calendar", "calendar_month", "Calendar"), new("/invoices", "receipt_long", "Invoices"), new("/approvals", "approval", "Approvals"), new("/outbox", "outbox", "Outbox")]),
    ];
}

/// <summary>Pages under one title; null for those at the top.</summary>
internal sealed record NavGroup(string? Title, IReadOnlyList<NavItem> Items);

/// <summary>One page.</summary>
internal sealed record NavItem(string Href, string Icon, string Text);
