using WorkflowStudio.Engine.Nodes.Practice;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Practice;

public sealed class OverdueNodeTests : IDisposable
{
    private readonly PracticeFixture practice = new();

    public void Dispose() => practice.Dispose();

    [Fact]
    public async Task Execute_InvoicesOfThePast_AreMarkedAndTold()
    {
        var late = await practice.InvoiceAsync(dueInDays: 1);
        await practice.InvoiceAsync(dueInDays: 2);
        practice.Clock.Advance(TimeSpan.FromDays(2));

        var call = Call();
        var output = await call.OutputAsync();
        Assert.Equal(
            $$"""
            {"count":1,"invoices":[{"invoice_id":"{{late.Id}}","number":"INV-1001","contact_id":"{{late.ContactId}}","client":"Maria Lopez","total_cents":15000,"total":"$150.00","balance_cents":15000,"currency":"usd","due_on":"2026-11-25"}],"and_more":false,"summary":"1 invoice is overdue now: $150.00.\n- INV-1001, Maria Lopez, $150.00, due November 25"}
            """, output.GetRawText());
        Assert.Equal(["1 invoice is overdue now: $150.00."], call.Log);
        Assert.Equal(InvoiceStatus.Overdue, (await practice.Invoices.FindAsync(practice.Tenant, late.Id, default))!.Status);
    }

    [Fact]
    public async Task Execute_LateInTheEveningOfTheLastDay_MarksNothing()
    {
        await practice.InvoiceAsync(dueInDays: 0);
        practice.Clock.AdjustTime(new DateTimeOffset(2026, 11, 24, 23, 59, 0, TimeSpan.FromHours(-6)));

        var output = await Call().OutputAsync();
        Assert.Equal((0, "No invoice has become overdue."),
            (output.GetProperty("count").GetInt32(), output.GetProperty("summary").GetString()));
        practice.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, (await Call().OutputAsync()).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Execute_CalledAgain_TellsTheSame_AndAnotherRunFindsNothing()
    {
        await practice.InvoiceAsync(dueInDays: 0, currency: "eur");
        await practice.InvoiceAsync(dueInDays: 0);
        practice.Clock.Advance(TimeSpan.FromDays(1));

        var first = await Call().OutputAsync();
        Assert.StartsWith("2 invoices are overdue now: €150.00 and $150.00.\n", first.GetProperty("summary").GetString(),
            StringComparison.Ordinal);
        Assert.Equal(first.GetRawText(), (await Call().OutputAsync()).GetRawText());
        Assert.Equal(0, (await Call("other/step").OutputAsync()).GetProperty("count").GetInt32());
    }

    private NodeCall Call(string key = "run/step") => new(practice, new OverdueNode(practice.Invoices), "{}") { EffectKey = key };
}
