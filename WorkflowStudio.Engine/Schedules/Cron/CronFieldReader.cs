using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Schedules.Cron;

/// <summary>What a field allows.</summary>
/// <param name="Values">A bit for each number.</param>
/// <param name="Special">Days that depend on the month.</param>
/// <param name="IsStar">Whether it begins with <c>*</c>: then it is not "set" in crontab's sense.</param>
/// <param name="IsInterval">Whether it is written with <c>*</c>, a range or a step.</param>
internal sealed record CronFieldValues(ulong Values, IReadOnlyList<CronDay> Special, bool IsStar, bool IsInterval);

/// <summary>Reads one field: a list of numbers, names, ranges, steps and, for days, of what depends on the month.</summary>
internal sealed class CronFieldReader(CronField field)
{
    private readonly List<CronDay> special = [];
    private ulong values;
    private bool interval;

    /// <summary>What was wrong first; null while nothing is.</summary>
    public CronProblem? Problem { get; private set; }

    /// <summary>The values, or null and a <see cref="Problem"/>.</summary>
    public CronFieldValues? Read(string text)
    {
        foreach (var entry in text.Split(','))
        {
            if (!Special(entry)) Entry(entry);
            if (Problem is not null) return null;
        }

        return new CronFieldValues(values, special, text[0] == '*', interval);
    }

    private bool Special(string entry)
    {
        var day = field == CronField.DaysOfMonth ? CronDay.OfMonth(entry) : field == CronField.DaysOfWeek ? CronDay.OfWeek(entry) : null;
        if (day is not null) special.Add(day);
        return day is not null;
    }

    private void Entry(string entry)
    {
        var slash = entry.IndexOf('/', StringComparison.Ordinal);
        var range = slash < 0 ? entry : entry[..slash];
        var step = slash < 0 ? 1 : Step(entry[(slash + 1)..]);
        if (Bounds(range, open: slash >= 0) is not var (from, to) || Problem is not null) return;
        interval |= slash >= 0 || range == "*" || range.Contains('-', StringComparison.Ordinal);
        Add(from, to, step);
    }

    private int Step(string text)
    {
        if (CronField.Digits(text) is { } step && step >= 1 && step <= field.MaxStep) return step;
        Fail(text, $"\"{text}\" is not a step. Write a number between 1 and {field.MaxStep} after the /.");
        return 1;
    }

    // a single number before a step goes on to the end of the field
    private (int From, int To)? Bounds(string range, bool open)
    {
        if (range == "*") return (field.Min, field == CronField.DaysOfWeek ? 6 : field.Max);
        var dash = range.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
            return Number(range) is not { } single
                ? null
                : (single, open ? Math.Max(single, field == CronField.DaysOfWeek ? 6 : field.Max) : single);
        if (Number(range[..dash]) is not { } from || Number(range[(dash + 1)..]) is not { } to) return null;
        return (field == CronField.DaysOfWeek && from == 7 && to < 7 ? 0 : from, to); // SUN-TUE as 7-2
    }

    // a range whose end lies before its start goes round: 22-2 is 22, 23, 0, 1, 2
    private void Add(int from, int to, int step)
    {
        var round = field == CronField.DaysOfWeek ? 7 : field.Max - field.Min + 1;
        if (to < from) to += round;
        for (var n = from; n <= to; n += step) values |= 1UL << (n < field.Min + round ? n : n - round);
    }

    private int? Number(string text)
    {
        var number = field.Number(text);
        if (number is null)
            Fail(text, text.Length == 0
                ? $"a value is missing. Write {field.Possible}."
                : $"\"{Shown(text)}\" is not possible. Write {field.Possible}.{Hint(text)}");
        return number;
    }

    private string Hint(string text) => text switch
    {
        "?" => " Write * where any day will do.",
        "L" or "l" when field == CronField.DaysOfWeek => " For the last Friday of a month write FRIL.",
        "L" or "l" when field == CronField.DaysOfMonth => " For a day before the last write L-1 to L-30.",
        _ when field == CronField.DaysOfWeek && text.Contains('#', StringComparison.Ordinal) =>
            " For the second Friday of a month write FRI#2; the last number is 1 to 5.",
        { Length: > 3 } when field.Names.FirstOrDefault(n => text.StartsWith(n, StringComparison.OrdinalIgnoreCase)) is { } name =>
            $" Did you mean {name}?",
        _ => "",
    };

    private static string Shown(string text) => ShownText.Cut(text, 20);

    private void Fail(string value, string message) => Problem ??= new CronProblem(field.Name, value, $"{field.Name}: {message}");
}
