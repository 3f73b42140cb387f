using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>Adds up in the database, from the indexes of what is unpaid and of when things happened.</summary>
internal sealed class MoneyFigures(IDbContextFactory<StudioDbContext> contexts, TimeProvider clock) : IMoneyFigures
{
    private const int MostDebtors = 5;

    /// <summary>How many are added up of each.</summary>
    internal int Most { get; init; } = IMoneyFigures.MostSummed;

    public async Task<ReceivablesFigures> ReceivablesAsync(Tenant tenant, DateRange range, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var zone = await PracticeClock.ZoneOfAsync(db, tenant.WorkspaceId, cancellationToken);
        var now = clock.GetUtcNow();
        var (today, period) = (now.DayOn(zone), range.At(now, zone));
        var invoices = db.Invoices.AsNoTracking().Of(tenant);
        var unpaid = await UnpaidAsync(db, tenant, cancellationToken);
        var debts = await DebtsAsync(unpaid, today, cancellationToken);
        var billed = await CountAsync(Billed(invoices, period), cancellationToken);
        // of payments and not of invoices: only they tell whether money moved
        var payments = await SumsAsync(db, tenant, period, cancellationToken);
        var currencies = new List<CurrencyReceivables>();
        foreach (var currency in debts.Keys.Union(billed.Keys).Union(payments.Select(p => p.Currency)).Order(StringComparer.Ordinal))
        {
            var (owed, ages) = debts.GetValueOrDefault(currency, (MoneyCount.None, new DebtAges(0, 0, 0, 0, 0)));
            var biggest = owed.Count == 0 ? [] : await BiggestAsync(db, unpaid.Where(i => i.Currency == currency), cancellationToken);
            currencies.Add(new CurrencyReceivables(currency, owed, ages, biggest,
                billed.GetValueOrDefault(currency, MoneyCount.None), Paid(currency, false), Paid(currency, true)));
        }

        return new ReceivablesFigures(today, period, currencies,
            IsFull(debts.Values.Sum(d => d.Owed.Count)) || IsFull(billed.Values.Sum(b => b.Count)) || IsFull(payments.Sum(p => p.Count)));

        MoneyCount Paid(string currency, bool simulated) => payments.Where(p => p.Currency == currency && p.Simulated == simulated)
            .Aggregate(MoneyCount.None, (sum, p) => new MoneyCount(sum.Count + p.Count, sum.Cents + p.Cents));
    }

