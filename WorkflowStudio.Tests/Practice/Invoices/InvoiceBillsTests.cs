using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Connectors.Payments;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Practice.Invoices;

/// <summary>Invoices whose bills are with Stripe: made once, charged, closed, and settled by what Stripe tells.</summary>
public sealed class InvoiceBillsTests : IDisposable
{
    private readonly PracticeFixture practice = new();
    private readonly FakeStripe stripe = new();
    private readonly GuardedHttp http = new(new GuardedHttpOptions { AllowedHosts = ["localhost"] });

    public InvoiceBillsTests() => practice.Listen(KnownEvents.InvoiceCreated, KnownEvents.InvoicePaid);

    public void Dispose()
    {
        stripe.Dispose();
        http.Dispose();
        practice.Dispose();
    }

    [Fact]
    public async Task Invoice_IsBilledOnce_AndLeadsToTheProvidersPage()
    {
        var contact = (await practice.ContactAsync()).Id;
        var first = (await CreateAsync(contact, "a")).Value!;
        Assert.Equal((InvoiceStatus.Open, "https://invoice.stripe.com/i/in_2"), (first.Status, first.Url));
        Assert.Equal(["/v1/customers", "/v1/invoices", "/v1/invoiceitems", "/v1/invoices/in_2/finalize"], stripe.Paths);
        var bill = QueryHelpers.ParseQuery(stripe.Done.ElementAt(1).Body);
        // to the end of the day in Houston
        Assert.Equal(("cus_1", "send_invoice", first.Id.ToString("D"), "1796018399"),
            (bill["customer"].ToString(), bill["collection_method"].ToString(), bill["metadata[workflowstudio_invoice]"].ToString(),
                bill["due_date"].ToString()));
        var line = QueryHelpers.ParseQuery(stripe.Done.ElementAt(2).Body);
        Assert.Equal(("18000", "usd", "First visit, Thursday"),
            (line["amount"].ToString(), line["currency"].ToString(), line["description"].ToString()));

        Assert.Equal(first.Id, (await CreateAsync(contact, "a")).Value!.Id);
        Assert.Equal(4, stripe.Done.Count);
        await CreateAsync(contact, "b");
        Assert.Single(stripe.Paths, p => p == "/v1/customers");
        Assert.Equal([KnownEvents.InvoiceCreated, KnownEvents.InvoiceCreated], practice.Told());
    }

    [Fact]
    public async Task Answer_ThatIsLost_MakesNoSecondBill()
    {
        var contact = (await practice.ContactAsync()).Id;
        stripe.LosesAnswers = 2; // the guarded client tries once more by itself where nothing came back
        for (var i = 0; i < 4 && !(await CreateAsync(contact, "a")).Has(out _, out var problem); i++) Assert.True(problem.Retryable);
        Assert.Equal(["/v1/customers", "/v1/invoices", "/v1/invoiceitems", "/v1/invoices/in_2/finalize"], stripe.Paths);
        Assert.Equal([KnownEvents.InvoiceCreated], practice.Told());
    }

    [Fact]
    public async Task Answer_ThatIsLostForDays_MakesNoSecondBillEither()
    {
        var contact = (await practice.ContactAsync()).Id;
        stripe.Refuses = path => path.EndsWith("/finalize", StringComparison.Ordinal) ? (500, "") : null;
        await CreateAsync(contact, "a");
        stripe.Refuses = _ => null;
        stripe.Forget();
        practice.Clock.Advance(TimeSpan.FromDays(9)); // after the day on which it was due

        stripe.Found.Add(FakeStripe.Invoice("in_77", "open", "https://invoice.stripe.com/i/in_77"));
        Assert.Equal("https://invoice.stripe.com/i/in_77", (await CreateAsync(contact, "a")).Value!.Url);
        Assert.Single(stripe.Paths, p => p == "/v1/invoices");
        Assert.Equal([KnownEvents.InvoiceCreated], practice.Told());
    }

    [Fact]
    public async Task Bill_ThatWasBegunDaysAgo_IsTakenAwayAndMadeAnew()
    {
        var contact = (await practice.ContactAsync()).Id;
        stripe.Refuses = path => path.EndsWith("/finalize", StringComparison.Ordinal) ? (500, "") : null;
        await CreateAsync(contact, "a");
        stripe.Refuses = _ => null;
        stripe.Forget();
        practice.Clock.Advance(TimeSpan.FromDays(9));

        stripe.Found.Add(FakeStripe.Invoice("in_2", "draft", null));
        Assert.True((await CreateAsync(contact, "a")).Value!.IsUnpaid);
        Assert.Contains("DELETE /v1/invoices/in_2", stripe.Paths);
        var bill = QueryHelpers.ParseQuery(stripe.Done.Last(d => d.Path == "/v1/invoices").Body);
        Assert.True(long.Parse(bill["due_date"]!, null) > practice.Clock.GetUtcNow().ToUnixTimeSeconds());
    }

