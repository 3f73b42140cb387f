using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>The invoices of a contact.</summary>
internal sealed class InvoiceStory(IDbContextFactory<StudioDbContext> contexts) : IContactStory
{
    public async Task<IReadOnlyList<StoryLine>> OfAsync(Seen seen, Contact contact, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Invoices.AsNoTracking().Of(seen.Tenant).Where(i => i.ContactId == contact.Id)
            .OrderByDescending(i => i.IssuedAt).Take(take)
            .Select(i => new { i.IssuedAt, i.Sequence, i.TotalCents, i.Currency, i.Status, i.RunId }).ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(i => new StoryLine(i.IssuedAt, "receipt_long",
                $"Invoice {InvoiceNumber.Text(i.Sequence)}, {Money.Text(i.TotalCents, i.Currency)}, {Words(i.Status)}")
            { RunId = i.RunId }),
        ];
    }

    private static string Words(InvoiceStatus status) => status switch
    {
        InvoiceStatus.Paid => "paid",
        InvoiceStatus.Void => "taken back",
        InvoiceStatus.Overdue => "overdue",
        _ => "to be paid",
    };
}
