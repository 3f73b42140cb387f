using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Practice;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Practice;

public sealed class ReceivablesNodeTests : IDisposable
{
    private readonly PracticeFixture practice = new();

    public void Dispose() => practice.Dispose();

    [Fact]
    public async Task Execute_SomeDebts_AreSummedUpForPeople()
    {
        var ana = await practice.ContactAsync("Ana", "ana@example.test", null);
        await practice.InvoiceAsync(0, 10_005, contact: ana);
        await practice.InvoiceAsync(95, 20_000, contact: ana);
        await practice.InvoiceAsync(40, 99);
        await practice.InvoiceAsync(20, 1_500, "jpy");
        practice.Clock.AdjustTime(practice.Clock.GetUtcNow().AddDays(91));
        await practice.InvoiceAsync(3, 500);

        var call = Call("""{"date_range":"today"}""");
        var output = await call.OutputAsync();
        Assert.Equal(
            """
            Receivables on February 23, 2027

            JPY: ¥1,500 on 1 invoice
            - not yet due: ¥0
            - 0–30 days: ¥0
            - 31–60 days: ¥0
            - 61–90 days: ¥1,500
            - over 90 days: ¥0
            Who owes most: Maria Lopez, ¥1,500 on 1 invoice

            USD: $306.04 on 4 invoices
            - not yet due: $205.00
            - 0–30 days: $0.00
            - 31–60 days: $0.99
            - 61–90 days: $0.00
            - over 90 days: $100.05
            Who owes most: Ana Lopez, $300.05 on 2 invoices; Maria Lopez, $5.99 on 2 invoices

            Billed and paid, today (February 23, 2027):
            - billed $5.00 on 1 invoice, paid $0.00 on 0 invoices
            """.ReplaceLineEndings("\n"),
            output.GetProperty("summary").GetString());
        var dollars = output.GetProperty("currencies")[1];
        Assert.Equal("usd 4 $306.04 30604 20500 0 99 0 10005", string.Join(' ', new[]
        {
            "currency", "count", "total", "total_cents", "not_yet_due_cents", "days_0_30_cents", "days_31_60_cents", "days_61_90_cents",
            "days_over_90_cents",
        }.Select(n => dollars.GetProperty(n).ToString())));
        Assert.Equal(ana.Id, dollars.GetProperty("biggest_debtors")[0].GetProperty("contact_id").GetGuid());
        Assert.Equal(["To be paid: ¥1,500 on 1 invoice and $306.04 on 4 invoices"], call.Log);
    }

    [Fact]
    public async Task Execute_NoDebts_SaysSo()
    {
        var output = await Call("{}").OutputAsync();
        Assert.Equal("Receivables on November 24, 2026\nNothing is to be paid.\n\n"
            + "Billed and paid, this month (November 1, 2026 to November 30, 2026):\n- nothing was billed or paid",
            output.GetProperty("summary").GetString());
        Assert.Equal("""{"name":"this_month","from":"2026-11-01T00:00:00-05:00","before":"2026-12-01T00:00:00-06:00"}""",
            output.GetProperty("period").GetRawText());
    }

    [Theory]
    [InlineData("\"last_week\"", "date_range: “last_week” is no period. Use one of today, yesterday, last_7_days, last_30_days, "
        + "this_month, last_month, this_quarter, last_quarter, this_year, last_year, all, or {\"from\", \"to\"} with two days. "
        + "Did you mean last_year?")]
    [InlineData("7", "date_range: Period must be a word such as last_7_days or an object with from and to, but 7 was found.")]
    [InlineData("{}", "date_range: Period needs from, to or both, each a day such as 2026-11-01.")]
    [InlineData("""{"from":"1 May"}""", "date_range.from: Period: from must be a day such as 2026-11-01, but “1 May” was found.")]
    [InlineData("""{"to":"2026-02-30"}""", "date_range.to: Period: to must be a day such as 2026-11-01, but “2026-02-30” was found.")]
    [InlineData("""{"from":"2026-11-02","to":"2026-11-01"}""",
        "date_range: Period ends on 2026-11-01, before it begins on 2026-11-02. Exchange from and to.")]
    public async Task Check_NoPeriod_NamesTheKnownAtSaveAndInTheRun(string value, string expected)
    {
        var settings = $$"""{"date_range":{{value}}}""";
        foreach (var node in new NodeType[] { new ReceivablesNode(practice.Figures), new PaymentsNode(practice.Figures) })
        {
            Assert.Equal([$"wrong_setting {expected}"], FlowCall.Problems(node, settings));
            var failed = Assert.IsType<NodeOutcome.Failed>(await new NodeCall(practice, node, settings).RunAsync());
            Assert.Equal("wrong_setting", failed.Code);
        }
    }

    [Theory]
    [InlineData("\"{{ $initialPayload.range }}\"")]
    [InlineData("""{"from":"{{ $initialPayload.from }}"}""")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("""{"from":"2026-11-01","to":"2026-11-01"}""")]
    public void Check_WhatMayBeAPeriod_IsTaken(string value) =>
        Assert.Empty(FlowCall.Problems(new ReceivablesNode(practice.Figures), $$"""{"date_range":{{value}}}"""));

    private NodeCall Call(string settings) => new(practice, new ReceivablesNode(practice.Figures), settings);
}
