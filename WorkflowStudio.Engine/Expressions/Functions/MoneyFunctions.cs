using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Expressions.Values;
using WorkflowStudio.Engine.Model;
using static WorkflowStudio.Engine.Expressions.Functions.Takes;

namespace WorkflowStudio.Engine.Expressions.Functions;

/// <summary>Amounts of money. Steps keep them in cents, the smallest unit of a currency.</summary>
internal static class MoneyFunctions
{
    public static ExpressionFunction[] All { get; } =
    [
        new("money", "An amount as people read it, with the decimals of its currency (ISO 4217), in US dollars when none is given.",
            [Number("amount"), Text("currency").Optional()], ExpressionType.Text, "money(1180)")
        { Body = a => Currency(a, 1) is { } currency ? Value.Of(Money.Text(a.Number(0), currency)) : Value.Null },
        new("money_of_cents",
            "An amount in cents, the smallest unit of its currency, as people read it, in US dollars when no currency is given.",
            [Number("cents"), Text("currency").Optional()], ExpressionType.Text, "money_of_cents(118000, \"eur\")")
        { Body = a => Currency(a, 1) is { } currency ? Value.Of(Money.Text(a.Number(0) / Money.Units(currency), currency)) : Value.Null },
        new("to_cents", "An amount in cents, the smallest unit of its currency, rounded half away from zero.",
            [Number("amount"), Text("currency").Optional()], ExpressionType.Number, "to_cents(19.99)")
        { Body = ToCents },
        new("from_cents", "The amount that so many cents are.", [Number("cents"), Text("currency").Optional()], ExpressionType.Number,
            "from_cents(1999)")
        { Body = a => Currency(a, 1) is { } currency ? Value.Of(a.Number(0) / Money.Units(currency)) : Value.Null },
        new("percent_of", "So many percent of an amount, rounded to 2 decimals.", [Number("percent"), Number("amount")],
            ExpressionType.Number, "percent_of(8.25, 180)")
        { Body = PercentOf },
    ];

    private static Value ToCents(Arguments a)
    {
        if (Currency(a, 1) is not { } currency) return Value.Null;
        try
        {
            return Value.Of(Math.Round(a.Number(0) * Money.Units(currency), MidpointRounding.AwayFromZero));
        }
        catch (OverflowException)
        {
            return a.Fail("to_cents met an amount that is too large.");
        }
    }

    private static Value PercentOf(Arguments a)
    {
        try
        {
            return Value.Of(Math.Round(a.Number(0) * a.Number(1) / 100, 2, MidpointRounding.AwayFromZero));
        }
        catch (OverflowException)
        {
            return a.Fail("percent_of met an amount that is too large.");
        }
    }

    private static string? Currency(Arguments a, int index)
    {
        var currency = a.Text(index, "usd");
        if (Money.Decimals(currency) is not null) return currency;
        a.Fail($"{a.Call.Function.Name} needs a currency of ISO 4217 such as usd, but {ValueText.Shown(a[index])} was found.");
        return null;
    }
}
