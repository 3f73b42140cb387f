using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors.Payments;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Queries;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>What the invoice pages show, the practice's and the client's.</summary>
public sealed class InvoiceQueries(
    IDbContextFactory<StudioDbContext> contexts, TimeProvider clock, StudioAddress address, IPaymentAccount? account = null)
{
    /// <summary>How far back paid invoices are added up.</summary>
    public const int PaidDays = 30;

    private const int Slice = 500;

    /// <summary>The invoices, newest first. Pages are cut by what came before, so the thousandth costs what the first does.</summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="filter">Which.</param>
    /// <param name="before">Only invoices older than this one; null, or one that is unknown, begins with the newest.</param>
    /// <param name="size">1 to 200, kept within.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<PracticePage<InvoiceItem>> ListAsync(
        Tenant tenant, InvoiceFilter filter, Guid? before, int size, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = Found(db, tenant, filter);
        var older = rows;
        if (before is { } id && await db.Invoices.Of(tenant).Where(i => i.Id == id).Select(i => (int?)i.Sequence)
            .FirstOrDefaultAsync(cancellationToken) is { } sequence)
            older = rows.Where(i => i.Sequence < sequence);
        var joined = WithContacts(db, older).OrderByDescending(r => r.Invoice.Sequence);
        var found = await PracticePages.CutAsync(rows.OrderBy(i => i.Sequence), joined, r => r.Invoice.Id, size, cancellationToken);
        return new PracticePage<InvoiceItem>([.. found.Items.Select(Item)], found.Total, found.AndMore, found.Next);
    }

    /// <summary>A page of the same by its place, and how many there are in all.</summary>
    public async Task<(IReadOnlyList<InvoiceItem> Items, int Total)> PageAsync(
        Tenant tenant, InvoiceFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = Found(db, tenant, filter);
        var total = await found.CountAsync(cancellationToken);
        var rows = await WithContacts(db, found.OrderByDescending(i => i.Sequence).Skip(skip).Take(take))
            .OrderByDescending(r => r.Invoice.Sequence).ToListAsync(cancellationToken);
        return ([.. rows.Select(Item)], total);
    }

    /// <summary>All of them, the first made first, read some hundred at a time.</summary>
    public async IAsyncEnumerable<InvoiceItem> AllAsync(
        Tenant tenant, InvoiceFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = 0;
        while (true)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var (after, found) = (last, Found(db, tenant, filter));
            var rows = await WithContacts(db, found.Where(i => i.Sequence > after).OrderBy(i => i.Sequence).Take(Slice))
                .OrderBy(r => r.Invoice.Sequence).ToListAsync(cancellationToken);
            foreach (var row in rows) yield return Item(row);
            if (rows.Count < Slice) yield break;
            last = rows[^1].Invoice.Sequence;
        }
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

    private static IQueryable<InvoiceRow> Found(StudioDbContext db, Tenant tenant, InvoiceFilter filter)
    {
        var rows = db.Invoices.AsNoTracking().Of(tenant);
        if (filter.Status is { } status) rows = rows.Where(i => i.Status == status);
        if (filter.ContactId is { } contact) rows = rows.Where(i => i.ContactId == contact);
        if (filter.IssuedFrom is { } from) rows = rows.Where(i => i.IssuedOn >= from);
        if (filter.IssuedTo is { } to) rows = rows.Where(i => i.IssuedOn <= to);
        if (filter.DueFrom is { } dueFrom) rows = rows.Where(i => i.DueOn >= dueFrom);
        if (filter.DueTo is { } dueTo) rows = rows.Where(i => i.DueOn <= dueTo);
        if (filter.Search?.Trim() is not { Length: > 0 } search) return rows;
        if (InvoiceNumber.Read(search) is { } number) return rows.Where(i => i.Sequence == number);
        var who = db.Contacts.Of(tenant).Holding(LikeText.Holding(ShownText.Begin(search, RecordQuery.LongestSearch))).Select(c => c.Id);
        return rows.Where(i => who.Contains(i.ContactId));
    }

    private static IQueryable<InvoiceWithContact> WithContacts(StudioDbContext db, IQueryable<InvoiceRow> rows) =>
        from i in rows
        join c in db.Contacts on i.ContactId equals c.Id
        select new InvoiceWithContact { Invoice = i, Contact = c };

    private InvoiceItem Item(InvoiceWithContact row)
    {
        var i = row.Invoice;
        return new InvoiceItem(i.Id, InvoiceNumber.Text(i.Sequence), i.Status, i.Currency, i.TotalCents, i.IssuedOn, i.DueOn, i.PaidAt,
            row.Contact.ToContact().Name, i.BillUrl ?? address.Invoice(i.Token), i.RunId)
        {
            ContactId = i.ContactId, BalanceCents = i.BalanceCents, PaidCents = i.PaidCents, CreditedCents = i.CreditedCents,
            SubtotalCents = i.SubtotalCents, TaxCents = i.TaxCents, CreatedAt = i.CreatedAt,
        };
    }

    private static async Task<IEnumerable<InvoiceSum>> SumAsync(
        InvoiceStatus status, IQueryable<InvoiceRow> newest, CancellationToken cancellationToken)
    {
        var sums = await newest.Take(PracticePages.MostCounted)
            .GroupBy(i => i.Currency)
            .OrderBy(g => g.Key)
            .Select(g => new
            {
                Currency = g.Key, Count = g.Count(),
                Cents = status == InvoiceStatus.Paid ? g.Sum(i => i.TotalCents - i.CreditedCents)
                    : g.Sum(i => i.TotalCents - i.PaidCents - i.CreditedCents),
            })
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
            .Select(l => l.ToLine()).ToListAsync(cancellationToken);
        var payments = await db.Payments.AsNoTracking().Where(p => p.InvoiceId == row.Id).OrderBy(p => p.PaidAt)
            .Select(p => new InvoicePayment(p.Id, p.Method, p.AmountCents, p.Currency, p.Simulated, p.PaidAt)
            { ByHand = p.ByHand, Note = p.Note })
            .ToListAsync(cancellationToken);
        var credits = await db.CreditNotes.AsNoTracking().Where(c => c.InvoiceId == row.Id).OrderBy(c => c.Sequence)
            .Select(c => new InvoiceCredit(c.Id, InvoiceNumber.Credit(c.Sequence), c.IssuedOn, c.AmountCents, c.TaxCents, c.Reason))
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
            PaidCents = row.PaidCents,
            CreditedCents = row.CreditedCents,
            BalanceCents = row.BalanceCents,
            OverpaidCents = row.OverpaidCents,
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
            Credits = credits,
            CreatedAt = row.CreatedAt,
            IsBilled = row.BillId is not null,
            Practice = new PracticeCard(workspace.Name, workspace.Address, workspace.Phone, workspace.TimeZone),
            BillUrl = row.BillUrl,
            AwaitsBill = row.AwaitsBill,
            SimulatesPayments = InvoiceRules.SimulatesPayments(row.Environment, workspace.CaptureUntilConnected && !isConnected),
            RunId = row.RunId,
        };
    }

    private sealed class InvoiceWithContact
    {
        public required InvoiceRow Invoice { get; init; }

        public required ContactRow Contact { get; init; }
    }
}
