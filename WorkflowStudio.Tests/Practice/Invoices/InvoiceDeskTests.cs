using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice.Invoices;

/// <summary>Invoices made, paid, credited and taken back by hand, to the cent.</summary>
public abstract class InvoiceDeskTests(TestStore store) : PracticeSuite(store)
{
    private static readonly string[] Events =
        [KnownEvents.InvoiceCreated, KnownEvents.InvoicePaid, KnownEvents.InvoiceUpdated, KnownEvents.InvoiceVoided];

    [Fact]
    public async Task Invoice_HasItsTaxOfTheSumOfEachRate()
    {
        var id = Done(await AddAsync(
            Line("Hour", 1.5m, 99.99m, 8.25m), Line("Hour", 0.333m, 10.01m, 8.25m), Line("Book", 3, 7.77m, 5), Line("Stamp", 1, 0.85m))).Id;
        var view = await ViewAsync(id);
        // 149.985 and 3.33333 to the cent, each line by itself; tax of 153.32 and of 23.31
        Assert.Equal([14_999, 333, 2_331, 85], view.Lines.Select(l => l.AmountCents));
        Assert.Equal([new InvoiceTax(8.25m, 15_332, 1_265), new InvoiceTax(5, 2_331, 117)], view.Taxes);
        Assert.Equal((17_748, 1_382, 19_130, 19_130, 0),
            (view.SubtotalCents, view.TaxCents, view.TotalCents, view.BalanceCents, view.PaidCents));
        Assert.Equal(new DateOnly(2026, 12, 8), view.DueOn);
    }

    [Theory]
    [InlineData("jpy", 1500, 0)]
    [InlineData("usd", 150_025, 2)]
    public async Task Currency_HasItsDecimals(string currency, int cents, int decimals)
    {
        var (price, most) = (new decimal(cents, 0, 0, false, (byte)decimals), Invoice.MaxCents / Money.Units(currency));
        Assert.Equal(cents, (await ViewAsync(Done(await AddAsync(currency, Line("Visit", 1, price))).Id)).TotalCents);
        foreach (var wrong in (decimal[])[price + 0.001m, decimal.MaxValue, most + 1])
            Assert.Equal("lines[0].unitPrice", WrongIn(await AddAsync(currency, Line("Visit", 1, wrong))));
        Assert.Equal("lines[0].unitPrice", WrongIn(await AddAsync(currency, Line("Visit", 2, most))));
        Assert.Equal("lines", WrongIn(await AddAsync(currency, Line("Visit", 1, most, 10))));
    }

    [Fact]
    public async Task WrongInvoice_IsRefusedAtItsFields()
    {
        var contact = (await practice.ContactAsync()).Id;
        var good = new NewInvoice { ContactId = contact, Currency = "USD", Lines = [Line("Visit", 1, 5)] };
        foreach (var (said, field) in new (NewInvoice, string)[]
        {
            (good with { ContactId = null }, "contactId"), (good with { ContactId = practice.Ids.New() }, "contactId"),
            (good with { Currency = "" }, "currency"), (good with { Currency = "xbt" }, "currency"), (good with { Lines = [] }, "lines"),
            (good with { Lines = [Line("Visit", 1, 0)] }, "lines"), (good with { Lines = [Line(" \u0007", 1, 5)] }, "lines[0].what"),
            (good with { Lines = [Line(new string('x', 201), 1, 5)] }, "lines[0].what"),
            (good with { Lines = [Line("Visit", 0, 5)] }, "lines[0].quantity"),
            (good with { Lines = [Line("Visit", 0.0001m, 5)] }, "lines[0].quantity"),
            (good with { Lines = [Line("Visit", 1, -5)] }, "lines[0].unitPrice"),
            (good with { Lines = [Line("Visit", 1, 5, 101)] }, "lines[0].taxPercent"),
            (good with { Lines = [.. Enumerable.Repeat(Line("Visit", 1, 5), 51)] }, "lines"),
            (good with { DueOn = new DateOnly(2026, 11, 23) }, "dueOn"), (good with { DueOn = DateOnly.MaxValue }, "dueOn"),
            (good with { DueOn = DateOnly.MinValue }, "dueOn"), (good with { PaymentMethods = ["a,b"] }, "paymentMethods"),
            (good with { Note = new string('x', 1_001) }, "note"),
        }) Assert.Equal(field, WrongIn(await practice.Desk.AddAsync(practice.Tenant, said, "hand:1", default)));
        Assert.Equal(0, (await practice.InvoicePages.ListAsync(practice.Tenant, new InvoiceFilter(), null, 9, default)).Total);
    }

