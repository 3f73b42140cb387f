using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice.Invoices;

public abstract class InvoiceLedgerTests(TestStore store) : PracticeSuite(store)
{
    [Fact]
    public async Task Create_CountsNumbersAndDaysAndGivesAPublicAddress()
    {
        var first = await CreateAsync("a");
        var second = await CreateAsync("b");

        Assert.Equal(("INV-1001", "INV-1002"), (first.Number, second.Number));
        Assert.Equal((InvoiceStatus.Open, "usd", 18_000L, "$180.00", new DateOnly(2026, 11, 27)),
            (first.Status, first.Currency, first.TotalCents, first.Total, first.DueOn));
        Assert.StartsWith("https://studio.example.com/i/", first.Url, StringComparison.Ordinal);
        Assert.Equal(27, first.Url.Length - "https://studio.example.com/i/".Length);
        Assert.NotEqual(first.Url, second.Url);
    }

    [Fact]
    public async Task Create_SameEffectKey_AnswersTheFirstInvoice()
    {
        Assert.Equal(await CreateAsync("a"), await CreateAsync("a"));
        using var db = practice.CreateDbContext();
        Assert.Equal((1, 2), (db.Invoices.Count(), db.InvoiceLines.Count()));
    }

    [Fact]
    public async Task Create_BadDrafts_SayWhatIsWrong()
    {
        var draft = await DraftAsync();

        Assert.Equal(new ConnectorProblem("invoice_empty", "An invoice has 1 to 50 lines; this one has 0."),
            await ProblemAsync(draft with { Lines = [] }));
        Assert.Equal(new ConnectorProblem("currency_unknown",
            "“dollars” is not a currency that invoices can be in. Use one of: aud, brl, cad, chf, dkk, eur, gbp, inr, jpy, "
            + "mxn, nok, nzd, pln, sek, usd."),
            await ProblemAsync(draft with { Currency = "dollars" }));
        Assert.Equal(new ConnectorProblem("invoice_amount",
            "The line “Visit” has the quantity 1 and the amount -5. Quantities are above 0, amounts are 0 to 1000000000."),
            await ProblemAsync(draft with { Lines = [new InvoiceLine("Visit", "", 1, -5)] }));
        Assert.Equal(new ConnectorProblem(
            "invoice_amount", "The total would be 0. It has to be 1 to 1000000000, in the smallest unit of the currency."),
            await ProblemAsync(draft with { Lines = [new InvoiceLine("Visit", "", 1, 0)] }));
        Assert.Equal(
            new ConnectorProblem("payment_method_missing", "The invoice names no way to pay it. Add one to the step's payment methods."),
            await ProblemAsync(draft with { PaymentMethods = [] }));
        Assert.Equal(new ConnectorProblem("contact_unknown", "The contact to invoice does not exist any more."),
            await ProblemAsync(draft with { ContactId = practice.Ids.New() }));
    }

    [Fact]
    public async Task Pay_OpenInvoice_BooksThePaymentAndRaisesTheSignal()
    {
        var invoice = await CreateAsync("a");
        var answer = await practice.Invoices.PayAsync(practice.Tenant, invoice.Id, "usdc", PracticeFixture.Key("pay"), default);

        Assert.Equal(invoice with { Status = InvoiceStatus.Paid, BalanceCents = 0 }, answer.Value);
        var (tenant, name, data) = Assert.Single(practice.Writer.Signals);
        Assert.Equal((practice.Tenant, $"invoice.paid:{invoice.Id:D}"), (tenant, name));
        Assert.Equal(("INV-1001", 18_000, "usdc"),
            (data.GetProperty("number").GetString(), data.GetProperty("total_cents").GetInt32(), data.GetProperty("method").GetString()));
        var sheet = await practice.InvoicePages.ByIdAsync(practice.Tenant, invoice.Id, default);
        var payment = Assert.Single(sheet!.Payments);
        Assert.Equal(("usdc", 18_000L, "usd", true, practice.Clock.GetUtcNow()),
            (payment.Method, payment.AmountCents, payment.Currency, payment.Simulated, payment.At));
    }

