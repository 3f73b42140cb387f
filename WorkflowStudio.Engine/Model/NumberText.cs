using System.Globalization;
using System.Text.RegularExpressions;

namespace WorkflowStudio.Engine.Model;

/// <summary>
/// Reads numbers from text, by one rule wherever text stands for a number: a dot is the decimal mark, commas only part the thousands
/// (<c>1,180.50</c>), an exponent and spaces around are allowed. <c>12,34</c> and <c>0,5</c> are no numbers: nobody can know what was
/// meant.
/// </summary>
public static partial class NumberText
{
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The number, exactly to 28 digits; false when the text is none, or one beyond 28 digits.</summary>
    public static bool TryRead(string? text, out decimal number)
    {
        number = 0;
        return WithoutCommas(text) is { } plain && decimal.TryParse(plain, Plain, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>The number to some 15 digits, also one that <see cref="TryRead"/> finds too large.</summary>
    public static bool TryReadWide(string? text, out double number)
    {
        number = 0;
        return WithoutCommas(text) is { } plain && double.TryParse(plain, Plain, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
    }

    private static string? WithoutCommas(string? text) =>
        text is not null && Form().IsMatch(text) ? text.Trim().Replace(",", "", StringComparison.Ordinal) : null;

    // groups of three are counted from the right of the whole part; a whole part that begins with 0 has none
    [GeneratedRegex(@"^\s*[+-]?(?:(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
