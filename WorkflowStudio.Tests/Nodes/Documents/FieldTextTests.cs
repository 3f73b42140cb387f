using System.Globalization;
using WorkflowStudio.Engine.Nodes.Documents.Fields;

namespace WorkflowStudio.Tests.Nodes.Documents;

/// <summary>Amounts and days as documents write them.</summary>
public sealed class FieldTextTests
{
    private static readonly TextHabits English = new(IsDecimalComma: false, IsDayFirst: false);
    private static readonly TextHabits European = new(IsDecimalComma: true, IsDayFirst: true);

    [Theory]
    [InlineData("$1,250.00", false, "1250.00 USD")]
    [InlineData("1.250,00 €", true, "1250.00 EUR")]
    [InlineData("EUR 1.250", true, "1250 EUR")]
    [InlineData("1.250", false, "1.250")]
    [InlineData("1,250", false, "1250")]
    [InlineData("1,250", true, "1.250")]
    [InlineData("12,5", false, "12.5")]
    [InlineData("CHF 1'250.50", false, "1250.50 CHF")]
    [InlineData("1 250,00", true, "1250.00")]
    [InlineData("-12.00", false, "-12.00")]
    [InlineData("(12.00)", false, "-12.00")]
    [InlineData("12.00-", false, "-12.00")]
    [InlineData("−£12.00", false, "-12.00")]
    [InlineData("1.234.567,89", false, "1234567.89")]
    [InlineData("19 %", false, "")]
    [InlineData("A12", false, "")]
    [InlineData("12/2026", false, "")]
    public void Amount_OfUsualForms_IsRead(string text, bool isDecimalComma, string amount)
    {
        var found = AmountText.All(text, isDecimalComma ? European : English);
        Assert.Equal(amount, string.Join(" ", found.Take(1).Select(a =>
            $"{a.Value.ToString(CultureInfo.InvariantCulture)} {a.Currency}".Trim())));
    }

    [Theory]
    [InlineData("2026-11-30", "2026-11-30")]
    [InlineData("30.11.2026", "2026-11-30")]
    [InlineData("on 11/30/2026.", "2026-11-30")]
    [InlineData("30/11/2026", "2026-11-30")]
    [InlineData("03/05/26", "2026-03-05")]
    [InlineData("November 30th, 2026", "2026-11-30")]
    [InlineData("Nov. 30, 2026", "2026-11-30")]
    [InlineData("30 Nov 2026", "2026-11-30")]
    [InlineData("30-Nov-2026", "2026-11-30")]
    [InlineData("3 de mayo de 2026", "2026-05-03")]
    [InlineData("the 1st of August 2026", "2026-08-01")]
    [InlineData("31/02/2026", null)]
    [InlineData("call 555-01-42", null)]
    [InlineData("version 1.2.3", null)]
    public void Day_OfUsualForms_IsRead(string text, string? day) =>
        Assert.Equal(day, DayText.TryFind(text, English, out var found) ? found.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null);

    [Theory]
    [InlineData("1.250,00 and 3,50", true, true)]
    [InlineData("1,250.00 and 3.50 on 5/3/2026", false, false)]
    [InlineData("3.50 on 25/3/2026 and 5/3/2026", false, true)]
    public void Habits_AreToldByTheWholeText(string text, bool isDecimalComma, bool isDayFirst) =>
        Assert.Equal(new TextHabits(isDecimalComma, isDayFirst), TextHabits.Of(text));
}
