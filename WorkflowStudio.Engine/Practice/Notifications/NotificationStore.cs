using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;

namespace WorkflowStudio.Engine.Practice.Notifications;

/// <summary>The notifications of practices. One that a workflow made is seen by who sees the workflow.</summary>
public sealed class NotificationStore(
    IStudioWriter writer, IDbContextFactory<StudioDbContext> contexts, IdFactory ids, TimeProvider clock) : INotifications
{
    internal static readonly Expression<Func<NotificationRow, Notification>> Read = n => new Notification(
        n.Id, n.Title, n.Text, n.Level, n.Audience, n.ContactId, n.RunId, n.WorkflowId, n.CreatedAt, n.ReadAt);

    internal static readonly Func<NotificationRow, Notification> ReadOne = Read.Compile();

    /// <inheritdoc/>
    public async Task<Answer<Notification>> TellAsync(
        Tenant tenant, NewNotification notification, EffectSource source, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(notification.Title))
            return new ConnectorProblem("notification_empty", "The notification has no title. Write one in the step's settings.");
        var row = new NotificationRow
        {
            Id = ids.New(), WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, EffectKey = source.Key,
            CreatedAt = clock.GetUtcNow(),
            Title = ShownText.Fit(notification.Title.Trim(), NewNotification.MaxTitle),
            Text = ShownText.Fit(notification.Text, NewNotification.MaxText),
            Level = notification.Level, Audience = notification.Audience.Trim(), ContactId = notification.ContactId,
            RunId = source.RunId, WorkflowId = source.WorkflowId,
        };
        return await writer.WriteAsync(
            tenant.WorkspaceId,
            write =>
            {
                if (write.Db.Notifications.MadeBy(tenant, source.Key) is { } made) return ReadOne(made);
                write.Db.Notifications.Add(row);
                return ReadOne(row);
            },
            cancellationToken);
    }

    /// <summary>The notifications, newest first. Pages are cut by what came before.</summary>
    /// <param name="seen">The workspace and environment, and what of it is seen.</param>
    /// <param name="unread">Only those that nobody has read.</param>
    /// <param name="before">Only older ones than this; null begins with the newest.</param>
    /// <param name="size">1 to 200, kept within.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<PracticePage<Notification>> ListAsync(
        Seen seen, bool unread, Guid? before, int size, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = Of(db, seen);
        if (unread) rows = rows.Where(n => n.ReadAt == null);
        var older = before is { } id ? rows.Where(n => n.Id < id) : rows;
        return await PracticePages.CutAsync(
            rows.OrderBy(n => n.Id), older.OrderByDescending(n => n.Id).Select(Read), n => n.Id, size, cancellationToken);
    }

    /// <summary>Marks one as read; false when it is not there or not seen.</summary>
    public Task<bool> MarkReadAsync(Seen seen, Guid id, CancellationToken cancellationToken) => writer.WriteAsync(
        seen.Tenant.WorkspaceId,
        write =>
        {
            if (Of(write.Db, seen).FirstOrDefault(n => n.Id == id) is not { } row) return false;
            row.ReadAt ??= clock.GetUtcNow();
            return true;
        },
        cancellationToken);

    internal static IQueryable<NotificationRow> Of(StudioDbContext db, Seen seen)
    {
        var rows = db.Notifications.Of(seen.Tenant);
        if (seen.Sight.SeesAll) return rows;
        var workflows = db.SeenWorkflows(seen.Sight);
        return rows.Where(n => n.WorkflowId == null || workflows.Any(w => w.Id == n.WorkflowId));
    }
}
