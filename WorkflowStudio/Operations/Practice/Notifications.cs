using WorkflowStudio.Engine.Practice.Notifications;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Operations.Practice;

/// <summary>What the people of a practice are told: read by members, and marked as read for all of them.</summary>
public sealed class Notifications(NotificationStore store, NotificationDesk desk, WorkflowAccess access)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewData;

    private const int Longest = 100;

    /// <summary>Those that nobody has read, or all of them; the newest first, at most 100.</summary>
    public async Task<Result<ListPage<Notification>>> ListAsync(Caller caller, bool unread, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refusal) return refusal;
        var found = await store.ListAsync(await access.SeenAsync(caller, cancellationToken), unread, null, Longest, cancellationToken);
        return new ListPage<Notification>(found.Items, found.Total, found.AndMore, found.Next);
    }

    /// <summary>Marks one as read.</summary>
    public async Task<Result<bool>> ReadAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refusal) return refusal;
        return await store.MarkReadAsync(await access.SeenAsync(caller, cancellationToken), id, cancellationToken)
            ? true
            : new OperationProblem.NotFound("notification");
    }

    /// <summary>One page of those that are asked for, the newest first.</summary>
    public async Task<Result<WorkflowPage<Notification>>> PageAsync(
        Caller caller, NotificationFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refusal) return refusal;
        var (items, total) = await desk.PageAsync(
            await access.SeenAsync(caller, cancellationToken), filter, Math.Max(0, skip), Math.Clamp(take, 1, Longest), cancellationToken);
        return new WorkflowPage<Notification>(items, total);
    }

    /// <summary>One.</summary>
    public async Task<Result<Notification>> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refusal) return refusal;
        return await desk.FindAsync(await access.SeenAsync(caller, cancellationToken), id, cancellationToken) is { } found
            ? found
            : Gone;
    }

    /// <summary>Marks one as read, or as new again.</summary>
    public async Task<Result<Notification>> MarkAsync(Caller caller, Guid id, bool isRead, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refusal) return refusal;
        var marked = await desk.MarkAsync(await access.SeenAsync(caller, cancellationToken), id, isRead, cancellationToken);
        return marked.Has(out var now, out _) ? now : Gone;
    }

    private static OperationProblem Gone => new OperationProblem.NotFound("notification");
}
