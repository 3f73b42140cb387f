using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Tests.Model;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(18_000, "usd", "$180.00")]
    [InlineData(118_005, "EUR", "€1,180.05")]
    [InlineData(1_180, "jpy", "¥1,180")]
    [InlineData(-50, "gbp", "-£0.50")]
    [InlineData(1_235, "bhd", "BHD 1.235")]
    [InlineData(12_345, "CLF", "CLF 1.2345")]
    public void Text_Money_ReadsWell(long cents, string currency, string expected) => Assert.Equal(expected, Money.Text(cents, currency));

    [Fact]
    public void Text_CurrencyThatIsNotInTheList_IsRefused() => Assert.Throws<ArgumentException>(() => Money.Text(100, "xyz"));

    [Theory]
    [InlineData(0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF")]
    [InlineData(3, "BHD IQD JOD KWD LYD OMR TND")]
    [InlineData(4, "CLF UYW")]
    [InlineData(2, "usd eur HUF COP IDR MGA MRU XCG ZWG")]
    public void Decimals_OfACurrency_AreThoseOfIso4217(int decimals, string codes) =>
        Assert.All(codes.Split(' '), code => Assert.Equal(decimals, Money.Decimals(code)));

    [Theory]
    [InlineData("XYZ")]
    [InlineData("XAU")]
    [InlineData("US")]
    [InlineData("")]
    public void Decimals_OfWhatIsNoMoney_AreNotGuessed(string code) => Assert.Null(Money.Decimals(code));

    [Fact]
    public void Known_CurrenciesOfInvoices_HaveDecimals() => Assert.All(Money.Known, code => Assert.NotNull(Money.Decimals(code)));
}