    [Theory]
    [InlineData(401, """{"error":{"message":"Invalid API Key"}}""", "payment_account", false)]
    [InlineData(400, """{"error":{"message":"Amount must be at least 50 cents"}}""", "payment_refused", false)]
    [InlineData(402, """{"error":{"type":"card_error","message":"Your card was declined."}}""", "payment_refused", false)]
    [InlineData(429, """{"error":{"message":"Too many requests"}}""", "payment_later", true)]
    [InlineData(500, "<html>", "payment_later", true)]
    public async Task Refusal_LeavesTheInvoiceVoid_UntilTheSameStepComesThrough(int status, string body, string code, bool again)
    {
        var contact = (await practice.ContactAsync()).Id;
        stripe.Refuses = path => path == "/v1/invoices" ? (status, body) : null;
        var problem = (await CreateAsync(contact, "a")).Problem!;
        Assert.Equal((code, again), (problem.Code, problem.Retryable));
        Assert.DoesNotContain(FakeStripe.Key, problem.Message, StringComparison.Ordinal);
        Assert.Equal(InvoiceStatus.Void,
            (await practice.InvoicePages.ListAsync(practice.Tenant, new InvoiceFilter(), null, 9, default)).Items[0].Status);
        Assert.Empty(practice.Told());
        Assert.Empty(await practice.Reminders.ListAsync(practice.Tenant, new ReminderWish(UnpaidKind.All, 0, 9), Key("r"), default));

        stripe.Refuses = _ => null;
        Assert.Equal(InvoiceStatus.Open, (await CreateAsync(contact, "a")).Value!.Status);
        Assert.Equal([KnownEvents.InvoiceCreated], practice.Told());
    }

    [Fact]
    public async Task Paid_IsNotedOnce_WithRealMoney()
    {
        var invoice = (await CreateAsync((await practice.ContactAsync()).Id, "a")).Value!;
        var ledger = Ledger();
        for (var i = 0; i < 2; i++) await ledger.NoteBillAsync(practice.Tenant, "in_2", null, isPaid: true, default);
        await ledger.NoteBillAsync(practice.Tenant, "in_2", null, isPaid: false, default);
        Assert.Equal(InvoiceStatus.Paid, (await ledger.FindAsync(practice.Tenant, invoice.Id, default))!.Status);
        await using var db = practice.CreateDbContext();
        var payment = Assert.Single(await db.Payments.ToListAsync());
        Assert.Equal((18_000, false, "card"), (payment.AmountCents, payment.Simulated, payment.Method));
        Assert.Equal([KnownEvents.InvoiceCreated, KnownEvents.InvoicePaid], practice.Told());
    }

    [Fact]
    public async Task News_OfAnotherTenantOrAnUnknownBill_ChangeNothing()
    {
        var invoice = (await CreateAsync((await practice.ContactAsync()).Id, "a")).Value!;
        var ledger = Ledger();
        await ledger.NoteBillAsync(new Tenant(practice.Ids.New(), StudioEnvironment.Live), "in_2", invoice.Id, isPaid: true, default);
        await ledger.NoteBillAsync(practice.Tenant with { Environment = StudioEnvironment.Test }, "in_2", invoice.Id, true, default);
        await ledger.NoteBillAsync(practice.Tenant, "in_99", invoice.Id, isPaid: true, default);
        Assert.Equal(InvoiceStatus.Open, (await ledger.FindAsync(practice.Tenant, invoice.Id, default))!.Status);
    }

    [Fact]
    public async Task News_ThatComeBeforeTheBillIsStored_AreNotLost()
    {
        var contact = (await practice.ContactAsync()).Id;
        stripe.Refuses = path => path.EndsWith("/finalize", StringComparison.Ordinal) ? (500, "") : null;
        await CreateAsync(contact, "a");
        var id = (await practice.InvoicePages.ListAsync(practice.Tenant, new InvoiceFilter(), null, 9, default)).Items[0].Id;
        await Ledger().NoteBillAsync(practice.Tenant, "in_2", id, isPaid: true, default);
        stripe.Refuses = _ => null;
        Assert.Equal(InvoiceStatus.Paid, (await CreateAsync(contact, "a")).Value!.Status);
        Assert.Equal([KnownEvents.InvoiceCreated, KnownEvents.InvoicePaid], practice.Told());
    }

