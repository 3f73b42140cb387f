using WorkflowStudio.Components.Shared;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Connections;

namespace WorkflowStudio.Components.Layout;

/// <summary>The pages of the studio, as the sidebar and the rail list them.</summary>
internal static class StudioNav
{
    public static IReadOnlyList<NavGroup> Groups { get; } =
    [
        new(null, [new(StudioUrls.Home, "home", "Home"), new(StudioUrls.Workflows, "account_tree", "Workflows"),
            new(StudioUrls.Templates, "dashboard_customize", "Templates"), new(StudioUrls.Runs, "play_circle", "Runs"),
            new(StudioUrls.Schedules, "schedule", "Schedules")]),
        new("Practice", [new(StudioUrls.Inbox, "inbox", "Inbox"), new(StudioUrls.Contacts, "contacts", "Contacts"),
            new(StudioUrls.Properties, "home_work", "Properties"), new(StudioUrls.Forms, "list_alt", "Forms"),
            new(StudioUrls.Calendar, "calendar_month", "Calendar"), new(StudioUrls.Invoices, "receipt_long", "Invoices"),
            new(StudioUrls.Documents, "description", "Documents"),
            new(StudioUrls.Approvals, "approval", "Approvals"), new(StudioUrls.Notifications, "notifications", "Notifications"),
            new(StudioUrls.Outbox, "outbox", "Outbox")]),
        new("Setup", [new(StudioUrls.Connections, "power", "Connections", ReadConnections.Needs),
            new(StudioUrls.Keys, "key", "API keys", Permission.ManageKeys),
            new(StudioUrls.People, "group", "People", Permission.ManageMembers),
            new(StudioUrls.Audit, "history", "Audit log", Permission.ViewAudit)]),
    ];

    /// <summary>The groups with what somebody may open; those of which nothing is left are left out.</summary>
    public static IEnumerable<NavGroup> For(StudioSession session) => Groups
        .Select(g => g with { Items = [.. g.Items.Where(i => i.Needs is not { } needed || session.May(needed))] })
        .Where(g => g.Items.Count > 0);
}

/// <summary>Pages under one title; null for those at the top.</summary>
internal sealed record NavGroup(string? Title, IReadOnlyList<NavItem> Items);

/// <summary>One page.</summary>
/// <param name="Href">Its address.</param>
/// <param name="Icon">Its symbol.</param>
/// <param name="Text">Its name.</param>
/// <param name="Needs">What somebody needs to open it; null for every member.</param>
internal sealed record NavItem(string Href, string Icon, string Text, Permission? Needs = null);
