using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Notifications;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Components.Practice;

/// <summary>What workflows tell the practice. Read by one member, it is read for all.</summary>
public sealed partial class NotificationList
{
    [Inject]
    private Operations.Practice.Notifications Told { get; set; } = null!;

    protected override async Task<Result<Shown>> ReadAsync()
    {
        var unread = await Told.ListAsync(Session.Caller, unread: true, Closing);
        if (!unread.Ok) return unread.Problem;
        var all = await Told.ListAsync(Session.Caller, unread: false, Closing);
        return all.Ok ? new Shown(unread.Value.Items, [.. all.Value.Items.Where(n => n.ReadAt is not null)]) : all.Problem;
    }

    private static StatusLook LookOf(NotificationLevel level) => level switch
    {
        NotificationLevel.Success => new("done", "check_circle", "Good news", Filled: true),
        NotificationLevel.Warning => new("waiting", "warning", "Look at it", Filled: true),
        NotificationLevel.Urgent => new("failed", "priority_high", "To be done now"),
        _ => new("running", "notifications", "For you to know"),
    };

    private string From(Notification item) =>
        $"{Session.Format.DateTime(item.At)}{(item.Audience.Length > 0 ? $", for {item.Audience}" : "")}";

    private async Task ReadOneAsync(Notification item)
    {
        var done = await Told.ReadAsync(Session.Caller, item.Id, Closing);
        if (!done.Ok) Toasts.Add(done.Problem.Message, Severity.Error);
        await LoadAsync();
    }

    /// <summary>What the page shows: what nobody has read, and the last that was.</summary>
    public sealed record Shown(IReadOnlyList<Notification> Unread, IReadOnlyList<Notification> Read);
}
