using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;

namespace WorkflowStudio.Engine.Practice.Messages.Conversations;

/// <summary>Reads messages in both directions as one list.</summary>
public sealed class TalkMessages(IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>How far back a list goes page by page.</summary>
    public const int Deepest = 10_000;

    /// <summary>One page, the newest first, and how many there are, as far as they are counted.</summary>
    public async Task<(IReadOnlyList<TalkMessage> Items, int Total)> PageAsync(
        Seen seen, MessageFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (came, went) = (Came(db, seen, filter), Went(db, seen, filter));
        // both are cut by their own index; what is left of a page of both is in the first of each
        var both = (int)Math.Min((long)skip + take, Deepest);
        List<TalkMessage> items = [];
        var total = 0;
        if (filter.IsOut is not true)
        {
            total += await came.Take(PracticePages.MostCounted).CountAsync(cancellationToken);
            items.AddRange(await Came(came.OrderByDescending(m => m.Id).Take(both)).ToListAsync(cancellationToken));
        }

        if (filter.IsOut is not false)
        {
            total += await went.Take(PracticePages.MostCounted).CountAsync(cancellationToken);
            items.AddRange(await Went(went.OrderByDescending(o => o.CreatedAt).ThenByDescending(o => o.Id).Take(both))
                .ToListAsync(cancellationToken));
        }

        return ([.. items.OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Skip(skip).Take(take)], total);
    }

    /// <summary>One; null when there is none that is seen.</summary>
    public async Task<TalkMessage?> FindAsync(Seen seen, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Came(db.ReceivedMessages.AsNoTracking().Of(seen.Tenant).Where(m => m.Id == id)).FirstOrDefaultAsync(cancellationToken)
            ?? await Went(Seen(db, seen).Where(o => o.Id == id)).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The messages that went out to people and are seen.</summary>
    internal static IQueryable<OutboxRow> Seen(StudioDbContext db, Seen seen)
    {
        var rows = db.Outbox.AsNoTracking().Of(seen.Tenant).Where(o => o.Channel != MessageChannel.Http);
        if (seen.Sight.SeesAll) return rows;
        var workflows = db.SeenWorkflows(seen.Sight);
        return rows.Where(o => o.WorkflowId == null || workflows.Any(w => w.Id == o.WorkflowId));
    }

    internal static IQueryable<TalkMessage> Came(IQueryable<ReceivedMessageRow> rows) => rows.Select(m =>
        new TalkMessage(m.Id, false, m.Channel, m.From, m.To, m.Subject, m.Body, m.CreatedAt)
        { ConversationId = m.ConversationId, ContactId = m.ContactId, RunId = m.RunId, IsAnswer = m.TakenBy != null });

    internal static IQueryable<TalkMessage> Went(IQueryable<OutboxRow> rows) => rows.Select(o =>
        new TalkMessage(o.Id, true, o.Channel, o.From, o.To, o.Subject, o.Body, o.CreatedAt)
        { ConversationId = o.ConversationId, Status = o.Status, Said = o.Said, RunId = o.RunId, WrittenBy = o.WrittenBy });

    private static IQueryable<ReceivedMessageRow> Came(StudioDbContext db, Seen seen, MessageFilter filter)
    {
        var rows = db.ReceivedMessages.AsNoTracking().Of(seen.Tenant);
        if (filter.ConversationId is { } talk) rows = rows.Where(m => m.ConversationId == talk);
        if (filter.ContactId is { } contact) rows = rows.Where(m => m.ContactId == contact);
        if (filter.Channel is { } channel) rows = rows.Where(m => m.Channel == channel);
        if (filter.From is { } from) rows = rows.Where(m => m.CreatedAt >= from);
        return filter.To is { } to ? rows.Where(m => m.CreatedAt <= to) : rows;
    }

    private static IQueryable<OutboxRow> Went(StudioDbContext db, Seen seen, MessageFilter filter)
    {
        var rows = Seen(db, seen);
        if (filter.ConversationId is { } talk) rows = rows.Where(o => o.ConversationId == talk);
        if (filter.ContactId is { } contact)
        {
            var talks = db.Conversations.Where(c => c.ContactId == contact);
            rows = rows.Where(o => talks.Any(c => c.Id == o.ConversationId));
        }

        if (filter.Channel is { } channel) rows = rows.Where(o => o.Channel == channel);
        if (filter.From is { } from) rows = rows.Where(o => o.CreatedAt >= from);
        return filter.To is { } to ? rows.Where(o => o.CreatedAt <= to) : rows;
    }
}
