using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Practice;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Practice;

public sealed class RecurringInvoiceNodeTests : IDisposable
{
    private const string Lines = """[{"description":"Retainer","quantity":2,"unit_amount":450.05},{"description":"Filing","unit_amount":1}]""";

    private readonly PracticeFixture practice = new();

    public void Dispose() => practice.Dispose();

    [Fact]
    public async Task Execute_Series_MakesAnInvoiceOfThePeriod()
    {
        var call = Call($$"""{"lines":{{Lines}},"due_in_days":10,"note":"Thank you","payment_method_types":["usdc"]}""");
        var output = await call.OutputAsync();

        Assert.Equal("INV-1001 90110 $901.10 usd 2026-12-04 December 4 open True November 2026", string.Join(' ', new[]
        { "number", "total_cents", "total", "currency", "due_on", "due", "status", "created", "period" }
            .Select(n => output.GetProperty(n).ToString())));
        var sheet = await SheetAsync(output);
        Assert.Equal(
            [InvoiceLine.Of("Retainer", "November 2026", 2, 45_005), InvoiceLine.Of("Filing", "November 2026", 1, 100)], sheet.Lines);
        Assert.Equal(("Thank you", "usdc", "Maria Lopez"), (sheet.Note, Assert.Single(sheet.PaymentMethods), sheet.Contact.Name));
        Assert.Equal(["Invoice INV-1001 for Maria Lopez, November 2026: $901.10, due December 4"], call.Log);
    }

    [Theory]
    [InlineData("week", 5, 6, "week 48 of 2026", "week 49 of 2026")] // Tuesday, to Sunday and to Monday
    [InlineData("month", 6, 7, "November 2026", "December 2026")]
    [InlineData("quarter", 37, 38, "quarter 4 of 2026", "quarter 1 of 2027")]
    [InlineData("year", 37, 38, "2026", "2027")]
    public async Task Execute_RunAgain_MakesOneInvoiceAPeriod(string period, int last, int next, string first, string second)
    {
        var settings = $$"""{"period":"{{period}}","lines":{{Lines}}}""";
        var made = await Call(settings).OutputAsync();
        Assert.Equal(made.GetRawText(), (await Call(settings).OutputAsync()).GetRawText()); // the same run, called again

        practice.Clock.Advance(TimeSpan.FromDays(last));
        var other = Call(settings);
        (other.RunId, other.EffectKey) = (practice.Ids.New(), "other run/step");
        var again = await other.OutputAsync();
        Assert.Equal((first, "INV-1001", false), (Text(again, "period"), Text(again, "number"), again.GetProperty("created").GetBoolean()));
        Assert.Equal([$"Maria Lopez has the invoice of {first} already: INV-1001. No second one was made. Where a client has several, "
            + "tell them apart in the setting Series."], other.Log);

        practice.Clock.Advance(TimeSpan.FromDays(next - last));
        var later = await Call(settings).OutputAsync();
        Assert.Equal((second, "INV-1002"), (Text(later, "period"), Text(later, "number")));
    }

    [Fact]
    public async Task Execute_ForTwoClientsOrBySteps_HasASeriesForEach()
    {
        var ana = await practice.ContactAsync("Ana", "ana@example.test", null);
        foreach (var (settings, node) in new[]
        {
            ($$"""{"lines":{{Lines}}}""", "a"), ($$"""{"contact":"{{ana.Id}}","lines":{{Lines}}}""", "a"),
            ($$"""{"contact":" ANA@example.test ","lines":{{Lines}}}""", "b"), ($$"""{"contact":"ana@example.test","lines":{{Lines}}}""", "a"),
        })
        {
            var call = Call(settings);
            call.NodeId = node;
            await call.OutputAsync();
        }

        Assert.Equal(3, (await practice.InvoicePages.ListAsync(practice.Tenant, new InvoiceFilter(), null, 9, default)).Total);
    }

    [Fact]
    public async Task Execute_TriedAgainAfterMidnight_IsStillOfThePeriodOfItsFirstCall()
    {
        practice.Clock.AdjustTime(new DateTimeOffset(2026, 12, 1, 5, 59, 0, TimeSpan.Zero));
        var call = Call($$"""{"lines":{{Lines}}}""");
        call.Since = practice.Clock.GetUtcNow();
        var first = await call.OutputAsync();
        practice.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(first.GetRawText(), (await call.OutputAsync()).GetRawText());
        Assert.Equal(("November 2026", 1),
            (Text(first, "period"), (await practice.InvoicePages.ListAsync(practice.Tenant, new InvoiceFilter(), null, 9, default)).Total));
    }

    [Fact]
    public async Task Execute_ForItemsOfOneClient_MakesOneForEachSeriesAndTellsOfEachOnce()
    {
        var made = new List<string>();
        foreach (var (series, key) in new[]
        { ("A", "run/step:0"), ("B", "run/step:1"), (" A ", "run/step:2"), ("", "run/step:3"), ("", "run/step:4"), ("B", "run/step:1") })
        {
            var call = Call($$"""{"series":"{{series}}","lines":{{Lines}}}""");
            call.EffectKey = key;
            var output = await call.OutputAsync();
            made.Add($"{Text(output, "number")} {output.GetProperty("created")}");
        }

        Assert.Equal(["INV-1001 True", "INV-1002 True", "INV-1001 False", "INV-1003 True", "INV-1003 False", "INV-1002 True"], made);
    }

