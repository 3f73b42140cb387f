using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;

namespace WorkflowStudio.Engine.Practice.Messages.Conversations;

/// <summary>What people do with conversations: read them, put them away, say whose they are, remove them.</summary>
public sealed class ConversationDesk(IStudioWriter writer, IdFactory ids, TimeProvider clock, PlatformEvents events)
{
    private const int Piece = 200;

    private static readonly ConnectorProblem Gone = new("conversation_unknown", "There is no such conversation any more.");

    private static readonly ConnectorProblem NoMessage = new("message_unknown", "There is no such message any more.");

    private static readonly ConnectorProblem NotAll = new("in_use",
        "Some of it was written by a workflow that you do not see. Ask somebody who sees it, an owner for example, to remove it.");

    private static readonly ConnectorProblem Nobody = new("contact_unknown", "There is no contact with this id.");

    /// <summary>The conversation with a number or address, begun where there is none; answers its id, and whether it was begun.</summary>
    public Task<(Guid Id, bool IsNew)> BeginAsync(
        Tenant tenant, MessageChannel channel, string address, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return writer.WriteAsync(tenant.WorkspaceId, write =>
        {
            var row = ConversationNotes.Of(write.Db, tenant, ids, channel, address, now, out var isNew);
            row.IsByHand = true;
            if (isNew) events.Raise(write, tenant, ConversationEvents.Created(row));
            return (row.Id, isNew);
        }, cancellationToken);
    }

    /// <summary>Changes what people say of one. Problems: <c>conversation_unknown</c>, <c>contact_unknown</c>.</summary>
    public Task<Answer<Guid>> ChangeAsync(Seen seen, Guid id, ConversationChange change, CancellationToken cancellationToken) =>
        writer.WriteAsync<Answer<Guid>>(seen.Tenant.WorkspaceId, write =>
        {
            if (Find(write.Db, seen, id) is not { } row) return Gone;
            if (change.ContactId is { } contact && !write.Db.Contacts.Of(seen.Tenant).Any(c => c.Id == contact)) return Nobody;
            var before = (row.IsClosed, row.ContactId);
            if (change.IsOpen is { } open) row.IsClosed = !open;
            if (change.ContactId is not null || change.IsNobody) row.ContactId = change.ContactId;
            if ((change.UpTo ?? (change.IsRead ? row.LastReceivedId : null)) is { } upTo)
                ConversationNotes.Read(write.Db, row, upTo);
            if (before != (row.IsClosed, row.ContactId)) events.Raise(write, seen.Tenant, ConversationEvents.Updated(row));
            return id;
        }, cancellationToken);

    /// <summary>
    /// Removes one with what came and what went. Problems: <c>conversation_unknown</c>, <c>in_use</c> while a run that is not over has
    /// written in it or waits for an answer: it would write again.
    /// </summary>
    public async Task<Answer<Guid>> RemoveAsync(Seen seen, Guid id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await writer.WriteAsync<Answer<Guid?>>(seen.Tenant.WorkspaceId, write =>
            {
                var db = write.Db;
                if (Find(db, seen, id) is not { } row) return Gone;
                if (!seen.Sight.SeesAll && db.Outbox.Count(o => o.ConversationId == id)
                    != TalkMessages.Seen(db, seen).Count(o => o.ConversationId == id)) return NotAll;
                if (db.Outbox.Any(o => o.ConversationId == id && o.RunId != null
                    && db.Runs.Any(r => r.Id == o.RunId && r.FinishedAt == null)))
                    return new ConnectorProblem("in_use", "A run that is not over has written here, so the conversation cannot be removed. "
                        + "Wait until it ends, or cancel it.");
                // in pieces, between which others write
                var went = db.Outbox.Where(o => o.ConversationId == id).OrderBy(o => o.CreatedAt).Take(Piece).Select(o => o.Id).ToList();
                db.Outbox.Where(o => went.Contains(o.Id)).ExecuteDelete();
                var came = db.ReceivedMessages.Where(m => m.ConversationId == id).OrderBy(m => m.Id).Take(Piece).Select(m => m.Id).ToList();
                db.ReceivedMessages.Where(m => came.Contains(m.Id)).ExecuteDelete();
                if (went.Count == Piece || came.Count == Piece) return (Guid?)null;
                db.Remove(row);
                return (Guid?)id;
            }, cancellationToken);
            if (answer.Problem is { } problem) return problem;
            if (answer.Value is not null) return id;
        }
    }

    /// <summary>
    /// Removes one message. Problems: <c>message_unknown</c>, <c>in_use</c> while the run that wrote it is not over: it would write it
    /// again.
    /// </summary>
    public Task<Answer<Guid>> RemoveMessageAsync(Seen seen, Guid id, CancellationToken cancellationToken) =>
        writer.WriteAsync<Answer<Guid>>(seen.Tenant.WorkspaceId, write =>
        {
            var db = write.Db;
            if (db.ReceivedMessages.Of(seen.Tenant).FirstOrDefault(m => m.Id == id) is { } came)
            {
                if (db.Conversations.FirstOrDefault(c => c.Id == came.ConversationId) is { } talk)
                    ConversationNotes.Left(db, talk, came);
                db.Remove(came);
                return id;
            }

            if (TalkMessages.Seen(db, seen).FirstOrDefault(o => o.Id == id) is not { } went) return NoMessage;
            if (went.RunId is { } run && db.Runs.Any(r => r.Id == run && r.FinishedAt == null))
                return new ConnectorProblem("in_use", "The run that wrote it is not over, so the message cannot be removed. Wait until it "
                    + "ends, or cancel it.");
            db.Outbox.Where(o => o.Id == id).ExecuteDelete();
            return id;
        }, cancellationToken);

    private static ConversationRow? Find(StudioDbContext db, Seen seen, Guid id) =>
        ConversationQueries.Visible(db, seen).Any(c => c.Id == id) ? db.Conversations.AsTracking().First(c => c.Id == id) : null;
}

/// <summary>What somebody says of a conversation; what is null stays.</summary>
public sealed record ConversationChange
{
    /// <summary>Whether it is open from now on.</summary>
    public bool? IsOpen { get; init; }

    /// <summary>Whether all of it is read.</summary>
    public bool IsRead { get; init; }

    /// <summary>The last message that was read; what came after it stays unread.</summary>
    public Guid? UpTo { get; init; }

    /// <summary>Whose it is.</summary>
    public Guid? ContactId { get; init; }

    /// <summary>Whether it is nobody's.</summary>
    public bool IsNobody { get; init; }
}