    [Theory]
    [InlineData(InvoiceStatus.Void, "/v1/invoices/in_2/void")]
    [InlineData(InvoiceStatus.Paid, "/v1/invoices/in_2/pay")]
    public async Task Closing_ClosesTheBillFirst(InvoiceStatus status, string path)
    {
        var invoice = (await CreateAsync((await practice.ContactAsync()).Id, "a")).Value!;
        stripe.Refuses = p => p == path ? (500, "") : null;
        Assert.Equal("payment_later", (await Ledger().MarkAsync(practice.Tenant, invoice.Id, status, null, default)).Problem!.Code);
        Assert.Equal(InvoiceStatus.Open, (await Ledger().FindAsync(practice.Tenant, invoice.Id, default))!.Status);
        stripe.Refuses = _ => null;
        Assert.Equal(status, (await Ledger().MarkAsync(practice.Tenant, invoice.Id, status, null, default)).Value!.Status);
        Assert.Equal(path, stripe.Paths.Last());
    }

    [Fact]
    public async Task Charge_MovesMoney_AndDoesSoOnce()
    {
        var invoice = (await CreateAsync((await practice.ContactAsync()).Id, "a")).Value!;
        for (var i = 0; i < 2; i++) await Ledger().PayAsync(practice.Tenant, invoice.Id, "card", Key("pay"), default);
        Assert.Single(stripe.Paths, p => p == "/v1/invoices/in_2/pay");
        await using var db = practice.CreateDbContext();
        Assert.False(Assert.Single(await db.Payments.ToListAsync()).Simulated);
    }

    [Fact]
    public async Task Charge_ThatIsDeclined_SaysSoAndLeavesItOpen()
    {
        var invoice = (await CreateAsync((await practice.ContactAsync()).Id, "a")).Value!;
        stripe.Refuses = _ => (402, """{"error":{"type":"card_error","message":"Your card was declined."}}""");
        var problem = (await Ledger().PayAsync(practice.Tenant, invoice.Id, "card", Key("pay"), default)).Problem!;
        Assert.Equal(("payment_refused", "The client's card was not charged: Your card was declined."), (problem.Code, problem.Message));
        Assert.True((await Ledger().FindAsync(practice.Tenant, invoice.Id, default))!.IsUnpaid);
    }

    [Fact]
    public async Task Sandbox_HasNoBills()
    {
        using var sandbox = new PracticeFixture(StudioEnvironment.Test);
        var contact = (await sandbox.ContactAsync()).Id;
        var ledger = Ledger(sandbox);
        var invoice = (await ledger.CreateAsync(sandbox.Tenant, Draft(contact), Key("a"), default)).Value!;
        Assert.StartsWith("https://studio.example.com/i/", invoice.Url, StringComparison.Ordinal);
        Assert.Empty(stripe.Done);
    }

    [Fact]
    public async Task Tax_IsALineOfTheBill_AndAQuantityStandsBeforeItsName()
    {
        var draft = Draft((await practice.ContactAsync()).Id) with
        { Lines = [InvoiceLine.Of("Visit", "", 1.5m, 10_000, 8.25m), InvoiceLine.Of("Cream", "", 1, 999)] };
        Assert.Equal(17_237, (await Ledger().CreateAsync(practice.Tenant, draft, Key("a"), default)).Value!.TotalCents);
        Assert.Equal([("15000", "1.5 × Visit"), ("999", "Cream"), ("1238", "Tax 8.25 %")],
            stripe.Done.Where(d => d.Path == "/v1/invoiceitems").Select(d => QueryHelpers.ParseQuery(d.Body))
                .Select(l => (l["amount"].ToString(), l["description"].ToString())));
    }

    [Fact]
    public async Task Desk_WithABillAtStripe_DoesWhatStripeKnowsAndRefusesTheRest()
    {
        var id = (await CreateAsync((await practice.ContactAsync()).Id, "a")).Value!.Id;
        var (desk, tenant) = (Desk(), practice.Tenant);
        foreach (var refused in new[]
        {
            await desk.ChangeAsync(tenant, id, new DateOnly(2027, 1, 4), null, default),
            await desk.PayAsync(tenant, id, new NewPayment { Method = "cash", Amount = 1 }, "p", default),
            await desk.CreditAsync(tenant, id, new NewCreditNote { Reason = "Late" }, "c", default),
        }) Assert.Equal("invoice_with_provider", Assert.IsType<InvoiceOutcome.Refused>(refused).Code);

        var paid = Assert.IsType<InvoiceOutcome.Done>(await desk.PayAsync(tenant, id, new NewPayment { Method = "cash" }, "p", default));
        Assert.Contains("/v1/invoices/in_2/pay", stripe.Paths);
        Assert.Equal("invoice_with_provider",
            Assert.IsType<InvoiceOutcome.Refused>(await desk.RemovePaymentAsync(tenant, paid.MadeId, default)).Code);
        var credit = new NewCreditNote { Reason = "Late", Amount = 5 };
        Assert.IsType<InvoiceOutcome.Done>(await desk.CreditAsync(tenant, id, credit, "c", default));
    }

