using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Queries;

namespace WorkflowStudio.Engine.Practice.Messages.Conversations;

/// <summary>
/// Reads conversations. What a workflow wrote that is not seen is not seen either, and a conversation in which there is nothing else is not
/// there.
/// </summary>
public sealed class ConversationQueries(IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>One page, the last written in first, and how many there are, as far as they are counted.</summary>
    public async Task<(IReadOnlyList<ConversationItem> Items, int Total)> PageAsync(
        Seen seen, ConversationFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = Filtered(db, Visible(db, seen), filter);
        var total = await found.Take(PracticePages.MostCounted).CountAsync(cancellationToken);
        var rows = await found.OrderByDescending(c => c.LastAt).ThenByDescending(c => c.Id).Skip(skip).Take(take)
            .ToListAsync(cancellationToken);
        return (await ToldAsync(db, seen, rows, cancellationToken), total);
    }

    /// <summary>How many conversations wait to be read; at most <see cref="PracticePages.MostCounted"/>.</summary>
    public async Task<int> UnreadAsync(Seen seen, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var unread = db.Conversations.Of(seen.Tenant).Where(c => c.Unread > 0);
        return await unread.Take(PracticePages.MostCounted).CountAsync(cancellationToken);
    }

    /// <summary>One; null when there is none that is seen.</summary>
    public async Task<ConversationItem?> FindAsync(Seen seen, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await Visible(db, seen).Where(c => c.Id == id).ToListAsync(cancellationToken);
        return rows.Count == 0 ? null : (await ToldAsync(db, seen, rows, cancellationToken))[0];
    }

    internal static IQueryable<ConversationRow> Visible(StudioDbContext db, Seen seen)
    {
        var rows = db.Conversations.AsNoTracking().Of(seen.Tenant);
        if (seen.Sight.SeesAll) return rows;
        var sent = TalkMessages.Seen(db, seen);
        return rows.Where(c => c.LastReceivedId != null || c.IsByHand || sent.Any(o => o.ConversationId == c.Id));
    }

    private static IQueryable<ConversationRow> Filtered(
        StudioDbContext db, IQueryable<ConversationRow> rows, ConversationFilter filter)
    {
        if (filter.ContactId is { } contact) rows = rows.Where(c => c.ContactId == contact);
        if (filter.Channel is { } channel) rows = rows.Where(c => c.Channel == channel);
        rows = filter.IsUnread switch
        {
            true => rows.Where(c => c.Unread > 0),
            false => rows.Where(c => c.Unread == 0),
            _ => rows,
        };
        rows = (filter.HasReplies, filter.IsOpen) switch
        {
            (true, true) => rows.Where(c => c.LastReceivedId != null && !c.IsClosed), // an index has these
            (true, false) => rows.Where(c => c.LastReceivedId != null && c.IsClosed),
            (true, null) => rows.Where(c => c.LastReceivedId != null),
            (false, true) => rows.Where(c => c.LastReceivedId == null && !c.IsClosed),
            (false, false) => rows.Where(c => c.LastReceivedId == null && c.IsClosed),
            (false, null) => rows.Where(c => c.LastReceivedId == null),
            (null, true) => rows.Where(c => !c.IsClosed),
            (null, false) => rows.Where(c => c.IsClosed),
            _ => rows,
        };
        if (string.IsNullOrWhiteSpace(filter.Search)) return rows;
        var like = LikeText.Holding(filter.Search.Trim());
        // found once, not looked for beside each conversation
        var named = db.Contacts.Holding(like).Select(n => (Guid?)n.Id);
        return rows.Where(c => EF.Functions.Like(c.Address, like, LikeText.Escape) || named.Contains(c.ContactId));
    }

    // three queries for a page, however long it is
    private static async Task<List<ConversationItem>> ToldAsync(
        StudioDbContext db, Seen seen, List<ConversationRow> rows, CancellationToken cancellationToken)
    {
        var (people, came, went) = (Ids(r => r.ContactId), Ids(r => r.LastReceivedId), Ids(r => r.LastSentId));
        var names = await db.Contacts.AsNoTracking().Where(c => people.Contains(c.Id))
            .ToDictionaryAsync(c => c.Id, c => c.ToContact().Name, cancellationToken);
        var received = await TalkMessages.Came(db.ReceivedMessages.AsNoTracking().Where(m => came.Contains(m.Id)))
            .ToDictionaryAsync(m => m.Id, cancellationToken);
        var sent = await TalkMessages.Went(TalkMessages.Seen(db, seen).Where(o => went.Contains(o.Id)))
            .ToDictionaryAsync(m => m.Id, cancellationToken);
        return [.. rows.Select(r => new ConversationItem(
            r.Id, r.Channel, r.Address, Known(r.ContactId), r.ContactId is { } who ? names.GetValueOrDefault(who) : null, r.Unread,
            !r.IsClosed, r.CreatedAt, Later(Of(received, r.LastReceivedId), Of(sent, r.LastSentId))))];

        // somebody may have removed them
        Guid? Known(Guid? contact) => contact is { } id && names.ContainsKey(id) ? id : null;

        List<Guid> Ids(Func<ConversationRow, Guid?> of) => [.. rows.Select(of).OfType<Guid>().Distinct()];

        static TalkMessage? Of(Dictionary<Guid, TalkMessage> known, Guid? id) => id is { } one ? known.GetValueOrDefault(one) : null;

        static TalkMessage? Later(TalkMessage? one, TalkMessage? other) =>
            one is null || (other is not null && other.At > one.At) ? other : one;
    }
}
