using WorkflowStudio.Engine.Nodes.Practice;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Practice;

public sealed class PaymentsNodeTests : IDisposable
{
    private readonly PracticeFixture practice = new();

    public void Dispose() => practice.Dispose();

    [Fact]
    public async Task Execute_SomePayments_AreSummedUpForPeople()
    {
        await PayAsync(15_000, "card");
        await PayAsync(5, "card");
        await PayAsync(700, "usdc");
        await practice.Invoices.MarkAsync(
            practice.Tenant, (await practice.InvoiceAsync(3, 1_200)).Id, InvoiceStatus.Paid, null, default);

        var call = Call("""{"date_range":"today"}""");
        var output = await call.OutputAsync();
        Assert.Equal(
            """
            Payments, today (November 24, 2026)

            Paid:
            USD: $12.00 in 1 payment
            - noted by hand: $12.00 in 1 payment

            Acted out, no money moved:
            USD: $157.05 in 3 payments
            - card: $150.05 in 2 payments
            - usdc: $7.00 in 1 payment
            """.ReplaceLineEndings("\n"),
            output.GetProperty("summary").GetString());
        Assert.Equal("""{"currency":"usd","method":"recorded","simulated":false,"count":1,"total":"$12.00","total_cents":1200}""",
            output.GetProperty("payments")[0].GetRawText());
        Assert.Equal(["4 payments."], call.Log);
    }

    [Fact]
    public async Task Execute_NoPayments_SaysSo() => Assert.Equal(
        "Payments, yesterday (November 23, 2026)\nNothing was paid.",
        (await Call("""{"date_range":"yesterday"}""").OutputAsync()).GetProperty("summary").GetString());

    private async Task PayAsync(long cents, string method)
    {
        var invoice = await practice.InvoiceAsync(3, cents);
        await practice.Invoices.PayAsync(practice.Tenant, invoice.Id, method, PracticeFixture.Key($"pay {invoice.Id}"), default);
    }

    private NodeCall Call(string settings) => new(practice, new PaymentsNode(practice.Figures), settings);
}
