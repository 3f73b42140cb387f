using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>Finds out who wrote a message that came, and which run it answers.</summary>
internal static class MessageSenders
{
    private const int MostAlike = 20;

    /// <summary>The contact, and the run whose message it answers by saying so; null for each that is not known.</summary>
    public static (Guid? Contact, Guid? Run) Of(StudioDbContext db, Tenant tenant, IncomingMessage message)
    {
        var contacts = db.Contacts.Of(tenant);
        if (message.ContactId is { } id) return (id, null);
        if (message.From is not { } from) return default;
        if (message.Channel == MessageChannel.Sms)
        {
            var phone = PhoneNumber.Normalize(from);
            var known = ByAddress(db, tenant, phone is null ? contacts.Where(c => c.Email == from) : contacts.Where(c => c.Phone == phone));
            return (known ?? (phone is null ? null : db.FormerOwnerOf(tenant, null, phone) ?? WroteTo(db, tenant, phone)), null);
        }

        var address = MailAddresses.Bare(from) ?? from;
        var there = contacts.Where(c => c.Email == address);
        if (Answered(db, tenant, message, address) is not { } run)
            return (ByAddress(db, tenant, there) ?? db.FormerOwnerOf(tenant, address, null), null);
        var who = run.ContactId is { } told && contacts.Any(c => c.Id == told) ? told
            : WaitedFor(db, tenant, run.Id).ConvertAll(db.NowOf) is { Count: > 0 } awaited
                ? there.Where(c => awaited.Contains(c.Id)).Select(c => (Guid?)c.Id).FirstOrDefault() ?? awaited[0]
            : ByAddress(db, tenant, there) ?? db.FormerOwnerOf(tenant, address, null);
        return (who, run.Id);
    }

    /// <summary>The steps of the tenant that wait.</summary>
    public static IQueryable<RunWaitRow> Waits(StudioDbContext db, Tenant tenant) =>
        db.RunWaits.Where(w => w.WorkspaceId == tenant.WorkspaceId && w.Environment == tenant.Environment);

    // who forges the id of a message has to be whom it was written to; a run that is over takes no answers
    private static RunRow? Answered(StudioDbContext db, Tenant tenant, IncomingMessage message, string address)
    {
        foreach (var id in message.Answers)
        {
            if (db.Outbox.Of(tenant).FirstOrDefault(o => o.Id == id && o.Channel == MessageChannel.Email) is not { RunId: { } run } row
                || !row.WentTo(address)) continue;
            return db.Runs.FirstOrDefault(r =>
                r.Id == run && r.WorkspaceId == tenant.WorkspaceId && r.Environment == tenant.Environment && r.FinishedAt == null);
        }

        return null;
    }

    // of those who share a number or an address the one whom a run waits for, else the one who was there first
    private static Guid? ByAddress(StudioDbContext db, Tenant tenant, IQueryable<ContactRow> known)
    {
        var ids = known.OrderBy(c => c.CreatedAt).Select(c => c.Id).Take(MostAlike).ToList();
        if (ids.Count > 1) return ids.Find(id => IsAwaited(db, tenant, id)) is var one && one != Guid.Empty ? one : ids[0];
        return ids.Count > 0 ? ids[0] : null;
    }

    /// <summary>Whether a step waits for an answer of a contact, by whatever id it knows them.</summary>
    public static bool IsAwaited(StudioDbContext db, Tenant tenant, Guid contactId)
    {
        var signals = db.AllOf(contactId).ConvertAll(ReceivedMessage.Signal);
        return Waits(db, tenant).Any(w => signals.Contains(w.Signal!));
    }

    // a run may have written to a number that it was told, and that stands at no contact
    private static Guid? WroteTo(StudioDbContext db, Tenant tenant, string phone)
    {
        var run = db.Outbox.Of(tenant).Where(o => o.Channel == MessageChannel.Sms && o.To == phone && o.RunId != null)
            .OrderByDescending(o => o.CreatedAt).Select(o => o.RunId).FirstOrDefault();
        return run is { } id && WaitedFor(db, tenant, id) is [var first, ..] ? first : null;
    }

    private static List<Guid> WaitedFor(StudioDbContext db, Tenant tenant, Guid run) =>
        [.. Waits(db, tenant).Where(w => w.RunId == run && w.Signal != null).Select(w => w.Signal!).ToList()
            .Select(ReceivedMessage.ContactOf).OfType<Guid>()];
}
