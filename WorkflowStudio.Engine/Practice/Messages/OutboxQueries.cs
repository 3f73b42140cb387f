using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;

namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>What the outbox shows.</summary>
public sealed class OutboxQueries(IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>The messages, newest first. Pages are cut by what came before, so the thousandth costs what the first does.</summary>
    /// <param name="seen">The workspace and environment, and what of it is seen.</param>
    /// <param name="channel">Only this channel; null for all.</param>
    /// <param name="before">Only messages older than this one; null, or one that is gone, begins with the newest.</param>
    /// <param name="size">1 to 200, kept within.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<PracticePage<OutboxItem>> ListAsync(
        Seen seen, MessageChannel? channel, Guid? before, int size, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = Seen(db, seen);
        if (channel is { } only) rows = rows.Where(o => o.Channel == only);
        var older = rows;
        if (before is { } id && await db.Outbox.Of(seen.Tenant).Where(o => o.Id == id).Select(o => (DateTimeOffset?)o.CreatedAt)
            .FirstOrDefaultAsync(cancellationToken) is { } at)
            older = rows.Where(o => o.CreatedAt <= at && (o.CreatedAt < at || o.Id < id)); // the first bound is the index's
        return await PracticePages.CutAsync(
            rows.OrderBy(o => o.CreatedAt),
            older.OrderByDescending(o => o.CreatedAt).ThenByDescending(o => o.Id).Select(o => new OutboxItem(
                o.Id, o.Channel, o.To, o.From, o.Subject, o.Body, o.Status, o.Captured, o.RunId, o.WorkflowId, o.NodeId, o.CreatedAt,
                o.Said)),
            o => o.Id, size, cancellationToken);
    }

    /// <summary>One message with all that it holds; null when there is none that is seen.</summary>
    public async Task<OutboxItem?> FindAsync(Seen seen, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Seen(db, seen).Where(o => o.Id == id)
            .Select(o => new OutboxItem(
                o.Id, o.Channel, o.To, o.From, o.Subject, o.Body, o.Status, o.Captured, o.RunId, o.WorkflowId, o.NodeId, o.CreatedAt,
                o.Said)
            { Html = o.Html })
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The messages of which nobody knows whether they went out, newest first; at most <paramref name="most"/>.</summary>
    public async Task<IReadOnlyList<OutboxItem>> UnknownAsync(Seen seen, int most, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Seen(db, seen).Where(o => o.Status == MessageStatus.Unknown).OrderByDescending(o => o.CreatedAt).Take(most)
            .Select(o => new OutboxItem(
                o.Id, o.Channel, o.To, o.From, o.Subject, "", o.Status, o.Captured, o.RunId, o.WorkflowId, o.NodeId, o.CreatedAt, o.Said))
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<OutboxRow> Seen(StudioDbContext db, Seen seen)
    {
        var rows = db.Outbox.AsNoTracking().Of(seen.Tenant);
        if (seen.Sight.SeesAll) return rows;
        var workflows = db.SeenWorkflows(seen.Sight);
        return rows.Where(o => o.WorkflowId == null || workflows.Any(w => w.Id == o.WorkflowId));
    }

    /// <summary>The messages that one run has made, oldest first; at most 200.</summary>
    public async Task<IReadOnlyList<OutboxItem>> OfRunAsync(Tenant tenant, Guid runId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Outbox.AsNoTracking().Of(tenant).Where(o => o.RunId == runId).OrderBy(o => o.CreatedAt).ThenBy(o => o.Id)
            .Take(PracticePages.MaxSize)
            .Select(o => new OutboxItem(
                o.Id, o.Channel, o.To, o.From, o.Subject, o.Body, o.Status, o.Captured, o.RunId, o.WorkflowId, o.NodeId, o.CreatedAt,
                o.Said))
            .ToListAsync(cancellationToken);
    }
}