    [Fact]
    public async Task Pay_Twice_PaysOnce()
    {
        var invoice = await CreateAsync("a");
        await practice.Invoices.PayAsync(practice.Tenant, invoice.Id, "card", PracticeFixture.Key("pay"), default);
        var sameKey = await practice.Invoices.PayAsync(practice.Tenant, invoice.Id, "card", PracticeFixture.Key("pay"), default);
        var otherKey = await practice.Invoices.PayAsync(practice.Tenant, invoice.Id, "card", PracticeFixture.Key("other"), default);

        Assert.Equal(InvoiceStatus.Paid, sameKey.Value!.Status);
        Assert.Equal(new ConnectorProblem("invoice_paid", "This invoice is paid already."), otherKey.Problem);
        Assert.Single(practice.Writer.Signals);
    }

    [Fact]
    public async Task Pay_WhatCannotBePaid_SaysWhy()
    {
        var invoice = await CreateAsync("a");
        var method = await practice.Invoices.PayAsync(practice.Tenant, invoice.Id, "cash", PracticeFixture.Key("1"), default);
        var unknown = await practice.Invoices.PayAsync(practice.Tenant, practice.Ids.New(), "card", PracticeFixture.Key("2"), default);
        await practice.Invoices.MarkAsync(practice.Tenant, invoice.Id, InvoiceStatus.Void, null, default);
        var taken = await practice.Invoices.PayAsync(practice.Tenant, invoice.Id, "card", PracticeFixture.Key("3"), default);

        Assert.Equal(new ConnectorProblem("payment_method_unknown", "This invoice cannot be paid with cash. Choose one of: card, usdc."),
            method.Problem);
        Assert.Equal(new ConnectorProblem("invoice_unknown", "There is no such invoice."), unknown.Problem);
        Assert.Equal(new ConnectorProblem("invoice_void", "This invoice was taken back and is not to be paid any more."), taken.Problem);
        Assert.Empty(practice.Writer.Signals);
    }

    [Fact]
    public async Task Mark_VoidOfWhatIsPaidInPart_IsRefused_WhoeverAsks()
    {
        var invoice = await CreateAsync("a");
        await practice.Desk.PayAsync(practice.Tenant, invoice.Id, new NewPayment { Method = "cash", Amount = 1 }, "p", default);
        var taken = await practice.Invoices.MarkAsync(practice.Tenant, invoice.Id, InvoiceStatus.Void, null, default);
        Assert.Equal(
            new ConnectorProblem("invoice_paid", "Something was paid for this invoice. Write a credit note instead."), taken.Problem);
    }

    [Fact]
    public async Task Pay_LiveWithoutAccount_IsRefused()
    {
        var strict = await PracticeAsync(captureUntilConnected: false);
        var contact = await strict.ContactAsync();
        var answer = await strict.Invoices.CreateAsync(strict.Tenant, DraftFor(contact.Id), PracticeFixture.Key("a"), default);
        var paid = await strict.Invoices.PayAsync(strict.Tenant, answer.Value!.Id, "card", PracticeFixture.Key("pay"), default);

        Assert.Equal(new ConnectorProblem(
            "no_payment_account", "Connect a payment account under Connections, or switch this workflow to the sandbox."), paid.Problem);
        Assert.Empty(strict.Writer.Signals);
    }

    [Fact]
    public async Task Mark_PaidByHand_RaisesTheSignalAndNotesThePayment()
    {
        var invoice = await CreateAsync("a");
        await practice.Invoices.MarkAsync(practice.Tenant, invoice.Id, InvoiceStatus.Paid, null, default);
        var again = await practice.Invoices.MarkAsync(practice.Tenant, invoice.Id, InvoiceStatus.Open, null, default);

        Assert.Equal($"invoice.paid:{invoice.Id:D}", Assert.Single(practice.Writer.Signals).Name);
        var sheet = await practice.InvoicePages.ByIdAsync(practice.Tenant, invoice.Id, default);
        Assert.Equal(("recorded", false), (sheet!.Payments[0].Method, sheet.Payments[0].Simulated));
        Assert.Equal(new ConnectorProblem("invoice_paid", "This invoice is paid already."), again.Problem);
    }

