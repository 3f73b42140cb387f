using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors.Payments;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>What the invoice pages show, the practice's and the client's.</summary>
public sealed class InvoiceQueries(
    IDbContextFactory<StudioDbContext> contexts, TimeProvider clock, StudioAddress address, IPaymentAccount? account = null)
{
    /// <summary>How far back paid invoices are added up.</summary>
    public const int PaidDays = 30;

    /// <summary>The invoices, newest first. Pages are cut by what came before, so the thousandth costs what the first does.</summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="status">Only this state; null for all.</param>
    /// <param name="before">Only invoices older than this one; null, or one that is unknown, begins with the newest.</param>
    /// <param name="size">1 to 200, kept within.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<PracticePage<InvoiceItem>> ListAsync(
        Tenant tenant, InvoiceStatus? status, Guid? before, int size, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = db.Invoices.AsNoTracking().Of(tenant);
        if (status is { } only) rows = rows.Where(i => i.Status == only);
        var older = rows;
        if (before is { } id && await db.Invoices.Of(tenant).Where(i => i.Id == id).Select(i => (int?)i.Sequence)
            .FirstOrDefaultAsync(cancellationToken) is { } sequence)
            older = rows.Where(i => i.Sequence < sequence);
        var joined =
            from i in older
            join c in db.Contacts on i.ContactId equals c.Id
            orderby i.Sequence descending
            select new { i, c };
        var found = await PracticePages.CutAsync(rows.OrderBy(i => i.Sequence), joined, r => r.i.Id, size, cancellationToken);
        return new PracticePage<InvoiceItem>(
            [.. found.Items.Select(r => new InvoiceItem(r.i.Id, InvoiceNumber.Text(r.i.Sequence), r.i.Status, r.i.Currency, r.i.TotalCents,
                r.i.IssuedOn, r.i.DueOn, r.i.PaidAt, r.c.ToContact().Name, address.Invoice(r.i.Token), r.i.RunId))],
            found.Total, found.AndMore, found.Next);
    }

    /// <summary>
    /// Counts and sums by state and currency of what is to be paid, and of what was paid in the last <see cref="PaidDays"/> days; states
    /// without an invoice are left out.
    /// </summary>
    public async Task<IReadOnlyList<InvoiceSum>> SumsAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var since = clock.GetUtcNow().AddDays(-PaidDays);
        var rows = db.Invoices.AsNoTracking().Of(tenant);
        return
        [
            .. await SumAsync(
                InvoiceStatus.Open, rows.Where(i => i.Status == InvoiceStatus.Open).OrderByDescending(i => i.Sequence), cancellationToken),
            .. await SumAsync(InvoiceStatus.Overdue, rows.Where(i => i.Status == InvoiceStatus.Overdue).OrderByDescending(i => i.Sequence),
                cancellationToken),
            .. await SumAsync(InvoiceStatus.Paid, rows.Where(i => i.PaidAt >= since).OrderByDescending(i => i.PaidAt), cancellationToken),
        ];
    }

    /// <summary>The invoice whose public page has this token, or null. The token alone gives access, so it asks for no tenant.</summary>
    public async Task<InvoiceView?> ByTokenAsync(string token, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await SheetAsync(
            db, await db.Invoices.AsNoTracking().FirstOrDefaultAsync(i => i.Token == token, cancellationToken), cancellationToken);
    }

    /// <summary>The invoice with this id, or null.</summary>
    public async Task<InvoiceView?> ByIdAsync(Tenant tenant, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await SheetAsync(
            db, await db.Invoices.AsNoTracking().Of(tenant).FirstOrDefaultAsync(i => i.Id == id, cancellationToken), cancellationToken);
    }

    private static async Task<IEnumerable<InvoiceSum>> SumAsync(
        InvoiceStatus status, IQueryable<InvoiceRow> newest, CancellationToken cancellationToken)
    {
        var sums = await newest.Take(PracticePages.MostCounted)
            .GroupBy(i => i.Currency)
            .OrderBy(g => g.Key)
            .Select(g => new { Currency = g.Key, Count = g.Count(), Cents = g.Sum(i => i.TotalCents) })
            .ToListAsync(cancellationToken);
        var isFull = sums.Sum(s => s.Count) == PracticePages.MostCounted;
        return sums.Select(s => new InvoiceSum(status, s.Currency, s.Count, s.Cents, isFull));
    }

    private async Task<InvoiceView?> SheetAsync(StudioDbContext db, InvoiceRow? row, CancellationToken cancellationToken)
    {
        if (row is null) return null;
        var contact = await db.Contacts.AsNoTracking().FirstAsync(c => c.Id == row.ContactId, cancellationToken);
        var workspace = await db.Workspaces.AsNoTracking().FirstAsync(w => w.Id == row.WorkspaceId, cancellationToken);
        var lines = await db.InvoiceLines.AsNoTracking().Where(l => l.InvoiceId == row.Id).OrderBy(l => l.Position)
            .Select(l => new InvoiceLine(l.What, l.Detail, l.Quantity, l.AmountCents)).ToListAsync(cancellationToken);
        var payments = await db.Payments.AsNoTracking().Where(p => p.InvoiceId == row.Id).OrderBy(p => p.CreatedAt)
            .Select(p => new InvoicePayment(p.Id, p.Method, p.AmountCents, p.Currency, p.Simulated, p.CreatedAt))
            .ToListAsync(cancellationToken);
        var tenant = new Tenant(row.WorkspaceId, row.Environment);
        var isConnected = row.BillId is not null || (account is not null && await account.IsConnectedAsync(tenant, cancellationToken));
        return new InvoiceView
        {
            Tenant = tenant,
            Id = row.Id,
            Number = InvoiceNumber.Text(row.Sequence),
            Status = row.Status,
            Currency = row.Currency,
            SubtotalCents = row.SubtotalCents,
            TaxCents = row.TaxCents,
            TotalCents = row.TotalCents,
            IssuedOn = row.IssuedOn,
            DueOn = row.DueOn,
            DueInDays = row.DueOn.DayNumber - clock.GetUtcNow().DayOn(TimeZones.FindOrUtc(workspace.TimeZone)).DayNumber,
            PaidAt = row.PaidAt,
            PaymentMethods = row.PaymentMethods.Split(','),
            Note = row.Note,
            Url = address.Invoice(row.Token),
            Contact = contact.ToContact(),
            Lines = lines,
            Payments = payments,
            Practice = new PracticeCard(workspace.Name, workspace.Address, workspace.Phone, workspace.TimeZone),
            BillUrl = row.BillUrl,
            AwaitsBill = row.AwaitsBill,
            SimulatesPayments = InvoiceRules.SimulatesPayments(row.Environment, workspace.CaptureUntilConnected && !isConnected),
            RunId = row.RunId,
        };
    }
}