    [Fact]
    public async Task Desk_WhereStripeSaysNo_KeepsTheInvoiceAndTriesAgain()
    {
        var said = new NewInvoice
        {
            ContactId = (await practice.ContactAsync()).Id, Currency = "usd",
            Lines = [new NewInvoiceLine { What = "Visit", UnitPrice = 180 }],
        };
        stripe.Refuses = _ => (402, """{"error":{"message":"No such account"}}""");
        var made = Assert.IsType<InvoiceOutcome.Done>(await Desk().AddAsync(practice.Tenant, said, "hand:1", default));
        Assert.Contains("No such account", made.Unbilled, StringComparison.Ordinal);
        Assert.IsType<InvoiceOutcome.Refused>(await Desk().BillAsync(practice.Tenant, made.Id, default));
        stripe.Refuses = _ => null;
        Assert.IsType<InvoiceOutcome.Done>(await Desk().BillAsync(practice.Tenant, made.Id, default));
        Assert.Equal((InvoiceStatus.Open, true), ((await Ledger().FindAsync(practice.Tenant, made.Id, default))!.Status,
            (await Ledger().FindAsync(practice.Tenant, made.Id, default))!.IsBilled));
    }

    [Theory]
    [InlineData("""{"type":"invoice.paid","data":{"object":{"id":"in_1","status":"paid"}}}""", "in_1", true)]
    [InlineData("""{"type":"invoice.voided","data":{"object":{"id":"in_1","metadata":null}}}""", "in_1", false)]
    [InlineData("""{"type":"invoice.payment_succeeded","data":{"object":{"id":"in_1","status":"open"}}}""", null, false)]
    [InlineData("""{"type":"charge.refunded","data":{"object":{"id":"ch_1"}}}""", null, false)]
    [InlineData("""{"type":"invoice.paid","data":[]}""", null, false)]
    [InlineData("""{"type":"invoice.paid"}""", null, false)]
    [InlineData("""["invoice.paid"]""", null, false)]
    [InlineData("nonsense", null, false)]
    public void Posts_AreReadAsFarAsTheyEndABill(string body, string? bill, bool paid)
    {
        var news = StripePosts.Read(System.Text.Encoding.UTF8.GetBytes(body));
        Assert.Equal((bill, paid), (news?.BillId, news?.IsPaid ?? false));
    }

    [Fact]
    public async Task Try_NamesTheAccount_AndWhatIsMissing() => Assert.Equal(
        "Stripe lets the studio in: Houston Dermatology. The key is for tests: no money moves. There is no signing secret yet, so payments "
        + "are not noted by themselves.",
        (await Account().TryAsync(new Connection("stripe", "Stripe", Settings(), FakeStripe.Key), default)).Value);

    private static InvoiceDraft Draft(Guid contact) =>
        new(contact, "usd", [new InvoiceLine("First visit", "Thursday", 1, 18_000)], 5, ["card"]);

    private static EffectSource Key(string key) => PracticeFixture.Key(key);

    private Task<Answer<Invoice>> CreateAsync(Guid contact, string key) =>
        Ledger().CreateAsync(practice.Tenant, Draft(contact), Key(key), default);

    private JsonElement Settings() => JsonSerializer.SerializeToElement(new { endpoint = stripe.Url });

    private StripeAccount Account() => new(new FakeConnections("stripe", Settings().GetRawText(), FakeStripe.Key), http);

    private InvoiceLedger Ledger(PracticeFixture? of = null)
    {
        var at = of ?? practice;
        var books = new InvoiceBooks(at.Events);
        var bills = new InvoiceBills(at.Writer, at, at.Ids, at.Clock, at.Events, books, Account());
        return new InvoiceLedger(at.Writer, at, at.Ids, at.Clock, at.Address, at.Events, bills, books);
    }

    private InvoiceDesk Desk()
    {
        var books = new InvoiceBooks(practice.Events);
        var bills = new InvoiceBills(practice.Writer, practice, practice.Ids, practice.Clock, practice.Events, books, Account());
        return new InvoiceDesk(practice.Writer, practice, practice.Ids, practice.Clock, Ledger(), bills, books, practice.Events);
    }
}