    [Theory]
    [InlineData("run/step")]
    [InlineData("other run/step")]
    public async Task Execute_InvoiceOfThePeriodWasTakenBack_SaysSoAndMakesNone(string key)
    {
        var made = await Call($$"""{"lines":{{Lines}}}""").OutputAsync();
        await practice.Invoices.MarkAsync(practice.Tenant, made.GetProperty("invoice_id").GetGuid(), InvoiceStatus.Void, null, default);
        var call = Call($$"""{"lines":{{Lines}}}""");
        call.EffectKey = key;

        var again = await call.OutputAsync();
        Assert.Equal(("void", false), (Text(again, "status"), again.GetProperty("created").GetBoolean()));
        Assert.Equal(["Warning: The invoice of November 2026 for Maria Lopez, INV-1001, was taken back, and the step makes no other one. "
            + "Make it by hand if the client is to pay after all."], call.Log);
        Assert.Equal(1, (await practice.InvoicePages.ListAsync(practice.Tenant, new InvoiceFilter(), null, 9, default)).Total);
    }

    [Fact]
    public async Task Execute_AtTheEndOfTheMonth_GoesByTheZoneOfTheRun()
    {
        practice.Clock.AdjustTime(new DateTimeOffset(2026, 12, 1, 5, 59, 0, TimeSpan.Zero));
        Assert.Equal("November 2026", Text(await Call($$"""{"lines":{{Lines}}}""").OutputAsync(), "period"));
    }

    [Theory]
    [InlineData("bo@example.test")]
    [InlineData("0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001")]
    [InlineData("Bo")]
    public async Task Execute_UnknownContact_MakesNone(string contact)
    {
        Assert.Equal(
            new NodeOutcome.Failed("contact_unknown",
                $"There is no contact “{contact}”. Name the id or the e-mail address of one, or leave it "
                + "empty for the contact whom the run is about."),
            await Call($$"""{"contact":"{{contact}}","lines":{{Lines}}}""").RunAsync());
        using var db = practice.CreateDbContext();
        Assert.Empty(db.Invoices);
    }

    [Theory]
    [InlineData("""{}""",
        "missing_setting lines: Nothing says what is billed. Add a line with a description and a price: without one a run fails here.")]
    [InlineData("""{"lines":[{"description":"x","unit_amount":1.005}]}""",
        "wrong_setting lines[0].unit_amount: 1.005 has more decimals than usd has: at most 2.")]
    [InlineData("""{"currency":"JPY","lines":[{"description":"x","unit_amount":1},{"description":"x","unit_amount":0.5}]}""",
        "wrong_setting lines[1].unit_amount: 0.5 has more decimals than jpy has: at most 0.")]
    [InlineData("""{"lines":[{"description":"x","unit_amount":-1}]}""",
        "wrong_setting lines[0].unit_amount: Price of one must be at least 0, but -1 was found.")]
    [InlineData("""{"currency":"xxx","lines":[{"description":"x","unit_amount":1}]}""",
        "wrong_setting currency: “xxx” is not a currency that invoices can be in. Use one of: aud, brl, cad, chf, dkk, eur, gbp, inr, jpy, "
        + "mxn, nok, nzd, pln, sek, usd.")]
    [InlineData("""{"period":"day","lines":[{"description":"x","unit_amount":1}]}""",
        "wrong_setting period: One each must be one of week, month, quarter, year, but the text \"day\" was found.")]
    public async Task Check_BadSettings_AreNamedAtSaveAndInTheRun(string settings, string expected)
    {
        Assert.Equal([expected], FlowCall.Problems(Node(), settings));
        Assert.IsType<NodeOutcome.Failed>(await Call(settings).RunAsync());
    }

    [Fact]
    public async Task Execute_TotalOfNothing_IsRefusedByTheLedger() => Assert.Equal(
        "invoice_amount",
        Assert.IsType<NodeOutcome.Failed>(await Call("""{"lines":[{"description":"x","unit_amount":0}]}""").RunAsync()).Code);

    [Fact]
    public void Summary_SaysHowOften() => Assert.Equal(
        "Each quarter, due in 14 days", Node().Summary(JsonElement.Parse($$"""{"period":"quarter","lines":{{Lines}}}""")));

    private RecurringInvoiceNode Node() => new(practice.Invoices, practice.Contacts);

    private NodeCall Call(string settings) => new(practice, Node(), settings);

    private async Task<InvoiceView> SheetAsync(JsonElement output) =>
        (await practice.InvoicePages.ByIdAsync(practice.Tenant, output.GetProperty("invoice_id").GetGuid(), default))!;

    private static string? Text(JsonElement output, string name) => output.GetProperty(name).GetString();
}
