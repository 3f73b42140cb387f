using WorkflowStudio.Engine.Connectors.Invoices;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Tests.Connectors.Invoices;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(18_000, "usd", "$180.00")]
    [InlineData(118_005, "EUR", "€1,180.05")]
    [InlineData(1_180, "jpy", "¥1,180")]
    [InlineData(-50, "gbp", "-£0.50")]
    [InlineData(100, "xyz", "XYZ 1.00")]
    public void Text_Money_ReadsWell(long cents, string currency, string expected) => Assert.Equal(expected, Money.Text(cents, currency));
}
