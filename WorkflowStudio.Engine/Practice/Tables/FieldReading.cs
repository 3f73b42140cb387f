using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Tables;

/// <summary>Reads values of fields: from JSON as programs send them, and from text as forms, addresses and CSV have them.</summary>
public static class FieldReading
{
    private static readonly string[] Yes = ["true", "yes", "y", "1", "x"];
    private static readonly string[] No = ["false", "no", "n", "0"];
    private static readonly string[] Times = ["HH:mm", "H:mm", "HH:mm:ss"];
    private static readonly string[] Moments =
        ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK"];

    /// <summary>
    /// The values of an object by field. A field that the table does not know is a problem; <c>id</c>, <c>createdAt</c> and the like, which
    /// an answer has beside them, are passed over.
    /// </summary>
    public static Dictionary<string, object?> Read(PracticeTable table, JsonElement body, ICollection<FieldProblem> problems)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in body.EnumerateObject().Select(p => (p.Name, p.Value)))
        {
            if (PracticeTable.Fixed.Contains(name)) continue;
            if (table.Field(name) is not { } field) problems.Add(new(name, Unknown(table, name)));
            else if (field.IsTold) continue;
            else if (TryRead(field, value, out var read, out var wrong)) values[name] = read;
            else problems.Add(new(name, wrong));
        }

        return values;
    }

    /// <summary>What there is to say of a field that the table does not have.</summary>
    public static string Unknown(PracticeTable table, string name) => Unknown([.. table.Fields.Select(f => f.Name)], name);

    /// <summary>The same of a field that is none of those known.</summary>
    public static string Unknown(IReadOnlyList<string> known, string name)
    {
        var near = NearestName.Of(name, known);
        return $"There is no field {ShownText.Cut(name, 40)}."
            + (near is null ? $" The fields are {string.Join(", ", known)}." : $" Did you mean {near}?");
    }

    /// <summary>Reads a value of JSON.</summary>
    public static bool TryRead(PracticeField field, JsonElement value, out object? read, out string wrong)
    {
        (read, wrong) = (null, "");
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                return true;
            case JsonValueKind.String when field.Kind is not (FieldKind.Number or FieldKind.Whole or FieldKind.Flag):
                return TryRead(field, value.GetString()!, out read, out wrong);
            case JsonValueKind.Number when field.Kind is FieldKind.Number or FieldKind.Whole:
                return value.TryGetDecimal(out var number) ? TryNumber(field, number, out read, out wrong) : Refuse(field, out wrong);
            case JsonValueKind.True or JsonValueKind.False when field.Kind == FieldKind.Flag:
                read = value.GetBoolean();
                return true;
            default:
                return Refuse(field, out wrong);
        }
    }

    /// <summary>Reads a value from text; empty text is nothing.</summary>
    public static bool TryRead(PracticeField field, string text, out object? read, out string wrong)
    {
        (read, wrong) = (null, "");
        var plain = Plain(field, text);
        if (plain.Length == 0) return true;
        if (plain.Length > field.Longest && ShownText.Length(plain) > field.Longest)
        {
            wrong = $"{field.Label} has {ShownText.Length(plain)} characters, at most {field.Longest} are possible.";
            return false;
        }

        read = field.Kind switch
        {
            FieldKind.Email => MailAddress(plain),
            FieldKind.Phone => PhoneNumber.Normalize(plain),
            FieldKind.Link => Uri.TryCreate(plain, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? plain : null,
            FieldKind.Choice => Choice(field, plain),
            FieldKind.Flag => Flag(plain),
            FieldKind.Day => DateOnly.TryParseExact(plain, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day : null,
            FieldKind.Time => plain == "24:00" ? TimeOnly.MinValue
                : TimeOnly.TryParseExact(plain, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null,
            FieldKind.Moment => Moment(plain),
            FieldKind.Record => ShownId.TryRead(plain, out var id) ? id : plain,
            FieldKind.Number or FieldKind.Whole => NumberText.TryRead(plain, out var number) ? number : null,
            _ => plain,
        };
        return read switch
        {
            null => Refuse(field, out wrong),
            decimal number => TryNumber(field, number, out read, out wrong),
            _ => true,
        };
    }

    /// <summary>A value as text that is read again as the same: for CSV and forms.</summary>
    public static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        decimal number => number.ToString("0.####", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>What has to stand in a field, as a sentence.</summary>
    public static string Words(PracticeField field) => field.Kind switch
    {
        FieldKind.Email => $"{field.Label} has to be an address such as maria@example.org.",
        FieldKind.Phone => $"{field.Label} has to be a number of 7 to 15 digits, such as +17135550142.",
        FieldKind.Link => $"{field.Label} has to be an address of the web, such as https://example.org/flat.",
        FieldKind.Choice => $"{field.Label} is one of {string.Join(", ", field.Choices.Select(c => c.Value))}.",
        FieldKind.Flag => $"{field.Label} is true or false.",
        FieldKind.Day => $"{field.Label} has to be a day such as 2026-11-30.",
        FieldKind.Time => $"{field.Label} has to be a time of the day such as 09:00.",
        FieldKind.Moment => $"{field.Label} has to be a day and a time such as 2026-11-30 09:00.",
        FieldKind.Whole => string.Create(
            CultureInfo.InvariantCulture, $"{field.Label} has to be a whole number from {field.Least:#,0.####} to {field.Most:#,0.####}."),
        FieldKind.Number => string.Create(
            CultureInfo.InvariantCulture,
            $"{field.Label} has to be a number from {field.Least:#,0.####} to {field.Most:#,0.####} with at most four decimals."),
        _ => $"{field.Label} has to be text.",
    };

    private static bool Refuse(PracticeField field, out string wrong)
    {
        wrong = Words(field);
        return false;
    }

    private static bool TryNumber(PracticeField field, decimal number, out object? read, out string wrong)
    {
        (read, wrong) = (null, "");
        if (number < field.Least || number > field.Most || decimal.Round(number, field.Kind == FieldKind.Whole ? 0 : 4) != number)
            return Refuse(field, out wrong);
        read = field.Kind == FieldKind.Whole ? (object)(int)number : number;
        return true;
    }

    // without signs that cannot be shown; in one line, where it is one
    private static string Plain(PracticeField field, string text) =>
        new string([.. text.ReplaceLineEndings("\n").Where(c => !char.IsControl(c) || (c == '\n' && field.Kind == FieldKind.LongText))])
            .Trim();

    private static string? MailAddress(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == text.LastIndexOf('@') && at < text.Length - 1 && !text.Any(char.IsWhiteSpace)
            ? text.ToLowerInvariant()
            : null;
    }

    private static string? Choice(PracticeField field, string text) => field.Choices.FirstOrDefault(c =>
        string.Equals(c.Value, text, StringComparison.OrdinalIgnoreCase)
        || string.Equals(c.Label, text, StringComparison.OrdinalIgnoreCase))?.Value;

    // without an offset it is a time of the practice's clock
    private static object? Moment(string text)
    {
        if (!DateTime.TryParseExact(
            text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var read)) return null;
        return read.Kind == DateTimeKind.Utc ? new DateTimeOffset(read) : NodaTime.LocalDateTime.FromDateTime(read);
    }

    private static object? Flag(string text) =>
        Yes.Contains(text, StringComparer.OrdinalIgnoreCase) ? true : No.Contains(text, StringComparer.OrdinalIgnoreCase) ? false : null;
}
