using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WorkflowStudio.Engine.Expressions.Logic;

/// <summary>
/// How JavaScript turns one kind of value into another (ECMA-262, "Type Conversion"): ToNumber, ToString, parseFloat and JSON Logic's own
/// truth.
/// </summary>
internal static class Coercion
{
    /// <summary>False are: false, null, nothing, 0, not-a-number, "" and the empty list. An empty object and "0" are true.</summary>
    public static bool IsTrue(LogicValue value) => value.Kind switch
    {
        LogicKind.Boolean => value.Number != 0,
        LogicKind.Number => value.Number != 0 && !double.IsNaN(value.Number),
        LogicKind.Text => value.Text.Length > 0,
        LogicKind.List => value.Made is { } made ? made.Length > 0 : value.Json.GetArrayLength() > 0,
        LogicKind.Object => true,
        _ => false,
    };

    public static double ToNumber(LogicValue value) => value.Kind switch
    {
        LogicKind.Null => 0,
        LogicKind.Boolean or LogicKind.Number => value.Number,
        LogicKind.Text => ReadNumber(value.Text),
        LogicKind.List => ReadNumber(ToText(value)),
        _ => double.NaN,
    };

    /// <summary>The number at the beginning of the text, as <c>parseFloat</c> reads it: <c>"3 days"</c> is 3.</summary>
    public static double ParseFloat(LogicValue value)
    {
        if (value.Kind == LogicKind.Number) return value.Number;
        var text = ToText(value).AsSpan().Trim();
        var sign = text.StartsWith("-") ? -1 : 1;
        var unsigned = text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;
        if (unsigned.StartsWith("Infinity")) return sign * double.PositiveInfinity;
        var length = DecimalLength(unsigned);
        return length == 0 ? double.NaN : sign * double.Parse(unsigned[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    public static string ToText(LogicValue value)
    {
        switch (value.Kind)
        {
            case LogicKind.Text: return value.Text;
            case LogicKind.Number: return ToText(value.Number);
            case LogicKind.Boolean: return value.Number != 0 ? "true" : "false";
            case LogicKind.Null: return "null";
            case LogicKind.Undefined: return "undefined";
            case LogicKind.Object: return "[object Object]";
            default:
                var text = new StringBuilder();
                Join(value, text);
                return text.ToString();
        }
    }

    /// <summary>
    /// A number as JavaScript writes it: the shortest digits that read back, with an exponent only below 1e-6 and from 1e21.
    /// </summary>
    public static string ToText(double number)
    {
        if (number == 0) return "0";
        if (!double.IsFinite(number)) return double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
        var round = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture).AsSpan(); // the shortest that reads back
        var mark = round.IndexOf('E');
        var mantissa = mark < 0 ? round : round[..mark];
        var exponent = mark < 0 ? 0 : int.Parse(round[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var point = mantissa.IndexOf('.') is >= 0 and var at ? at : mantissa.Length;
        var all = mantissa.ToString().Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        return (number < 0 ? "-" : "") + Placed(digits.TrimEnd('0'), point + exponent - (all.Length - digits.Length));
    }

    /// <summary>Appends a list as its items with commas between, nothing for null.</summary>
    public static void Join(LogicValue list, StringBuilder text)
    {
        var first = true;
        foreach (var item in Items(list))
        {
            if (!first) text.Append(',');
            first = false;
            if (item.Kind == LogicKind.List) Join(item, text);
            else if (!item.IsNothing) text.Append(ToText(item));
        }
    }

    private static IEnumerable<LogicValue> Items(LogicValue list) => list.Made ?? list.Json.EnumerateArray().Select(LogicValue.Of);

    // "Number(text)": all of it, other than white space around, has to be a number; nothing is 0
    private static double ReadNumber(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length == 0) return 0;
        if (trimmed.Length > 2 && trimmed[0] == '0' && Radix(trimmed[1]) is > 0 and var radix) return ReadDigits(trimmed[2..], radix);
        var unsigned = trimmed[0] is '+' or '-' ? trimmed[1..] : trimmed;
        var sign = trimmed[0] == '-' ? -1 : 1;
        if (unsigned is "Infinity") return sign * double.PositiveInfinity;
        return unsigned.Length > 0 && DecimalLength(unsigned) == unsigned.Length
            ? sign * double.Parse(unsigned, NumberStyles.Float, CultureInfo.InvariantCulture)
            : double.NaN;
    }

    private static int Radix(char letter) => letter switch { 'x' or 'X' => 16, 'o' or 'O' => 8, 'b' or 'B' => 2, _ => 0 };

    private static double ReadDigits(ReadOnlySpan<char> digits, int radix)
    {
        var number = 0d;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit) || Convert.ToInt32(digit.ToString(), 16) is var value && value >= radix) return double.NaN;
            number = (number * radix) + value;
        }
        return number;
    }

    // the length of digits, point and exponent at the beginning; 0 when there is no digit
    private static int DecimalLength(ReadOnlySpan<char> text)
    {
        var whole = DigitsAt(text, 0);
        var fraction = whole < text.Length && text[whole] == '.' ? DigitsAt(text, whole + 1) : 0;
        if (whole + fraction == 0) return 0;
        var end = whole < text.Length && text[whole] == '.' ? whole + 1 + fraction : whole;
        if (end >= text.Length || text[end] is not ('e' or 'E')) return end;
        var exponent = end + 1 < text.Length && text[end + 1] is '+' or '-' ? end + 2 : end + 1;
        return DigitsAt(text, exponent) is > 0 and var length ? exponent + length : end;
    }

    private static int DigitsAt(ReadOnlySpan<char> text, int from)
    {
        var to = from;
        while (to < text.Length && char.IsAsciiDigit(text[to])) to++;
        return to - from;
    }

    // digits d1d2…dk with the decimal point after the first "point" of them
    private static string Placed(string digits, int point) => point switch
    {
        > 21 or < -5 => $"{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(point > 0 ? "+" : "-")}"
            + $"{Math.Abs(point - 1).ToString(CultureInfo.InvariantCulture)}",
        <= 0 => "0." + new string('0', -point) + digits,
        _ when digits.Length <= point => digits + new string('0', point - digits.Length),
        _ => digits[..point] + "." + digits[point..],
    };
}