    [Fact]
    public async Task MarkOverdue_DayAfterDue_MarksOpenInvoicesOnce()
    {
        var invoice = await CreateAsync("a");
        practice.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Empty(await MarkOverdueAsync(null));
        practice.Clock.Advance(TimeSpan.FromDays(1));
        var marked = Assert.Single(await MarkOverdueAsync("run/step"));
        Assert.Equal((invoice.Id, InvoiceStatus.Overdue, "Maria Lopez"),
            (marked.Invoice.Id, marked.Invoice.Status, marked.Contact.Name));
        Assert.Empty(await MarkOverdueAsync(null));
        Assert.Empty(await MarkOverdueAsync("other run/step"));
        Assert.Equal(marked, Assert.Single(await MarkOverdueAsync("run/step")));

        Assert.Equal(InvoiceStatus.Overdue, (await practice.Invoices.FindAsync(practice.Tenant, invoice.Id, default))!.Status);
        Assert.Null((await practice.Invoices.PayAsync(practice.Tenant, invoice.Id, "card", PracticeFixture.Key("pay"), default)).Problem);
    }

    [Fact]
    public async Task Pages_ListSumAndShow()
    {
        var first = await CreateAsync("a");
        var second = await CreateAsync("b");
        await practice.Invoices.PayAsync(practice.Tenant, first.Id, "card", PracticeFixture.Key("pay"), default);

        var page = await practice.InvoicePages.ListAsync(practice.Tenant, new InvoiceFilter(), null, 1, default);
        Assert.Equal((2, false, second.Id), (page.Total, page.AndMore, page.Next));
        Assert.Equal(("INV-1002", "Maria Lopez", "$180.00", second.Url),
            (page.Items[0].Number, page.Items[0].ContactName, page.Items[0].Total, page.Items[0].Url));
        page = await practice.InvoicePages.ListAsync(practice.Tenant, new InvoiceFilter(), page.Next, 1, default);
        Assert.Equal(("INV-1001", 2, null), (Assert.Single(page.Items).Number, page.Total, page.Next));
        Assert.Equal("INV-1001",
            Assert.Single((await practice.InvoicePages.ListAsync(
                practice.Tenant, new InvoiceFilter { Status = InvoiceStatus.Paid }, null, 50, default)).Items).Number);
        Assert.Empty((await practice.InvoicePages.ListAsync(
            practice.Tenant with { Environment = StudioEnvironment.Test }, new InvoiceFilter(), null, 50, default)).Items);
        Assert.Equal([new InvoiceSumText(InvoiceStatus.Open, 1, "$180.00"), new InvoiceSumText(InvoiceStatus.Paid, 1, "$180.00")],
            (await practice.InvoicePages.SumsAsync(practice.Tenant, default)).Select(s => new InvoiceSumText(s.Status, s.Count, s.Total)));

        var sheet = await practice.InvoicePages.ByTokenAsync(second.Url.Split('/')[^1], default);
        Assert.Equal(("INV-1002", 3, true, "Houston Dermatology", "Maria Lopez"),
            (sheet!.Number, sheet.DueInDays, sheet.SimulatesPayments, sheet.Practice.Name, sheet.Contact.Name));
        Assert.Equal(
            [new InvoiceLine("First visit, skin check", "with Dr. Reyes", 1, 15_000), new InvoiceLine("Onboarding fee", "", 1, 3_000)],
            sheet.Lines);
        Assert.Null(await practice.InvoicePages.ByTokenAsync("guess", default));
    }

