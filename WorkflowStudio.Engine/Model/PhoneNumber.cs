namespace WorkflowStudio.Engine.Model;

/// <summary>Telephone numbers as people write them.</summary>
public static class PhoneNumber
{
    private const int MinDigits = 7;
    private const int MaxDigits = 15;

    /// <summary>
    /// The number in E.164 (<c>+17135550142</c>) when it names its country, or has the ten digits of a North American number. Other numbers
    /// are reduced to their digits. Null when there are fewer than 7 or more than 15 digits, or anything but digits and the usual marks.
    /// </summary>
    public static string? Normalize(string? text)
    {
        if (text is null || text.Length > 60) return null;
        Span<char> digits = stackalloc char[MaxDigits + 2];
        var count = 0;
        var plus = false;
        foreach (var c in text.AsSpan().Trim())
        {
            if (char.IsAsciiDigit(c))
            {
                if (count == digits.Length) return null;
                digits[count++] = c;
            }
            else if (c == '+' && count == 0 && !plus) plus = true;
            else if (c is not (' ' or '\u00a0' or '-' or '\u2011' or '.' or '(' or ')' or '/')) return null;
        }

        var number = digits[..count];
        if (!plus && number.StartsWith("00"))
        {
            plus = true;
            number = number[2..];
        }

        if (number.Length is < MinDigits or > MaxDigits) return null;
        if (plus) return $"+{number}";
        return number switch
        {
            { Length: 10 } when number[0] >= '2' => $"+1{number}",
            { Length: 11 } when number[0] == '1' => $"+{number}",
            _ => number.ToString(),
        };
    }
}