    public async Task<AgedDebts> AgesAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var today = clock.GetUtcNow().DayOn(await PracticeClock.ZoneOfAsync(db, tenant.WorkspaceId, cancellationToken));
        var debts = await DebtsAsync(await UnpaidAsync(db, tenant, cancellationToken), today, cancellationToken);
        return new AgedDebts(
            today, [.. debts.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => new CurrencyDebts(d.Key, d.Value.Owed, d.Value.Ages))],
            IsFull(debts.Values.Sum(d => d.Owed.Count)));
    }

    public async Task<PaymentFigures> PaymentsAsync(Tenant tenant, DateRange range, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var period = range.At(clock.GetUtcNow(), await PracticeClock.ZoneOfAsync(db, tenant.WorkspaceId, cancellationToken));
        var sums = await SumsAsync(db, tenant, period, cancellationToken);
        return new PaymentFigures(
            period,
            [
                .. sums.OrderBy(s => s.Currency, StringComparer.Ordinal).ThenBy(s => s.Simulated)
                    .ThenBy(s => s.Method, StringComparer.Ordinal),
            ],
            IsFull(sums.Sum(s => s.Count)));
    }

    private bool IsFull(int count) => count >= Most;

    // in the order of an index while all of them are added up; sorting fifty thousand takes longer than adding them
    private async Task<IQueryable<InvoiceRow>> UnpaidAsync(StudioDbContext db, Tenant tenant, CancellationToken cancellationToken)
    {
        var all = db.Invoices.AsNoTracking().Of(tenant)
            .Where(i => i.Status == InvoiceStatus.Open || i.Status == InvoiceStatus.Overdue);
        var asStored = all.OrderBy(i => i.Status).ThenBy(i => i.Sequence);
        return await asStored.Take(Most + 1).CountAsync(cancellationToken) <= Most
            ? asStored.Take(Most)
            : all.OrderBy(i => i.DueOn).ThenBy(i => i.Sequence).Take(Most);
    }

    private async Task<List<PaymentSum>> SumsAsync(
        StudioDbContext db, Tenant tenant, Period period, CancellationToken cancellationToken)
    {
        var payments = db.Payments.AsNoTracking().Of(tenant);
        if (period.From is { } from) payments = payments.Where(p => p.PaidAt >= from);
        if (period.Before is { } before) payments = payments.Where(p => p.PaidAt < before);
        var sums = await payments.OrderByDescending(p => p.PaidAt).Take(Most)
            .GroupBy(p => new { p.Currency, p.Method, p.Simulated })
            .Select(g => new { g.Key.Currency, g.Key.Method, g.Key.Simulated, Count = g.Count(), Cents = g.Sum(p => p.AmountCents) })
            .ToListAsync(cancellationToken);
        return sums.ConvertAll(s => new PaymentSum(s.Currency, s.Method, s.Simulated, s.Count, s.Cents));
    }

    private static async Task<Dictionary<string, (MoneyCount Owed, DebtAges Ages)>> DebtsAsync(
        IQueryable<InvoiceRow> unpaid, DateOnly today, CancellationToken cancellationToken)
    {
        var (day30, day60, day90) = (today.AddDays(-30), today.AddDays(-60), today.AddDays(-90));
        var balances = unpaid.Select(i => new { i.Currency, i.DueOn, Cents = i.TotalCents - i.PaidCents - i.CreditedCents });
        var sums = await balances.GroupBy(i => i.Currency).Select(g => new
        {
            Currency = g.Key,
            Count = g.Count(),
            Cents = g.Sum(i => i.Cents),
            NotYet = g.Sum(i => i.DueOn > today ? i.Cents : 0),
            UpTo30 = g.Sum(i => i.DueOn <= today && i.DueOn >= day30 ? i.Cents : 0),
            UpTo60 = g.Sum(i => i.DueOn < day30 && i.DueOn >= day60 ? i.Cents : 0),
            UpTo90 = g.Sum(i => i.DueOn < day60 && i.DueOn >= day90 ? i.Cents : 0),
            Over90 = g.Sum(i => i.DueOn < day90 ? i.Cents : 0),
        }).ToListAsync(cancellationToken);
        return sums.ToDictionary(s => s.Currency, s => (
            new MoneyCount(s.Count, s.Cents), new DebtAges(s.NotYet, s.UpTo30, s.UpTo60, s.UpTo90, s.Over90)));
    }

    private static async Task<List<Debtor>> BiggestAsync(
        StudioDbContext db, IQueryable<InvoiceRow> unpaid, CancellationToken cancellationToken)
    {
        var owing = await unpaid.GroupBy(i => i.ContactId)
            .Select(g => new { Id = g.Key, Count = g.Count(), Cents = g.Sum(i => i.TotalCents - i.PaidCents - i.CreditedCents) })
            .OrderByDescending(d => d.Cents).ThenBy(d => d.Id).Take(MostDebtors).ToListAsync(cancellationToken);
        var ids = owing.ConvertAll(d => d.Id);
        var names = await db.Contacts.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
        return owing.ConvertAll(d => new Debtor(d.Id, names[d.Id].ToContact().Name, d.Count, d.Cents));
    }

    private static IQueryable<InvoiceRow> Billed(IQueryable<InvoiceRow> invoices, Period period)
    {
        invoices = invoices.Where(i => i.Status != InvoiceStatus.Void);
        if (period.From is { } from) invoices = invoices.Where(i => i.IssuedAt >= from);
        if (period.Before is { } before) invoices = invoices.Where(i => i.IssuedAt < before);
        return invoices.OrderByDescending(i => i.IssuedAt);
    }

    private async Task<Dictionary<string, MoneyCount>> CountAsync(
        IQueryable<InvoiceRow> invoices, CancellationToken cancellationToken) =>
        await invoices.Take(Most).GroupBy(i => i.Currency)
            .Select(g => new { Currency = g.Key, Count = g.Count(), Cents = g.Sum(i => i.TotalCents) })
            .ToDictionaryAsync(s => s.Currency, s => new MoneyCount(s.Count, s.Cents), cancellationToken);
}