    [Fact]
    public async Task Sums_WhatIsToBePaidAndWhatWasPaidOfLate_ByStateAndCurrency()
    {
        await practice.Invoices.PayAsync(practice.Tenant, (await CreateAsync("old")).Id, "card", PracticeFixture.Key("pay old"), default);
        practice.Clock.AdjustTime(practice.Clock.GetUtcNow().AddDays(InvoiceQueries.PaidDays).AddSeconds(1));
        await practice.Invoices.PayAsync(practice.Tenant, (await CreateAsync("new")).Id, "card", PracticeFixture.Key("pay new"), default);
        await practice.Invoices.MarkAsync(practice.Tenant, (await CreateAsync("void")).Id, InvoiceStatus.Void, null, default);
        await practice.Invoices.MarkAsync(practice.Tenant, (await CreateAsync("late")).Id, InvoiceStatus.Overdue, null, default);
        await CreateAsync("a");
        await CreateAsync("b");
        var euro = await CreateAsync("c");
        await practice.Writer.WriteAsync(w => w.Db.Invoices.Find(euro.Id)!.Currency = "eur");

        Assert.Equal(
            [(InvoiceStatus.Open, "eur", 1, 18_000, false), (InvoiceStatus.Open, "usd", 2, 36_000, false),
                (InvoiceStatus.Overdue, "usd", 1, 18_000, false), (InvoiceStatus.Paid, "usd", 1, 18_000, false)],
            (await practice.InvoicePages.SumsAsync(practice.Tenant, default))
                .Select(s => (s.Status, s.Currency, s.Count, s.TotalCents, s.AndMore)));
    }

    [Fact]
    public async Task MarkOverdue_MoreThanOnePieceOfWriting_MarksAllLongestDueFirst()
    {
        var first = await CreateAsync("a");
        await practice.Writer.WriteAsync(w =>
        {
            var like = w.Db.Invoices.Find(first.Id)!;
            for (var i = 1; i <= 401; i++) w.Db.Add(Copy(like, i));
            return 0;
        });
        practice.Clock.Advance(TimeSpan.FromDays(10));

        var marked = await MarkOverdueAsync("run/step");
        Assert.Equal(402, marked.Count);
        Assert.Equal(marked.OrderBy(m => m.Invoice.DueOn), marked);
        using var db = practice.CreateDbContext();
        Assert.All(db.Invoices, i => Assert.Equal((InvoiceStatus.Overdue, "run/step"), (i.Status, i.OverdueKey)));
    }

    private InvoiceRow Copy(InvoiceRow like, int number) => new()
    {
        Id = practice.Ids.New(), WorkspaceId = like.WorkspaceId, Environment = like.Environment, CreatedAt = like.CreatedAt,
        Sequence = like.Sequence + number, Currency = like.Currency, TotalCents = like.TotalCents, IssuedAt = like.IssuedAt,
        IssuedOn = like.IssuedOn, DueOn = like.DueOn.AddDays(number % 3), Token = $"{number}", PaymentMethods = "card",
        ContactId = like.ContactId,
    };

    private Task<IReadOnlyList<UnpaidInvoice>> MarkOverdueAsync(string? key) =>
        practice.Invoices.MarkOverdueAsync(practice.Tenant, key is null ? null : PracticeFixture.Key(key), default);

    private async Task<Invoice> CreateAsync(string key)
    {
        var answer = await practice.Invoices.CreateAsync(practice.Tenant, await DraftAsync(), PracticeFixture.Key(key), default);
        Assert.True(answer.Has(out var invoice, out _));
        return invoice;
    }

    private async Task<InvoiceDraft> DraftAsync() => DraftFor((await practice.ContactAsync()).Id);

    private async Task<ConnectorProblem?> ProblemAsync(InvoiceDraft draft) =>
        (await practice.Invoices.CreateAsync(practice.Tenant, draft, PracticeFixture.Key("bad"), default)).Problem;

    private static InvoiceDraft DraftFor(Guid contactId) => new(contactId, "USD",
        [new InvoiceLine("First visit, skin check", "with Dr. Reyes", 1, 15_000), new InvoiceLine("Onboarding fee", "", 1, 3_000)], 3,
        ["card", "usdc"]);

    private sealed record InvoiceSumText(InvoiceStatus Status, int Count, string Total);
}
