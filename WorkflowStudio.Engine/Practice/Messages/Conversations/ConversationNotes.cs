using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Messages.Conversations;

/// <summary>Keeps conversations as messages come and go, in the transaction in which the message is written.</summary>
internal static class ConversationNotes
{
    private const int LongestAddress = 320;

    /// <summary>A number or address as conversations know it.</summary>
    public static string AddressOf(MessageChannel channel, string given)
    {
        var clean = channel == MessageChannel.Sms
            ? PhoneNumber.Normalize(given) ?? given.Trim()
            : First(given) ?? given.Trim().ToLowerInvariant();
        return ShownText.Fit(clean, LongestAddress);
    }

    /// <summary>The conversation with a number or address, begun where there is none: then <paramref name="isNew"/>.</summary>
    public static ConversationRow Of(
        StudioDbContext db, Tenant tenant, IdFactory ids, MessageChannel channel, string given, DateTimeOffset at, out bool isNew)
    {
        var address = AddressOf(channel, given);
        var row = db.Conversations.Of(tenant).FirstOrDefault(c => c.Channel == channel && c.Address == address);
        isNew = row is null;
        if (row is not null) return row;
        row = new ConversationRow
        {
            Id = ids.New(), WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, CreatedAt = at, LastAt = at,
            Channel = channel, Address = address, ContactId = WhoHas(db, tenant, channel, address),
        };
        db.Conversations.Add(row);
        return row;
    }

    /// <summary>Notes a message that came.</summary>
    public static void Came(ConversationRow talk, ReceivedMessageRow message)
    {
        message.ConversationId = talk.Id;
        (talk.LastAt, talk.LastReceivedId, talk.IsClosed) = (message.CreatedAt, message.Id, false);
        talk.ContactId = message.ContactId ?? talk.ContactId;
        if (message.TakenBy is null) talk.Unread++;
    }

    /// <summary>Notes that a run has taken a message as its answer: nobody has to read it any more.</summary>
    public static void Taken(StudioDbContext db, ReceivedMessageRow message)
    {
        if (message.ConversationId is not { } id || db.Conversations.FirstOrDefault(c => c.Id == id) is not { Unread: > 0 } talk) return;
        talk.Unread = Left(db, talk, message.Id);
    }

    /// <summary>Notes that a message is removed.</summary>
    public static void Left(StudioDbContext db, ConversationRow talk, ReceivedMessageRow message)
    {
        talk.Unread = Left(db, talk, message.Id);
        if (talk.LastReceivedId == message.Id)
            talk.LastReceivedId = db.ReceivedMessages.Where(m => m.ConversationId == talk.Id && m.Id < message.Id)
                .OrderByDescending(m => m.Id).Select(m => (Guid?)m.Id).FirstOrDefault();
    }

    /// <summary>Notes that somebody has read all up to a message.</summary>
    public static void Read(StudioDbContext db, ConversationRow talk, Guid upTo)
    {
        if (talk.ReadUpTo is { } before && before >= upTo) return;
        talk.ReadUpTo = upTo;
        talk.Unread = Left(db, talk, upTo);
    }

    /// <summary>Notes a message that goes out.</summary>
    public static void Goes(StudioDbContext db, Tenant tenant, IdFactory ids, OutboxRow message)
    {
        var talk = Of(db, tenant, ids, message.Channel, message.To, message.CreatedAt, out _);
        message.ConversationId = talk.Id;
        (talk.LastAt, talk.LastSentId) = (message.CreatedAt, message.Id);
    }

    private static int Left(StudioDbContext db, ConversationRow talk, Guid without)
    {
        var unread = db.ReceivedMessages.Where(m => m.ConversationId == talk.Id && m.TakenBy == null && m.Id != without);
        return talk.ReadUpTo is { } read ? unread.Count(m => m.Id > read) : unread.Count();
    }

    private static Guid? WhoHas(StudioDbContext db, Tenant tenant, MessageChannel channel, string address)
    {
        var contacts = db.Contacts.Of(tenant);
        var known = channel == MessageChannel.Sms ? contacts.Where(c => c.Phone == address) : contacts.Where(c => c.Email == address);
        return known.OrderBy(c => c.CreatedAt).Select(c => (Guid?)c.Id).FirstOrDefault()
            ?? db.FormerOwnerOf(tenant, channel == MessageChannel.Sms ? null : address, channel == MessageChannel.Sms ? address : null);
    }

    private static string? First(string given) =>
        MailAddresses.TryRead(given, out var several, out _) && several is [var first, ..] ? MailAddresses.Bare(first) : null;
}
