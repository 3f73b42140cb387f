using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Messages.Conversations;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Workflows;

namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>What contacts have written.</summary>
public interface IReplies
{
    /// <summary>
    /// The first message of a contact after a moment that no other effect has taken, which is taken with it; null when there is none. The
    /// same effect is answered the same again.
    /// </summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="contactId">Whose.</param>
    /// <param name="after">Only messages that came after it.</param>
    /// <param name="source">The run, and the key of the question that it answers.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<ReceivedMessage?> TakeAsync(
        Tenant tenant, Guid contactId, DateTimeOffset after, EffectSource source, CancellationToken cancellationToken);
}

/// <summary>
/// The messages that come in. One of a known contact wakes the run that waits for it; where several do, the one that was started last
/// takes it. A message is the answer to one question, once.
/// </summary>
public sealed class ReceivedMessages(
    IStudioWriter writer, IdFactory ids, TimeProvider clock, PlatformEvents events) : IReplies
{
    /// <summary>The longest message in characters.</summary>
    public const int MaxBody = 20_000;

    private const string Wish = "wish";

    /// <summary>
    /// Keeps a message, wakes the run that waits for it and raises <see cref="KnownEvents.MessageReceived"/> and
    /// <see cref="KnownEvents.ChatMessage"/>, all in one transaction. The same message of a gateway, by its id, is kept once.
    /// Problems: <c>message_empty</c>, <c>message_too_long</c>, <c>contact_unknown</c>.
    /// </summary>
    public async Task<Answer<ReceivedMessage>> ReceiveAsync(
        Tenant tenant, IncomingMessage message, Func<ReceivedMessage, KeptAnswer?>? answer, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(message.Body)) return new ConnectorProblem("message_empty", "The message has no text.");
        if (message.Body.Length > MaxBody)
            return new ConnectorProblem("message_too_long", $"A message has at most {MaxBody} characters.");
        var (id, now) = (ids.New(), clock.GetUtcNow());
        return await writer.WriteAsync<Answer<ReceivedMessage>>(
            tenant.WorkspaceId,
            write =>
            {
                var key = message.GatewayId is { Length: > 0 } given ? $"in:{message.Channel}:{given}" : null;
                if (key is not null && write.Db.ReceivedMessages.MadeBy(tenant, key) is { } known)
                {
                    write.Record(answer?.Invoke(Read(known)));
                    return Read(known);
                }

                var (who, answered) = MessageSenders.Of(write.Db, tenant, message);
                var contact = Contact(write.Db, tenant, who);
                if (contact is null && message.ContactId is not null)
                    return new ConnectorProblem("contact_unknown", "There is no contact with this id.");
                var from = string.IsNullOrWhiteSpace(message.From) ? Reach(contact, message.Channel) : message.From;
                var talk = ConversationNotes.Of(
                    write.Db, tenant, ids, message.Channel, from.Length > 0 ? from : $"contact {contact?.Id:N}", now, out var isNew);
                // of an address that stands at nobody somebody may have said whose it is
                contact ??= Contact(write.Db, tenant, talk.ContactId);
                var row = new ReceivedMessageRow
                {
                    Id = id, WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, EffectKey = key, CreatedAt = now,
                    Channel = message.Channel, To = message.To ?? "", Subject = message.Subject, Body = message.Body,
                    ContactId = contact?.Id, From = from,
                };
                write.Db.ReceivedMessages.Add(row);
                // whoever asks for no more messages has not answered a question
                if (MessageWishes.Takes(write, tenant, row, ids)) row.TakenBy = Wish;
                else if (contact is not null) Wake(write, tenant, contact.Id, answered, row);
                ConversationNotes.Came(talk, row);
                if (isNew) events.Raise(write, tenant, ConversationEvents.Created(talk));
                var raised = Data(row, contact);
                events.Raise(write, tenant, new PlatformEvent(KnownEvents.MessageReceived, () => raised));
                events.Raise(write, tenant, new PlatformEvent(KnownEvents.ChatMessage, () => raised));
                write.Record(answer?.Invoke(Read(row)));
                return Read(row);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ReceivedMessage?> TakeAsync(
        Tenant tenant, Guid contactId, DateTimeOffset after, EffectSource source, CancellationToken cancellationToken) => writer.WriteAsync(
        tenant.WorkspaceId,
        write =>
        {
            var now = write.Db.NowOf(contactId);
            var all = write.Db.ReceivedMessages.Of(tenant).Where(m => m.ContactId == now && m.CreatedAt > after);
            var row = all.FirstOrDefault(m => m.TakenBy == source.Key)
                ?? all.Where(m => m.TakenBy == null && (m.RunId == null || m.RunId == source.RunId))
                    .OrderBy(m => m.CreatedAt).ThenBy(m => m.Id).FirstOrDefault();
            if (row is null) return null;
            if (row.TakenBy is null) ConversationNotes.Taken(write.Db, row);
            row.TakenBy = source.Key;
            return Read(row);
        },
        cancellationToken);

    private static ContactRow? Contact(StudioDbContext db, Tenant tenant, Guid? id) =>
        id is { } asked && db.NowOf(asked) is var now ? db.Contacts.Of(tenant).FirstOrDefault(c => c.Id == now) : null;

    // whoever waits for the contact is woken, or finds the signal when it comes to wait; the one whom it is for takes it
    private static void Wake(StudioWrite write, Tenant tenant, Guid contactId, Guid? answered, ReceivedMessageRow row)
    {
        // a run may know the contact by an id that went into this one
        var signals = write.Db.AllOf(contactId).ConvertAll(ReceivedMessage.Signal);
        var waiting = MessageSenders.Waits(write.Db, tenant).Where(w => signals.Contains(w.Signal!)).Select(w => w.RunId).ToList();
        row.RunId = answered ?? (waiting.Count > 0 ? waiting.Max() : null);
        foreach (var signal in signals) write.Signal(tenant, signal, JsonSerializer.SerializeToElement(new { message_id = row.Id }));
    }

    private static JsonElement Data(ReceivedMessageRow row, ContactRow? contact) => JsonSerializer.SerializeToElement(new
    {
        message_id = row.Id, channel = row.Channel.ToString().ToLowerInvariant(), from = row.From, to = row.To, subject = row.Subject,
        message = row.Body,
        contact_id = contact?.Id, first_name = contact?.FirstName, last_name = contact?.LastName, email = contact?.Email,
        phone = contact?.Phone,
    });

    private static string Reach(ContactRow? contact, MessageChannel channel) =>
        (channel == MessageChannel.Sms ? contact?.Phone : contact?.Email) ?? "";

    private static ReceivedMessage Read(ReceivedMessageRow m) => new(m.Id, m.Channel, m.From, m.To, m.Body, m.ContactId, m.CreatedAt)
    { ConversationId = m.ConversationId, Subject = m.Subject };
}

/// <summary>A message that comes in.</summary>
/// <param name="Channel">How it came.</param>
/// <param name="From">The number or address that it came from; null where the contact is named.</param>
/// <param name="To">The number or address that it went to; null when that is not known.</param>
/// <param name="Body">Its text.</param>
/// <param name="ContactId">Who wrote it; null to look for them by <paramref name="From"/>.</param>
/// <param name="GatewayId">What the gateway calls it; null when it says nothing.</param>
public sealed record IncomingMessage(
    MessageChannel Channel, string? From, string? To, string Body, Guid? ContactId = null, string? GatewayId = null)
{
    /// <summary>The subject of an e-mail; null for none.</summary>
    public string? Subject { get; init; }

    /// <summary>
    /// The messages of the outbox that it says it answers, the nearest first. Believed only where it comes from whom they were written to.
    /// </summary>
    public IReadOnlyList<Guid> Answers { get; init; } = [];
}

/// <summary>A message that came.</summary>
public sealed record ReceivedMessage(
    Guid Id, MessageChannel Channel, string From, string To, string Body, Guid? ContactId, DateTimeOffset At)
{
    private const string Reply = "reply:";

    /// <summary>What was written to and came from the same number or address.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>Of an e-mail; null for none.</summary>
    public string? Subject { get; init; }

    /// <summary>The signal that says that a contact has written.</summary>
    public static string Signal(Guid contactId) => $"{Reply}{contactId:N}";

    /// <summary>Of whom a signal says so; null for any other signal.</summary>
    internal static Guid? ContactOf(string signal) =>
        signal.StartsWith(Reply, StringComparison.Ordinal) && Guid.TryParse(signal.AsSpan(Reply.Length), out var id) ? id : null;
}
