using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>Reads payments.</summary>
public sealed class PaymentQueries(IDbContextFactory<StudioDbContext> contexts)
{
    private const int Slice = 500;

    /// <summary>One page, the last paid first, and how many there are in all.</summary>
    public async Task<(IReadOnlyList<PaymentItem> Items, int Total)> PageAsync(
        Tenant tenant, PaymentFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await FoundAsync(db, tenant, filter, cancellationToken);
        var total = await found.CountAsync(cancellationToken);
        var rows = await Joined(db, found.OrderByDescending(p => p.PaidAt).ThenByDescending(p => p.Id).Skip(skip).Take(take))
            .OrderByDescending(r => r.Payment.PaidAt).ThenByDescending(r => r.Payment.Id).ToListAsync(cancellationToken);
        return ([.. rows.Select(Item)], total);
    }

    /// <summary>One; null when there is none of this id.</summary>
    public async Task<PaymentItem?> FindAsync(Tenant tenant, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await Joined(db, db.Payments.AsNoTracking().Of(tenant).Where(p => p.Id == id)).FirstOrDefaultAsync(cancellationToken);
        return row is null ? null : Item(row);
    }

    /// <summary>All of them, the first noted first, read some hundred at a time.</summary>
    public async IAsyncEnumerable<PaymentItem> AllAsync(
        Tenant tenant, PaymentFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = Guid.Empty;
        while (true)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var (after, found) = (last, await FoundAsync(db, tenant, filter, cancellationToken));
            var rows = await Joined(db, found.Where(p => p.Id.CompareTo(after) > 0).OrderBy(p => p.Id).Take(Slice))
                .OrderBy(r => r.Payment.Id).ToListAsync(cancellationToken);
            foreach (var row in rows) yield return Item(row);
            if (rows.Count < Slice) yield break;
            last = rows[^1].Payment.Id;
        }
    }

    private static async Task<IQueryable<PaymentRow>> FoundAsync(
        StudioDbContext db, Tenant tenant, PaymentFilter filter, CancellationToken stop)
    {
        var rows = db.Payments.AsNoTracking().Of(tenant);
        if (filter.InvoiceId is { } invoice) rows = rows.Where(p => p.InvoiceId == invoice);
        if (filter.ContactId is { } contact)
        {
            var theirs = db.Invoices.Of(tenant).Where(i => i.ContactId == contact).Select(i => i.Id);
            rows = rows.Where(p => theirs.Contains(p.InvoiceId));
        }

        if (filter.Method is { } method) rows = rows.Where(p => p.Method == method);
        // nothing was paid before the first or after the last of all days that a clock can show
        var (first, last) = (filter.From is { Year: > 1 } ? filter.From : null, filter.To is { Year: < 9999 } ? filter.To : null);
        if (first is null && last is null) return rows;
        var period = DateRange.Between(first, last).At(default, await PracticeClock.ZoneOfAsync(db, tenant.WorkspaceId, stop));
        if (period.From is { } from) rows = rows.Where(p => p.PaidAt >= from);
        if (period.Before is { } before) rows = rows.Where(p => p.PaidAt < before);
        return rows;
    }

    private static IQueryable<PaymentOfContact> Joined(StudioDbContext db, IQueryable<PaymentRow> payments) =>
        from p in payments
        join i in db.Invoices on p.InvoiceId equals i.Id
        join c in db.Contacts on i.ContactId equals c.Id
        select new PaymentOfContact { Payment = p, Sequence = i.Sequence, Contact = c };

    private static PaymentItem Item(PaymentOfContact row)
    {
        var p = row.Payment;
        return new PaymentItem(p.Id, p.InvoiceId, InvoiceNumber.Text(row.Sequence), row.Contact.Id, row.Contact.ToContact().Name, p.Method,
            p.AmountCents, p.Currency, p.Simulated, p.ByHand, p.PaidAt, p.Note);
    }

    private sealed class PaymentOfContact
    {
        public required PaymentRow Payment { get; init; }

        public required int Sequence { get; init; }

        public required ContactRow Contact { get; init; }
    }
}
