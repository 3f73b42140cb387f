using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice.Invoices;

public abstract class MoneyFiguresTests(TestStore store) : PracticeSuite(store)
{
    private static readonly DateRange All = DateRange.Named("all")!;

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 1)]
    [InlineData(30, 1)]
    [InlineData(31, 2)]
    [InlineData(60, 2)]
    [InlineData(61, 3)]
    [InlineData(90, 3)]
    [InlineData(91, 4)]
    public async Task Receivables_OnTheEdgeOfAnAge_FallsOnItsSide(int daysAfter, int band)
    {
        await practice.InvoiceAsync(0, cents: 12_345);
        practice.Clock.AdjustTime(practice.Clock.GetUtcNow().AddDays(Math.Max(0, daysAfter)));
        if (daysAfter < 0) await MoveAsync(-daysAfter);

        var ages = Assert.Single((await ReadAsync()).Currencies).Ages;
        var bands = new[] { ages.NotYetDue, ages.UpTo30, ages.UpTo60, ages.UpTo90, ages.Over90 };
        Assert.Equal(Enumerable.Range(0, 5).Select(i => i == band ? 12_345L : 0), bands);
    }

    [Fact]
    public async Task Receivables_OfManyInvoices_AreExactByCurrencyAgeAndDebtor()
    {
        var random = new Random(11);
        var people = new[] { "Ana", "Bo", "Cy", "Di", "Ed", "Flo", "Gus" };
        var made = new List<(string Who, string Currency, long Cents, int Days)>();
        foreach (var name in people)
        {
            var contact = await practice.ContactAsync(name, $"{name}@example.test");
            for (var i = 0; i < 12; i++)
            {
                var (currency, cents, days) = (i % 3 == 0 ? "jpy" : "usd", random.NextInt64(1, 1_000_000_000), random.Next(0, 200));
                var invoice = await practice.InvoiceAsync(days, cents, currency, contact);
                if (i % 5 == 4)
                    await practice.Invoices.MarkAsync(
                        practice.Tenant, invoice.Id, i == 4 ? InvoiceStatus.Paid : InvoiceStatus.Void, null, default);
                else made.Add((contact.Name, currency, cents, days));
                if (i == 6) await practice.Invoices.MarkAsync(practice.Tenant, invoice.Id, InvoiceStatus.Overdue, null, default);
            }
        }

        practice.Clock.AdjustTime(practice.Clock.GetUtcNow().AddDays(120));
        foreach (var c in (await ReadAsync()).Currencies)
        {
            var mine = made.Where(m => m.Currency == c.Currency).ToList();
            Assert.Equal(new MoneyCount(mine.Count, mine.Sum(m => m.Cents)), c.Owed);
            long Between(int from, int to) => mine.Where(m => 120 - m.Days >= from && 120 - m.Days <= to).Sum(m => m.Cents);
            Assert.Equal(
                new DebtAges(Between(-999, -1), Between(0, 30), Between(31, 60), Between(61, 90), Between(91, 999)), c.Ages);
            Assert.Equal(
                mine.GroupBy(m => m.Who).Select(g => (g.Key, g.Count(), g.Sum(m => m.Cents))).OrderByDescending(g => g.Item3).Take(5),
                c.Biggest.Select(d => (d.Name, d.Count, d.Cents)));
        }
    }

    [Fact]
    public async Task Receivables_TellWhatWasBilledAndPaidInThePeriod()
    {
        var first = await practice.InvoiceAsync(3);
        practice.Clock.Advance(TimeSpan.FromDays(8));
        await PayAsync(await practice.InvoiceAsync(3, 100));
        await PayAsync(first);
        await practice.Invoices.MarkAsync(practice.Tenant, (await practice.InvoiceAsync(3, 10)).Id, InvoiceStatus.Paid, null, default);
        await practice.Invoices.MarkAsync(practice.Tenant, (await practice.InvoiceAsync()).Id, InvoiceStatus.Void, null, default);

        var figures = Assert.Single((await practice.Figures.ReceivablesAsync(
            practice.Tenant, DateRange.Named("last_7_days")!, default)).Currencies);
        Assert.Equal((MoneyCount.None, new MoneyCount(2, 110)), (figures.Owed, figures.Billed));
        Assert.Equal((new MoneyCount(1, 10), new MoneyCount(2, 15_100)), (figures.Paid, figures.ActedOut)); // no money moved for two
    }

    [Theory]
    [InlineData(1, 0, false)]
    [InlineData(2, 0, true)]
    [InlineData(0, 1, false)]
    [InlineData(0, 2, true)]
    public async Task Receivables_OfMoreThanAreAddedUp_SayThatThereIsMore(int open, int paid, bool andMore)
    {
        var invoices = new List<Invoice>();
        for (var i = 0; i < open + paid; i++) invoices.Add(await practice.InvoiceAsync());
        practice.Clock.Advance(TimeSpan.FromDays(60)); // what was paid was billed before the period
        foreach (var invoice in invoices.Take(paid)) await PayAsync(invoice);

        var figures = new MoneyFigures(practice, practice.Clock) { Most = 2 };
        Assert.Equal(andMore, (await figures.ReceivablesAsync(practice.Tenant, DateRange.Named("last_7_days")!, default)).AndMore);
    }

    [Fact]
    public async Task Payments_OfAPeriod_AreSummedByCurrencyWayAndWhetherMoneyMoved()
    {
        await PayAsync(await practice.InvoiceAsync());
        practice.Clock.AdjustTime(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.FromHours(-6)));
        await PayAsync(await practice.InvoiceAsync(3, 1));
        await PayAsync(await practice.InvoiceAsync(3, 2));
        await PayAsync(await practice.InvoiceAsync(3, 4, "eur"), "usdc");
        await practice.Invoices.MarkAsync(
            practice.Tenant, (await practice.InvoiceAsync(3, 8)).Id, InvoiceStatus.Paid, null, default);

        Assert.Equal(
            [("eur", "usdc", true, 1, 4L), ("usd", "recorded", false, 1, 8), ("usd", "card", true, 2, 3)],
            await PaymentsAsync("this_month"));
        Assert.Equal([("usd", "card", true, 1, 15_000L)], await PaymentsAsync("last_month"));
        Assert.Empty(await PaymentsAsync("last_year"));
        Assert.Equal(5, (await PaymentsAsync("all")).Sum(p => p.Item4));
    }

    [Fact]
    public async Task Figures_OfTheOtherEnvironment_AreNotMine()
    {
        await PayAsync(await practice.InvoiceAsync());
        await practice.InvoiceAsync();
        var other = practice.Tenant with { Environment = StudioEnvironment.Test };

        Assert.Empty((await practice.Figures.ReceivablesAsync(other, All, default)).Currencies);
        Assert.Empty((await practice.Figures.PaymentsAsync(other, All, default)).Sums);
    }

    private Task<ReceivablesFigures> ReadAsync() => practice.Figures.ReceivablesAsync(practice.Tenant, All, default);

    private async Task<IEnumerable<(string, string, bool, int, long)>> PaymentsAsync(string range) =>
        (await practice.Figures.PaymentsAsync(practice.Tenant, DateRange.Named(range)!, default)).Sums
            .Select(s => (s.Currency, s.Method, s.Simulated, s.Count, s.Cents));

    private Task PayAsync(Invoice invoice, string method = "card") =>
        practice.Invoices.PayAsync(practice.Tenant, invoice.Id, method, PracticeFixture.Key($"pay {invoice.Id}"), default);

    private Task MoveAsync(int days) => practice.Writer.WriteAsync(w =>
    {
        foreach (var row in w.Db.Invoices.ToList()) row.DueOn = row.DueOn.AddDays(days);
        return 0;
    });
}