    [Fact]
    public async Task Key_HappensOnce()
    {
        var contact = (await practice.ContactAsync()).Id;
        var said = new NewInvoice { ContactId = contact, Currency = "usd", Lines = [Line("Visit", 1, 100)] };
        var first = Done(await practice.Desk.AddAsync(practice.Tenant, said, "hand:1", default));
        Assert.Equal(first, Done(await practice.Desk.AddAsync(practice.Tenant, said, "hand:1", default)));
        var payment = new NewPayment { Method = "cash", Amount = 40 };
        var paid = Done(await PayAsync(first.Id, payment, "p"));
        Assert.Equal(paid, Done(await PayAsync(first.Id, payment, "p")));
        var credit = new NewCreditNote { Reason = "Late", Amount = 10 };
        var credited = Done(await CreditAsync(first.Id, credit, "c"));
        Assert.Equal(credited, Done(await CreditAsync(first.Id, credit, "c")));
        var view = await ViewAsync(first.Id);
        Assert.Equal((5_000, 1, 1), (view.BalanceCents, view.Payments.Count, view.Credits.Count));
    }

    [Fact]
    public async Task Payments_InParts_MakeItPaidWithTheLast()
    {
        practice.Listen(Events);
        var id = await InvoiceAsync(100);
        var part = new NewPayment { Method = "cash", Amount = 40.50m, PaidOn = new(2026, 11, 20), Note = " Counter \u0007" };
        Done(await PayAsync(id, part, "1"));
        var view = await ViewAsync(id);
        Assert.Equal((InvoiceStatus.Open, 4_050, 5_950), (view.Status, view.PaidCents, view.BalanceCents));
        Assert.Equal(("cash", 4_050, true, "Counter", new DateTimeOffset(2026, 11, 20, 18, 0, 0, TimeSpan.Zero)),
            (view.Payments[0].Method, view.Payments[0].AmountCents, view.Payments[0].ByHand, view.Payments[0].Note, view.Payments[0].At));
        Assert.Empty(practice.Writer.Signals);
        Assert.Equal("amount", WrongIn(await PayAsync(id, new NewPayment { Method = "cash", Amount = 59.51m }, "2")));

        Done(await PayAsync(id, new NewPayment { Method = "check" }, "3"));
        view = await ViewAsync(id);
        Assert.Equal((InvoiceStatus.Paid, 10_000, 0, practice.Clock.GetUtcNow()),
            (view.Status, view.PaidCents, view.BalanceCents, view.PaidAt));
        Assert.Equal(Invoice.PaidSignal(id), Assert.Single(practice.Writer.Signals).Name);
        Assert.Equal("invoice_paid", Refused(await PayAsync(id, new NewPayment { Method = "cash" }, "4")));
        Assert.Equal([KnownEvents.InvoiceCreated, KnownEvents.InvoiceUpdated, KnownEvents.InvoicePaid], practice.Told());
    }

    [Theory]
    [InlineData("cash", "0", null, "amount")]
    [InlineData("cash", "0.001", null, "amount")]
    [InlineData("cash", "-1", null, "amount")]
    [InlineData("cash", "100000000000000", null, "amount")]
    [InlineData("bitcoin", null, null, "method")]
    [InlineData("", null, null, "method")]
    [InlineData("cash", null, "2026-11-25", "paidOn")]
    [InlineData("cash", null, "9999-12-31", "paidOn")]
    [InlineData("cash", null, "0001-01-01", "paidOn")]
    public async Task WrongPayment_IsRefusedAtItsField(string method, string? amount, string? day, string field)
    {
        var id = await InvoiceAsync(100);
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        Assert.Equal(field, WrongIn(await PayAsync(id, new NewPayment
        {
            Method = method, Amount = amount is null ? null : decimal.Parse(amount, invariant),
            PaidOn = day is null ? null : DateOnly.Parse(day, invariant),
        }, "1")));
        Assert.Equal(0, (await ViewAsync(id)).PaidCents);
    }

