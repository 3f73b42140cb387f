using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;

namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>What a contact has written, and what was written to the contact's number and address.</summary>
internal sealed class MessageStory(IDbContextFactory<StudioDbContext> contexts) : IContactStory
{
    private const int LongestLine = 120;

    public async Task<IReadOnlyList<StoryLine>> OfAsync(Seen seen, Contact contact, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var came = await db.ReceivedMessages.AsNoTracking().Of(seen.Tenant).Where(m => m.ContactId == contact.Id)
            .OrderByDescending(m => m.CreatedAt).Take(take).Select(m => new { m.CreatedAt, m.Channel, m.Body, m.RunId })
            .ToListAsync(cancellationToken);
        string[] reached = [contact.Phone ?? "", contact.Email ?? ""];
        var sent = db.Outbox.AsNoTracking().Of(seen.Tenant).Where(o => reached.Contains(o.To) && o.Channel != MessageChannel.Http);
        if (!seen.Sight.SeesAll)
        {
            var workflows = db.SeenWorkflows(seen.Sight);
            sent = sent.Where(o => o.WorkflowId == null || workflows.Any(w => w.Id == o.WorkflowId));
        }

        var went = await sent.OrderByDescending(o => o.CreatedAt).Take(take)
            .Select(o => new { o.CreatedAt, o.Channel, o.Subject, o.Body, o.Status, o.RunId }).ToListAsync(cancellationToken);
        return
        [
            .. came.Select(m => new StoryLine(m.CreatedAt, Icon(m.Channel), $"Wrote: {Short(m.Body)}") { RunId = m.RunId }),
            .. went.Select(o => new StoryLine(
                o.CreatedAt, Icon(o.Channel), $"{Words(o.Status)}: {Short(o.Subject ?? o.Body)}") { RunId = o.RunId }),
        ];
    }

    private static string Short(string said) => ShownText.Cut(ShownText.OneLine(said), LongestLine);

    private static string Icon(MessageChannel channel) => channel == MessageChannel.Sms ? "sms" : "mail";

    private static string Words(MessageStatus status) => status switch
    {
        MessageStatus.Captured => "Captured, not sent",
        MessageStatus.Delivered => "Delivered",
        MessageStatus.Failed or MessageStatus.Undelivered => "Not delivered",
        MessageStatus.Unknown => "Perhaps sent",
        _ => "Sent",
    };
}
