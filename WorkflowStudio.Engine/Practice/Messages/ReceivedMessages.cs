using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Workflows;

namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>What contacts have written.</summary>
public interface IReplies
{
    /// <summary>The first message of a contact after a moment, or null.</summary>
    Task<ReceivedMessage?> AfterAsync(Tenant tenant, Guid contactId, DateTimeOffset after, CancellationToken cancellationToken);
}

/// <summary>
/// The messages that come in. One of a known contact wakes the run that waits for it; where several do, the one that was started last.
/// </summary>
public sealed class ReceivedMessages(
    IStudioWriter writer, IDbContextFactory<StudioDbContext> contexts, IdFactory ids, TimeProvider clock, PlatformEvents events) : IReplies
{
    /// <summary>The longest message in characters.</summary>
    public const int MaxBody = 20_000;

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

                var contact = Who(write.Db, tenant, message);
                if (contact is null && message.ContactId is not null)
                    return new ConnectorProblem("contact_unknown", "There is no contact with this id.");
                var row = new ReceivedMessageRow
                {
                    Id = id, WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, EffectKey = key, CreatedAt = now,
                    Channel = message.Channel, From = message.From ?? Reach(contact, message.Channel), To = message.To ?? "",
                    Body = message.Body, ContactId = contact?.Id,
                };
                write.Db.ReceivedMessages.Add(row);
                if (contact is not null) Wake(write, tenant, contact.Id, row);
                var raised = Data(row, contact);
                events.Raise(write, tenant, new PlatformEvent(KnownEvents.MessageReceived, () => raised));
                events.Raise(write, tenant, new PlatformEvent(KnownEvents.ChatMessage, () => raised));
                write.Record(answer?.Invoke(Read(row)));
                return Read(row);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ReceivedMessage?> AfterAsync(
        Tenant tenant, Guid contactId, DateTimeOffset after, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ReceivedMessages.AsNoTracking().Of(tenant).Where(m => m.ContactId == contactId && m.CreatedAt > after)
            .OrderBy(m => m.Id).FirstOrDefaultAsync(cancellationToken) is { } row ? Read(row) : null;
    }

    /// <summary>One page of the messages, newest first, and how many there are.</summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="contactId">Only those of one contact; null for all.</param>
    /// <param name="skip">How many are left out at the beginning.</param>
    /// <param name="take">How many are wanted.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<(IReadOnlyList<ReceivedMessage> Items, int Total)> PageAsync(
        Tenant tenant, Guid? contactId, int skip, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = db.ReceivedMessages.AsNoTracking().Of(tenant);
        if (contactId is { } contact) rows = rows.Where(m => m.ContactId == contact);
        var total = await rows.CountAsync(cancellationToken);
        var items = await rows.OrderByDescending(m => m.Id).Skip(skip).Take(take).ToListAsync(cancellationToken);
        return ([.. items.Select(Read)], total);
    }

    private static ContactRow? Who(StudioDbContext db, Tenant tenant, IncomingMessage message)
    {
        var contacts = db.Contacts.Of(tenant);
        if (message.ContactId is { } id) return contacts.FirstOrDefault(c => c.Id == id);
        if (message.From is not { } from) return null;
        // of those who share a number or an address the one who was there first, as wherever contacts are looked for
        if (message.Channel == MessageChannel.Sms)
            return PhoneNumber.Normalize(from) is { } phone
                ? contacts.Where(c => c.Phone == phone).OrderBy(c => c.CreatedAt).FirstOrDefault()
                : null;
        var email = from.Trim().ToLowerInvariant();
        return contacts.Where(c => c.Email == email).OrderBy(c => c.CreatedAt).FirstOrDefault();
    }

    private static void Wake(StudioWrite write, Tenant tenant, Guid contactId, ReceivedMessageRow row)
    {
        var (from, to) = ReceivedMessage.Signals(contactId);
        var waits = write.Db.RunWaits
            .Where(w => w.WorkspaceId == tenant.WorkspaceId && w.Environment == tenant.Environment
                && w.Signal != null && w.Signal.CompareTo(from) >= 0 && w.Signal.CompareTo(to) < 0)
            .Select(w => w.RunId).ToList();
        // a run that is at work may be about to wait: it finds what was sent while it did not yet
        var run = waits.Count > 0 ? waits.Max()
            : write.Db.Runs.Where(r => r.WorkspaceId == tenant.WorkspaceId && r.Environment == tenant.Environment
                && r.ContactId == contactId && r.FinishedAt == null).OrderByDescending(r => r.Id).Select(r => (Guid?)r.Id).FirstOrDefault();
        if (run is { } id)
            write.Signal(tenant, ReceivedMessage.Signal(contactId, id), JsonSerializer.SerializeToElement(Read(row), NodeJson.Options));
    }

    private static JsonElement Data(ReceivedMessageRow row, ContactRow? contact) => JsonSerializer.SerializeToElement(new
    {
        message_id = row.Id, channel = row.Channel.ToString().ToLowerInvariant(), from = row.From, to = row.To, message = row.Body,
        contact_id = contact?.Id, first_name = contact?.FirstName, last_name = contact?.LastName, email = contact?.Email,
        phone = contact?.Phone,
    });

    private static string Reach(ContactRow? contact, MessageChannel channel) =>
        (channel == MessageChannel.Sms ? contact?.Phone : contact?.Email) ?? "";

    private static ReceivedMessage Read(ReceivedMessageRow m) => new(m.Id, m.Channel, m.From, m.To, m.Body, m.ContactId, m.CreatedAt);
}

/// <summary>A message that comes in.</summary>
/// <param name="Channel">How it came.</param>
/// <param name="From">The number or address that it came from; null where the contact is named.</param>
/// <param name="To">The number or address that it went to; null when that is not known.</param>
/// <param name="Body">Its text.</param>
/// <param name="ContactId">Who wrote it; null to look for them by <paramref name="From"/>.</param>
/// <param name="GatewayId">What the gateway calls it; null when it says nothing.</param>
public sealed record IncomingMessage(
    MessageChannel Channel, string? From, string? To, string Body, Guid? ContactId = null, string? GatewayId = null);

/// <summary>A message that came.</summary>
public sealed record ReceivedMessage(
    Guid Id, MessageChannel Channel, string From, string To, string Body, Guid? ContactId, DateTimeOffset At)
{
    /// <summary>The signal that wakes a run which waits for an answer of a contact.</summary>
    public static string Signal(Guid contactId, Guid runId) => $"reply:{contactId:N}:{runId:N}";

    /// <summary>The first name of the signals of a contact, and the first one after them.</summary>
    internal static (string From, string To) Signals(Guid contactId) => ($"reply:{contactId:N}:", $"reply:{contactId:N};");
}
