using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Contacts;
using WorkflowStudio.Engine.Connectors.Invoices;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Practice;

/// <summary>What the invoice pages show, the practice's and the client's.</summary>
public sealed class InvoiceQueries(IDbContextFactory<StudioDbContext> contexts, TimeProvider clock, StudioAddress address)
{
    /// <summary>The invoices, newest first.</summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="status">Only this state; null for all.</param>
    /// <param name="page">From 1; lower means 1.</param>
    /// <param name="size">1 to 200, kept within.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<PracticePage<InvoiceItem>> ListAsync(Tenant tenant, InvoiceStatus? status, int page, int size, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = db.Invoices.AsNoTracking().Of(tenant);
        if (status is { } only) rows = rows.Where(i => i.Status == only);
        var joined =
            from i in rows
            join c in db.Contacts on i.ContactId equals c.Id
            orderby i.Sequence descending
            select new { i, c };
        var found = await PracticeQueries.PageAsync(rows, joined, page, size, cancellationToken);
        return new PracticePage<InvoiceItem>(
            [.. found.Items.Select(r => new InvoiceItem(r.i.Id, InvoiceLedger.NumberOf(r.i.Sequence), r.i.Status, r.i.Currency, r.i.TotalCents,
                r.i.IssuedOn, r.i.DueOn, r.i.PaidAt, Read(r.c).Name, address.Invoice(r.i.Token), r.i.RunId))],
            found.Total, found.Number, found.Size);
    }

    /// <summary>Counts and sums by state and currency; states without an invoice are left out.</summary>
    public async Task<IReadOnlyList<InvoiceSum>> SumsAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Invoices.AsNoTracking().Of(tenant)
            .GroupBy(i => new { i.Status, i.Currency })
            .OrderBy(g => g.Key.Status).ThenBy(g => g.Key.Currency)
            .Select(g => new InvoiceSum(g.Key.Status, g.Key.Currency, g.Count(), g.Sum(i => i.TotalCents)))
            .ToListAsync(cancellationToken);
    }

    /// <summary>The invoice whose public page has this token, or null. The token alone gives access, so it asks for no tenant.</summary>
    public async Task<InvoiceView?> ByTokenAsync(string token, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await SheetAsync(db, await db.Invoices.AsNoTracking().FirstOrDefaultAsync(i => i.Token == token, cancellationToken), cancellationToken);
    }

    /// <summary>The invoice with this id, or null.</summary>
    public async Task<InvoiceView?> ByIdAsync(Tenant tenant, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await SheetAsync(db, await db.Invoices.AsNoTracking().Of(tenant).FirstOrDefaultAsync(i => i.Id == id, cancellationToken), cancellationToken);
    }

    private async Task<InvoiceView?> SheetAsync(StudioDbContext db, InvoiceRow? row, CancellationToken cancellationToken)
    {
        if (row is null) return null;
        var contact = await db.Contacts.AsNoTracking().FirstAsync(c => c.Id == row.ContactId, cancellationToken);
        var workspace = await db.Workspaces.AsNoTracking().FirstAsync(w => w.Id == row.WorkspaceId, cancellationToken);
        var lines = await db.InvoiceLines.AsNoTracking().Where(l => l.InvoiceId == row.Id).OrderBy(l => l.Position)
            .Select(l => new InvoiceLine(l.What, l.Detail, l.Quantity, l.AmountCents)).ToListAsync(cancellationToken);
        var payments = await db.Payments.AsNoTracking().Where(p => p.InvoiceId == row.Id).OrderBy(p => p.CreatedAt)
            .Select(p => new InvoicePayment(p.Id, p.Method, p.AmountCents, p.Currency, p.Simulated, p.CreatedAt)).ToListAsync(cancellationToken);
        return new InvoiceView
        {
            Tenant = new Tenant(row.WorkspaceId, row.Environment),
            Id = row.Id,
            Number = InvoiceLedger.NumberOf(row.Sequence),
            Status = row.Status,
            Currency = row.Currency,
            SubtotalCents = row.SubtotalCents,
            TaxCents = row.TaxCents,
            TotalCents = row.TotalCents,
            IssuedOn = row.IssuedOn,
            DueOn = row.DueOn,
            DueInDays = row.DueOn.DayNumber - clock.GetUtcNow().DayOn(PracticeClock.Zone(workspace.TimeZone)).DayNumber,
            PaidAt = row.PaidAt,
            PaymentMethods = row.PaymentMethods.Split(','),
            Note = row.Note,
            Url = address.Invoice(row.Token),
            Contact = Read(contact),
            Lines = lines,
            Payments = payments,
            Practice = new PracticeCard(workspace.Name, workspace.Address, workspace.Phone, workspace.TimeZone),
            SimulatesPayments = EffectPolicy.SimulatesPayments(row.Environment, workspace.CaptureUntilConnected),
            RunId = row.RunId,
        };
    }

    private static Contact Read(ContactRow row) => new(row.Id, row.FirstName, row.LastName, row.Email, row.Phone);
}
