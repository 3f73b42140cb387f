using WorkflowStudio.Engine.Practice.Notifications;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Practice;

/// <summary>What workflows tell the people of a practice: read by members, and marked as read for all of them.</summary>
public sealed class Notifications(NotificationStore store, WorkflowAccess access)
{
    private const int Longest = 100;

    /// <summary>Those that nobody has read, or all of them; the newest first, at most 100.</summary>
    public async Task<Result<ListPage<Notification>>> ListAsync(Caller caller, bool unread, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ViewData) is { } refusal) return refusal;
        var found = await store.ListAsync(await access.SeenAsync(caller, cancellationToken), unread, null, Longest, cancellationToken);
        return new ListPage<Notification>(found.Items, found.Total, found.AndMore, found.Next);
    }

    /// <summary>Marks one as read.</summary>
    public async Task<Result<bool>> ReadAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ViewData) is { } refusal) return refusal;
        return await store.MarkReadAsync(await access.SeenAsync(caller, cancellationToken), id, cancellationToken)
            ? true
            : new OperationProblem.NotFound("notification");
    }
}
