using System.Collections.Frozen;
using NodaTime;
using NodaTime.TimeZones;
using PhoneNumbers;

namespace WorkflowStudio.Engine.Model;

/// <summary>Telephone numbers as people write them.</summary>
public static class PhoneNumber
{
    private const int MaxLength = 60;
    private const int MinDigits = 7;
    private const int MaxDigits = 15;
    private const string NorthAmerica = "US";

    // of the zones that lie in one country; those of oceans and offsets lie in none
    private static readonly Lazy<FrozenDictionary<string, string>> Countries = new(() =>
        (TzdbDateTimeZoneSource.Default.ZoneLocations ?? []).ToFrozenDictionary(l => l.ZoneId, l => l.CountryCode));

    private static PhoneNumberUtil Numbers => PhoneNumberUtil.GetInstance();

    /// <summary>
    /// The number in E.164 (<c>+17135550142</c>), when it names its country or can be one of the practice's own. Other numbers are reduced to
    /// their digits. Null when there are fewer than 7 or more than 15 digits, or anything but digits and the usual marks.
    /// </summary>
    /// <param name="text">What was written.</param>
    /// <param name="zone">The zone of the practice, which says its country. One that says none takes ten digits for a number of North America.</param>
    public static string? Normalize(string? text, DateTimeZone? zone)
    {
        if (Plain(text) is not { } number) return null;
        return Read(number, zone) is { } known ? Numbers.Format(known, PhoneNumberFormat.E164) : number;
    }

    /// <summary>The number as it is written in its own country, if that is the practice's; else in the international form. Null when it is none.</summary>
    public static string? Show(string? text, DateTimeZone? zone)
    {
        if (Plain(text) is not { } number) return null;
        if (Read(number, zone) is not { } known) return number;
        var isOwn = Numbers.GetCountryCodeForRegion(CountryOf(zone) ?? NorthAmerica) == known.CountryCode;
        return Numbers.Format(known, isOwn ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.INTERNATIONAL);
    }

    private static string? CountryOf(DateTimeZone? zone)
    {
        if (zone is null) return null;
        if (Countries.Value.TryGetValue(zone.Id, out var country)) return country;
        return TzdbDateTimeZoneSource.Default.CanonicalIdMap.TryGetValue(zone.Id, out var id) ? Countries.Value.GetValueOrDefault(id) : null;
    }

    private static PhoneNumbers.PhoneNumber? Read(string number, DateTimeZone? zone)
    {
        var country = CountryOf(zone);
        if (country is null && number[0] != '+' && !IsNorthAmerican(number)) return null;
        try
        {
            var read = Numbers.Parse(number, country ?? NorthAmerica);
            return Numbers.IsPossibleNumberWithReason(read) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE ? read : null;
        }
        catch (NumberParseException)
        {
            return null; // no country has numbers that begin so
        }
    }

    // area codes begin with 2 and more; what begins with 0 is written as in other countries
    private static bool IsNorthAmerican(string digits) => digits is { Length: 10 } and [>= '2', ..] or { Length: 11 } and ['1', ..];

    // the digits, with a + before those that name their country; null when it is no number
    private static string? Plain(string? text)
    {
        if (text is null || text.Length > MaxLength) return null;
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
        return plus ? $"+{number}" : number.ToString();
    }
}