    [Fact]
    public async Task Payment_NotedByMistake_IsTakenBack_OneOfTheClientIsNot()
    {
        var id = await InvoiceAsync(100);
        var noted = Done(await PayAsync(id, new NewPayment { Method = "cash" }, "1")).MadeId;
        Done(await practice.Desk.RemovePaymentAsync(practice.Tenant, noted, default));
        var view = await ViewAsync(id);
        Assert.Equal((InvoiceStatus.Open, 0, 10_000, null), (view.Status, view.PaidCents, view.BalanceCents, view.PaidAt));
        Assert.IsType<InvoiceOutcome.Unknown>(await practice.Desk.RemovePaymentAsync(practice.Tenant, noted, default));

        await practice.Invoices.PayAsync(practice.Tenant, id, "card", PracticeFixture.Key("page"), default);
        var paid = Assert.Single((await ViewAsync(id)).Payments);
        Assert.Equal("payment_by_client", Refused(await practice.Desk.RemovePaymentAsync(practice.Tenant, paid.Id, default)));
        Assert.IsType<InvoiceOutcome.Unknown>(await practice.Desk.RemovePaymentAsync(Foreign, paid.Id, default));
    }

    [Fact]
    public async Task CreditNotes_TakeOffTheInvoice_AndTheirTaxIsTheInvoicesToTheCent()
    {
        var id = Done(await AddAsync(Line("Visit", 1, 100, 7.775m))).Id; // 7.78 of tax
        foreach (var key in (string[])["1", "2", "3"])
            Done(await CreditAsync(id, new NewCreditNote { Reason = "Late", Amount = 33.33m }, key));
        Assert.Equal("amount", WrongIn(await CreditAsync(id, new NewCreditNote { Reason = "Late", Amount = 7.80m }, "4")));
        var view = await ViewAsync(id);
        Assert.Equal((InvoiceStatus.Open, 779, 779), (view.Status, view.BalanceCents, view.CreditableCents));

        practice.Listen(Events);
        Done(await CreditAsync(id, new NewCreditNote { Reason = "All of it" }, "5"));
        view = await ViewAsync(id);
        Assert.Equal((InvoiceStatus.Void, 0, 778, 10_778),
            (view.Status, view.BalanceCents, view.Credits.Sum(c => c.TaxCents), view.Credits.Sum(c => c.AmountCents)));
        Assert.Equal(["CN-1001", "CN-1002", "CN-1003", "CN-1004"], view.Credits.Select(c => c.Number));
        Assert.Equal([KnownEvents.InvoiceVoided], practice.Told());
        Assert.Equal("invoice_void", Refused(await CreditAsync(id, new NewCreditNote { Reason = "More" }, "6")));
        Assert.Equal("invoice_void", Refused(await PayAsync(id, new NewPayment { Method = "cash" }, "7")));
    }

    [Fact]
    public async Task PaidInvoice_IsCredited_AndNoMoreIsPaidBackThanThat()
    {
        var id = await InvoiceAsync(100);
        Done(await PayAsync(id, new NewPayment { Method = "card" }, "1"));
        Assert.Equal("amount", WrongIn(await PayAsync(id, new NewPayment { Method = "card", Amount = -1 }, "2")));
        Done(await CreditAsync(id, new NewCreditNote { Reason = "Not done", Amount = 30 }, "c"));
        var view = await ViewAsync(id);
        Assert.Equal((InvoiceStatus.Paid, 3_000), (view.Status, view.OverpaidCents));
        Assert.Equal("amount", WrongIn(await PayAsync(id, new NewPayment { Method = "card", Amount = -30.01m }, "3")));
        Done(await PayAsync(id, new NewPayment { Method = "card", Amount = -30 }, "4"));
        view = await ViewAsync(id);
        Assert.Equal((InvoiceStatus.Paid, 0, 7_000), (view.Status, view.OverpaidCents, view.PaidCents));
    }

