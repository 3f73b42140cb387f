using System.Globalization;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Expressions.Values;
using WorkflowStudio.Engine.Model;
using static WorkflowStudio.Engine.Expressions.Functions.Takes;

namespace WorkflowStudio.Engine.Expressions.Functions;

/// <summary>Functions of numbers, which are exact decimals.</summary>
internal static class NumberFunctions
{
    private const int MaxDecimals = 10;

    public static ExpressionFunction[] All { get; } =
    [
        new("number", "The number that a text spells, with a dot as the decimal mark and "
            + "commas between thousands only, so that 0,5 is none; a number as it is. A text that is no number gives the second argument, "
            + "or ends the step.", [Any("value"), Number("otherwise").Optional()], ExpressionType.Number, "number(\"1,180.50\")")
        { Body = Read },
        new("round", "The number, rounded half away from zero to so many decimals, 0 when not given.",
            [Number("number"), Whole("decimals").Optional()], ExpressionType.Number, "round(2.345, 2)")
        { Body = a => Rounded(a, (number, decimals) => Math.Round(number, decimals, MidpointRounding.AwayFromZero)) },
        new("floor", "The number, rounded down to so many decimals, 0 when not given.", [Number("number"), Whole("decimals").Optional()],
            ExpressionType.Number, "floor(2.9)")
        { Body = a => Rounded(a, (number, decimals) => Math.Round(number, decimals, MidpointRounding.ToNegativeInfinity)) },
        new("ceil", "The number, rounded up to so many decimals, 0 when not given.", [Number("number"), Whole("decimals").Optional()],
            ExpressionType.Number, "ceil(2.1)")
        { Body = a => Rounded(a, (number, decimals) => Math.Round(number, decimals, MidpointRounding.ToPositiveInfinity)) },
        new("abs", "The number without its sign.", [Number("number")], ExpressionType.Number, "abs(-3)")
        { Body = a => Value.Of(Math.Abs(a.Number(0))) },
        new("min", "The smallest of several values, or of the items of a list: numbers, texts or dates; null for an empty list.",
            [Any("value").Many()], ExpressionType.Any, "min(3, 1, 2)")
        { Body = a => Extreme(a, -1), Infer = ListFunctions.ItemOrJoin },
        new("max", "The largest of several values, or of the items of a list: numbers, texts or dates; null for an empty list.",
            [Any("value").Many()], ExpressionType.Any, "max([3, 1, 2])")
        { Body = a => Extreme(a, 1), Infer = ListFunctions.ItemOrJoin },
        new("clamp", "The number, but not below the first limit and not above the second.",
            [Number("number"), Number("least"), Number("most")], ExpressionType.Number, "clamp(12, 0, 10)")
        {
            Body = a => a.Number(1) > a.Number(2)
                ? a.Fail("clamp needs a least that is not above the most.")
                : Value.Of(Math.Clamp(a.Number(0), a.Number(1), a.Number(2))),
        },
        new("format_number", "The number as people read it: thousands with commas and so many decimals, 0 when not given.",
            [Number("number"), Whole("decimals").Optional()], ExpressionType.Text, "format_number(1234567.891, 2)")
        { Body = Format },
    ];

    private static Value Read(Arguments a)
    {
        if (a[0].Kind == ValueKind.Number) return a[0];
        if (a[0].Kind == ValueKind.Text && NumberText.TryRead(a[0].Text(), out var read)) return Value.Of(read);
        return a.Has(1)
            ? a[1]
            : a.Fail($"number cannot read {ValueText.Shown(a[0])} as a number. Give a second argument for such values: number(…, 0).");
    }

    private static Value Rounded(Arguments a, Func<decimal, int, decimal> round) =>
        a.Whole(1) is >= 0 and <= MaxDecimals and var decimals
            ? Value.Of(round(a.Number(0), decimals))
            : a.Fail($"{a.Call.Function.Name} needs 0 to 10 decimals.");

    private static Value Format(Arguments a) =>
        a.Whole(1) is >= 0 and <= MaxDecimals and var decimals
            ? Value.Of(Math.Round(a.Number(0), decimals, MidpointRounding.AwayFromZero)
                .ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))
            : a.Fail("format_number needs 0 to 10 decimals.");

    private static Value Extreme(Arguments a, int sign)
    {
        var (best, isFirst) = (Value.Null, true);
        foreach (var value in a is { Count: 1 } && a[0].Kind == ValueKind.List
            ? a.Items(0)
            : Enumerable.Range(0, a.Count).Select(i => a[i]).ToArray())
        {
            var order = isFirst ? ValueOrder.Compare(value, value) is null ? null : sign : ValueOrder.Compare(value, best);
            if (order is null)
                return a.Fail($"{a.Call.Function.Name} compares numbers, texts or dates of one kind, but {ValueText.Shown(value)} was "
                    + $"found{(isFirst ? "" : $" beside {ValueText.Shown(best)}")}.");
            if (Math.Sign(order.Value) == sign || isFirst) best = value;
            isFirst = false;
        }
        return best;
    }
}
