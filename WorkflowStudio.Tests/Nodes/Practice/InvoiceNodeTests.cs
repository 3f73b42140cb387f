using WorkflowStudio.Engine.Practice.Invoices;
using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Practice;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Practice;

public sealed class InvoiceNodeTests : IDisposable
{
    private const string Settings =
        """{"stripe_account_destination":"acct_1Hu483JHG8","currency":"usd","payment_method_types":["card","usdc"],"charge_on_creation":false,"due_date_offset_days":3}""";

    private const string Booked =
        """{"price_cents":15000,"appointment_type":"First visit, skin check","when":"Tuesday, December 1, 9:00 AM","with":"Dr. Reyes"}""";

    private readonly PracticeFixture practice = new();

    public void Dispose() => practice.Dispose();

    [Fact]
    public async Task Execute_AfterBooking_InvoicesTheAppointment()
    {
        var call = Call().After(Booked);
        var output = await call.OutputAsync();

        Assert.Equal("INV-1001 15000 $150.00 usd 2026-11-27 November 27 open",
            string.Join(' ', new[]
            { "number", "total_cents", "total", "currency", "due_on", "due", "status" }.Select(n => output.GetProperty(n).ToString())));
        Assert.Equal(["The Stripe account acct_1Hu483JHG8 is not connected, so the practice's own ledger is used.",
            "Invoice INV-1001, $150.00, due November 27"], call.Log);
        var sheet = await practice.InvoicePages.ByTokenAsync(output.GetProperty("invoice_url").GetString()!.Split('/')[^1], default);
        Assert.Equal(("First visit, skin check", "Tuesday, December 1, 9:00 AM with Dr. Reyes", 15_000L),
            (sheet!.Lines[0].What, sheet.Lines[0].Detail, sheet.Lines[0].AmountCents));
        Assert.Equal(["card", "usdc"], sheet.PaymentMethods);
        Assert.Equal(output.GetProperty("invoice_id").GetGuid(), sheet.Id);
    }

    [Fact]
    public async Task Execute_AmountInPayload_IsTakenWithItsNotes()
    {
        var output = await Call().With("""{"first_name":"Ana","invoice_parameters":{"subtotal_cents":18000,"notes":"Onboarding"}}""")
            .OutputAsync();

        Assert.Equal("$180.00", output.GetProperty("total").GetString());
        Assert.Equal("Onboarding",
            (await practice.InvoicePages.ByIdAsync(practice.Tenant, output.GetProperty("invoice_id").GetGuid(), default))!.Note);
    }

    [Fact]
    public async Task Execute_NoAmount_TakesThePriceOfTheFirstType()
    {
        var call = Call();
        Assert.Equal(15_000, (await call.OutputAsync()).GetProperty("total_cents").GetInt64());
        Assert.Contains("Nothing names an amount, so the price of “First visit, skin check” is taken.", call.Log);
    }

    [Fact]
    public async Task Execute_CalledAgain_AnswersTheSameInvoice()
    {
        var first = await Call().After(Booked).OutputAsync();
        var again = await Call().After(Booked).OutputAsync();

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(1, (await practice.InvoicePages.ListAsync(practice.Tenant, new InvoiceFilter(), null, 9, default)).Total);
    }

    [Fact]
    public async Task Execute_ChargeAtOnce_PaysOnce()
    {
        const string Charged = """{"charge_on_creation":true}""";
        Assert.Equal("paid", (await Call(Charged).OutputAsync()).GetProperty("status").GetString());
        Assert.Equal("paid", (await Call(Charged).OutputAsync()).GetProperty("status").GetString());

        Assert.Single(practice.Writer.Signals);
    }

    [Fact]
    public async Task Execute_ChargeAtOnceLiveWithoutAccount_StaysOpenAndSaysWhy()
    {
        using var strict = new PracticeFixture(captureUntilConnected: false);
        var call = new NodeCall(
            strict, new InvoiceNode(strict.Invoices, strict.Contacts, strict.Calendar), """{"charge_on_creation":true}""");

        Assert.Equal("open", (await call.OutputAsync()).GetProperty("status").GetString());
        Assert.Equal("Warning: The invoice could not be charged at once and stays open. Connect a payment account under Connections, or "
            + "switch this workflow to the sandbox.", call.Log[^1]);
    }

    [Theory]
    [InlineData("\"180\"")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("1000000001")]
    public async Task Execute_WrongAmount_ShowsIt(string amount) => Assert.Equal(
        new NodeOutcome.Failed(
            "invoice_amount", $"invoice_parameters.subtotal_cents is {amount}. Send a whole number of cents from 1 to 1000000000."),
        await Call().With($$$"""{"first_name":"Ana","invoice_parameters":{"subtotal_cents":{{{amount}}}}}""").RunAsync());

    [Fact]
    public async Task Execute_UnknownCurrency_NamesTheKnown() => Assert.Equal(
        new NodeOutcome.Failed("currency_unknown",
            "“xxx” is not a currency that invoices can be in. Use one of: aud, brl, cad, chf, dkk, eur, gbp, inr, jpy, mxn, "
            + "nok, nzd, pln, sek, usd."),
        await Call("""{"currency":"xxx"}""").RunAsync());

    [Theory]
    [InlineData(Settings, "Due in 3 days")]
    [InlineData("""{"due_date_offset_days":1}""", "Due in 1 day")]
    [InlineData("""{"due_date_offset_days":0}""", "Due at once")]
    [InlineData("""{"charge_on_creation":true}""", "Charged at once")]
    [InlineData("""{"due_date_offset_days":"{{ $vars.days }}"}""", null)]
    public void Summary_SaysWhenItIsDue(string settings, string? expected) =>
        Assert.Equal(
            expected, new InvoiceNode(practice.Invoices, practice.Contacts, practice.Calendar).Summary(JsonElement.Parse(settings)));

    private NodeCall Call(string settings = Settings) =>
        new(practice, new InvoiceNode(practice.Invoices, practice.Contacts, practice.Calendar), settings);
}