    [Fact]
    public async Task PaymentByMistake_OfAnInvoiceThatWasCreditedSince_LeavesItTakenBack()
    {
        var id = await InvoiceAsync(100);
        var noted = Done(await PayAsync(id, new NewPayment { Method = "cash", Amount = 60 }, "1")).MadeId;
        Done(await CreditAsync(id, new NewCreditNote { Reason = "All of it" }, "c"));
        Assert.Equal((InvoiceStatus.Paid, 6_000), ((await ViewAsync(id)).Status, (await ViewAsync(id)).OverpaidCents));
        Done(await practice.Desk.RemovePaymentAsync(practice.Tenant, noted, default));
        var view = await ViewAsync(id);
        Assert.Equal((InvoiceStatus.Void, 0, 0, null), (view.Status, view.OverpaidCents, view.BalanceCents, view.PaidAt));
    }

    [Fact]
    public async Task PartlyPaid_AndTheRestCredited_IsPaid()
    {
        var id = await InvoiceAsync(100);
        Done(await PayAsync(id, new NewPayment { Method = "cash", Amount = 60 }, "1"));
        Assert.Equal("invoice_paid", Refused(await practice.Desk.VoidAsync(practice.Tenant, id, default)));
        Done(await CreditAsync(id, new NewCreditNote { Reason = "Goodwill", Amount = 40 }, "c"));
        Assert.Equal(InvoiceStatus.Paid, (await ViewAsync(id)).Status);
        Assert.Single(practice.Writer.Signals);
    }

    [Fact]
    public async Task Change_MovesTheDueDate_AndWhatWasLateIsNotAnyMore()
    {
        var id = await InvoiceAsync(100);
        await practice.Invoices.MarkAsync(practice.Tenant, id, InvoiceStatus.Overdue, null, default);
        Done(await practice.Desk.ChangeAsync(practice.Tenant, id, new DateOnly(2027, 1, 4), "Two\nlines\u0007", default));
        var view = await ViewAsync(id);
        Assert.Equal((InvoiceStatus.Open, new DateOnly(2027, 1, 4), "Two\nlines"), (view.Status, view.DueOn, view.Note));
        Assert.Equal("dueOn", WrongIn(await practice.Desk.ChangeAsync(practice.Tenant, id, new DateOnly(2026, 11, 23), null, default)));
        Assert.Equal("dueOn", WrongIn(await practice.Desk.ChangeAsync(practice.Tenant, id, DateOnly.MaxValue, null, default)));

        Done(await practice.Desk.VoidAsync(practice.Tenant, id, default));
        Assert.Equal("invoice_void", Refused(await practice.Desk.ChangeAsync(
            practice.Tenant, id, new DateOnly(2027, 1, 5), null, default)));
    }

    [Fact]
    public async Task OfAnotherPractice_IsUnknown()
    {
        var id = await InvoiceAsync(100);
        foreach (var outcome in new[]
        {
            await practice.Desk.ChangeAsync(Foreign, id, null, "x", default), await practice.Desk.VoidAsync(Foreign, id, default),
            await practice.Desk.BillAsync(Foreign, id, default),
            await practice.Desk.PayAsync(Foreign, id, new NewPayment { Method = "cash" }, "1", default),
            await practice.Desk.CreditAsync(Foreign, id, new NewCreditNote { Reason = "x" }, "1", default),
        }) Assert.IsType<InvoiceOutcome.Unknown>(outcome);
        var contact = (await practice.ContactAsync()).Id;
        Assert.Equal("contactId", WrongIn(await practice.Desk.AddAsync(
            Foreign, new NewInvoice { ContactId = contact, Currency = "usd", Lines = [Line("Visit", 1, 5)] }, "1", default)));
    }

