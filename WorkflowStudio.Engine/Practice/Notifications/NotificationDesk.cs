using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Workflows;

namespace WorkflowStudio.Engine.Practice.Notifications;

/// <summary>
/// Notifications as people and programs keep them: what they tell the practice themselves, what they have read, what they remove. What
/// workflows tell raises no event: a workflow that listens for it and tells something would go round.
/// </summary>
public sealed class NotificationDesk(
    IStudioWriter writer, IDbContextFactory<StudioDbContext> contexts, IdFactory ids, TimeProvider clock, PlatformEvents events)
{
    private static readonly ConnectorProblem Gone = new("notification_unknown", "There is no such notification any more.");

    private static readonly ConnectorProblem Nobody = new("contact_unknown", "There is no contact with this id.");

    /// <summary>One page, the newest first, and how many there are, as far as they are counted.</summary>
    public async Task<(IReadOnlyList<Notification> Items, int Total)> PageAsync(
        Seen seen, NotificationFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = NotificationStore.Of(db, seen);
        if (filter.IsRead is { } read) rows = read ? rows.Where(n => n.ReadAt != null) : rows.Where(n => n.ReadAt == null);
        if (filter.Level is { } level) rows = rows.Where(n => n.Level == level);
        if (filter.ContactId is { } contact) rows = rows.Where(n => n.ContactId == contact);
        if (filter.RunId is { } run) rows = rows.Where(n => n.RunId == run);
        var total = await rows.Take(PracticePages.MostCounted).CountAsync(cancellationToken);
        return (await rows.OrderByDescending(n => n.Id).Skip(skip).Take(take).Select(NotificationStore.Read)
            .ToListAsync(cancellationToken), total);
    }

    /// <summary>One; null when there is none that is seen.</summary>
    public async Task<Notification?> FindAsync(Seen seen, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await NotificationStore.Of(db, seen).Where(n => n.Id == id).Select(NotificationStore.Read)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>
    /// Tells the practice something and raises <see cref="KnownEvents.NotificationCreated"/>. Problem: <c>contact_unknown</c>.
    /// </summary>
    public async Task<Answer<Notification>> AddAsync(
        Tenant tenant, NewNotification said, Func<Notification, KeptAnswer?>? answer, CancellationToken cancellationToken)
    {
        var (id, now) = (ids.New(), clock.GetUtcNow());
        return await writer.WriteAsync<Answer<Notification>>(tenant.WorkspaceId, write =>
        {
            if (said.ContactId is { } contact && !write.Db.Contacts.Of(tenant).Any(c => c.Id == contact)) return Nobody;
            var row = new NotificationRow
            {
                Id = id, WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, CreatedAt = now,
                Title = said.Title.Trim(), Text = said.Text, Level = said.Level, Audience = said.Audience.Trim(),
                ContactId = said.ContactId,
            };
            write.Db.Notifications.Add(row);
            var made = NotificationStore.ReadOne(row);
            events.Raise(write, tenant, Of(KnownEvents.NotificationCreated, made));
            write.Record(answer?.Invoke(made));
            return made;
        }, cancellationToken);
    }

    /// <summary>
    /// Marks one as read or as new; the first raises <see cref="KnownEvents.NotificationRead"/>. Problem: <c>notification_unknown</c>.
    /// </summary>
    public async Task<Answer<Notification>> MarkAsync(Seen seen, Guid id, bool isRead, CancellationToken cancellationToken) =>
        await writer.WriteAsync<Answer<Notification>>(seen.Tenant.WorkspaceId, write =>
        {
            if (NotificationStore.Of(write.Db, seen).FirstOrDefault(n => n.Id == id) is not { } row) return Gone;
            var before = row.ReadAt;
            row.ReadAt = isRead ? row.ReadAt ?? clock.GetUtcNow() : null;
            var now = NotificationStore.ReadOne(row);
            if (before is null && isRead) events.Raise(write, seen.Tenant, Of(KnownEvents.NotificationRead, now));
            return now;
        }, cancellationToken);

    /// <summary>Removes one; false when there is none that is seen.</summary>
    public Task<bool> RemoveAsync(Seen seen, Guid id, CancellationToken cancellationToken) => writer.WriteAsync(
        seen.Tenant.WorkspaceId,
        write =>
        {
            if (NotificationStore.Of(write.Db, seen).FirstOrDefault(n => n.Id == id) is not { } row) return false;
            write.Db.Remove(row);
            return true;
        },
        cancellationToken);

    private static PlatformEvent Of(string type, Notification n)
    {
        var data = JsonSerializer.SerializeToElement(new
        {
            notification_id = n.Id, title = n.Title, text = n.Text, level = n.Level.ToString().ToLowerInvariant(), audience = n.Audience,
            contact_id = n.ContactId, run_id = n.RunId, workflow_id = n.WorkflowId,
        });
        return new PlatformEvent(type, () => data) { WorkflowId = n.WorkflowId };
    }
}

/// <summary>Which notifications are wanted; null means any.</summary>
public sealed record NotificationFilter
{
    /// <summary>Whether somebody has read them.</summary>
    public bool? IsRead { get; init; }

    /// <summary>How much they matter.</summary>
    public NotificationLevel? Level { get; init; }

    /// <summary>Whom they are about.</summary>
    public Guid? ContactId { get; init; }

    /// <summary>The run that told them.</summary>
    public Guid? RunId { get; init; }
}