    [Fact]
    public async Task PartPayments_CountInAgesRemindersAndLists()
    {
        var id = await InvoiceAsync(100);
        Done(await PayAsync(id, new NewPayment { Method = "cash", Amount = 25 }, "1"));
        Done(await CreditAsync(id, new NewCreditNote { Reason = "Late", Amount = 5 }, "c"));
        var owed = Assert.Single((await practice.Figures.ReceivablesAsync(
            practice.Tenant, Engine.Practice.DateRange.Named("last_30_days")!, default)).Currencies);
        Assert.Equal((7_000, 7_000, 2_500), (owed.Owed.Cents, owed.Ages.NotYetDue, owed.Paid.Cents));
        Assert.Equal(7_000, Assert.Single(owed.Biggest).Cents);
        Assert.Equal(new CurrencyDebts("usd", owed.Owed, owed.Ages),
            Assert.Single((await practice.Figures.AgesAsync(practice.Tenant, default)).Currencies));
        Assert.Equal("$70.00", (await practice.Invoices.FindAsync(practice.Tenant, id, default))!.Balance);
        Assert.Equal(7_000, Assert.Single(await practice.InvoicePages.SumsAsync(practice.Tenant, default)).TotalCents);
        foreach (var (search, count) in new[] { ("INV-1001", 1), ("1001", 1), ("lopez", 1), ("inv 1002", 0), ("nobody", 0), ("%", 0) })
            Assert.Equal(count, (await practice.InvoicePages.ListAsync(
                practice.Tenant, new InvoiceFilter { Search = search }, null, 9, default)).Total);
        foreach (var (filter, count) in new (PaymentFilter, int)[]
        {
            (new() { InvoiceId = id }, 1), (new() { InvoiceId = practice.Ids.New() }, 0), (new() { From = new(2026, 11, 24) }, 1),
            (new() { To = new(2026, 11, 23) }, 0), (new() { Method = "card" }, 0),
            (new() { ContactId = (await practice.ContactAsync()).Id }, 1),
            (new() { From = DateOnly.MinValue, To = DateOnly.MaxValue }, 1), (new() { From = DateOnly.MaxValue }, 0),
            (new() { To = DateOnly.MinValue }, 0), (new() { From = DateOnly.MaxValue, To = DateOnly.MinValue }, 0),
        }) Assert.Equal(count, (await practice.Payments.PageAsync(practice.Tenant, filter, 0, 9, default)).Total);
    }

    private Tenant Foreign => practice.Tenant with { Environment = StudioEnvironment.Test };

    private static NewInvoiceLine Line(string what, decimal quantity, decimal price, decimal tax = 0) =>
        new() { What = what, Quantity = quantity, UnitPrice = price, TaxPercent = tax };

    private static InvoiceOutcome.Done Done(InvoiceOutcome outcome)
    {
        Assert.True(outcome is InvoiceOutcome.Done, outcome.ToString());
        return (InvoiceOutcome.Done)outcome;
    }

    private static string WrongIn(InvoiceOutcome outcome) => Assert.IsType<InvoiceOutcome.Wrong>(outcome).Problems[0].Field;

    private static string Refused(InvoiceOutcome outcome) => Assert.IsType<InvoiceOutcome.Refused>(outcome).Code;

    private async Task<Guid> InvoiceAsync(decimal price) => Done(await AddAsync(Line("Visit", 1, price))).Id;

    private Task<InvoiceOutcome> AddAsync(params NewInvoiceLine[] lines) => AddAsync("usd", lines);

    private async Task<InvoiceOutcome> AddAsync(string currency, params NewInvoiceLine[] lines) => await practice.Desk.AddAsync(
        practice.Tenant, new NewInvoice { ContactId = (await practice.ContactAsync()).Id, Currency = currency, Lines = lines },
        $"hand:{practice.Ids.New():N}", default);

    private Task<InvoiceOutcome> PayAsync(Guid id, NewPayment payment, string key) =>
        practice.Desk.PayAsync(practice.Tenant, id, payment, key, default);

    private Task<InvoiceOutcome> CreditAsync(Guid id, NewCreditNote credit, string key) =>
        practice.Desk.CreditAsync(practice.Tenant, id, credit, key, default);

    private async Task<InvoiceView> ViewAsync(Guid id) => (await practice.InvoicePages.ByIdAsync(practice.Tenant, id, default))!;
}
