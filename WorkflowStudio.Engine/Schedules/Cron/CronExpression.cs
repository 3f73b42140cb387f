using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using NodaTime;

namespace WorkflowStudio.Engine.Schedules.Cron;

/// <summary>
/// A cron expression of five fields: minutes, hours, days of month, months, days of week. Knows the calendar and no zone; see
/// <see cref="ScheduleCalculator"/>. The rules are those of docs/decisions.md, "Schedules". Immutable.
/// </summary>
public sealed class CronExpression
{
    /// <summary>The longest text, in characters.</summary>
    public const int MaxLength = 250;

    // the Gregorian calendar repeats, days of the week included: what does not happen in so many months never does
    private const int MonthsOfCalendar = 400 * 12;

    private static readonly Dictionary<string, string> Macros = new(StringComparer.OrdinalIgnoreCase)
    {
        ["@hourly"] = "0 * * * *",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@weekly"] = "0 0 * * 0",
        ["@monthly"] = "0 0 1 * *",
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
    };

    private CronExpression(string text, IReadOnlyList<CronFieldValues> read) =>
        (Text, Minutes, Hours, DaysOfMonth, Months, DaysOfWeek) = (text, read[0], read[1], read[2], read[3], read[4]);

    /// <summary>The expression as written, without spaces around it.</summary>
    public string Text { get; }

    /// <summary>
    /// Whether minutes or hours are written with <c>*</c>, a range or a step: then it fires in both halves of an overlap.
    /// </summary>
    public bool IsInterval => Minutes.IsInterval || Hours.IsInterval;

    /// <summary>Whether there is a day on which it fires: false for 30 February.</summary>
    public bool IsReachable => NextLocal(new LocalDateTime(2000, 1, 1, 0, 0)) is not null;

    internal CronFieldValues Minutes { get; }

    internal CronFieldValues Hours { get; }

    internal CronFieldValues DaysOfMonth { get; }

    internal CronFieldValues Months { get; }

    internal CronFieldValues DaysOfWeek { get; }

    /// <summary>Reads an expression: five fields, or a macro such as <c>@daily</c>.</summary>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out CronExpression? expression, [NotNullWhen(false)] out CronProblem? problem)
    {
        expression = null;
        var trimmed = text.Trim();
        if (trimmed.Length > MaxLength)
            return Fail(
                new CronProblem("", "", $"The expression has {trimmed.Length} characters, at most {MaxLength} are possible."), out problem);
        if (trimmed.StartsWith('@') && !Macros.ContainsKey(trimmed))
            return Fail(
                new CronProblem("", trimmed, $"There is no {trimmed}. Write one of {string.Join(", ", Macros.Keys)}, or five fields."),
                out problem);
        var fields = (Macros.GetValueOrDefault(trimmed) ?? trimmed).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != CronField.All.Count) return Fail(WrongCount(trimmed, fields.Length), out problem);
        var read = new CronFieldValues[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            var reader = new CronFieldReader(CronField.All[i]);
            if (reader.Read(fields[i]) is not { } values) return Fail(reader.Problem!, out problem);
            read[i] = values;
        }

        (expression, problem) = (new CronExpression(trimmed, read), null);
        return true;
    }

    /// <summary>Reads an expression that was checked before.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static CronExpression Parse(string text) =>
        TryParse(text, out var expression, out var problem)
            ? expression
            : throw new FormatException($"Reading the cron expression \"{text}\": {problem.Message}");

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>The first matching minute that is not before <paramref name="from"/>; null when there is none.</summary>
    internal LocalDateTime? NextLocal(LocalDateTime from)
    {
        var start = from.Second == 0 && from.NanosecondOfSecond == 0 ? from : from.PlusMinutes(1);
        var (day, month) = (start.Date, new YearMonth(start.Year, start.Month));
        for (var i = 0; i <= MonthsOfCalendar && month.Year < 9999; i++)
        {
            var left = DaysOf(month) & (~0UL << day.Day);
            for (; left != 0; left &= left - 1)
            {
                var date = month.OnDayOfMonth(BitOperations.TrailingZeroCount(left));
                if (TimeOn(date == start.Date ? (start.Hour, start.Minute) : (0, 0)) is var (hour, minute))
                    return date.At(new LocalTime(hour, minute));
            }

            (month, day) = (month.PlusMonths(1), month.PlusMonths(1).OnDayOfMonth(1));
        }

        return null;
    }

    private (int Hour, int Minute)? TimeOn((int Hour, int Minute) from)
    {
        var hoursLeft = Hours.Values & (~0UL << from.Hour);
        var minutesLeft = Minutes.Values & (~0UL << from.Minute);
        if ((hoursLeft & (1UL << from.Hour)) != 0 && minutesLeft != 0) return (from.Hour, BitOperations.TrailingZeroCount(minutesLeft));
        hoursLeft &= ~(1UL << from.Hour);
        return hoursLeft == 0 ? null : (BitOperations.TrailingZeroCount(hoursLeft), BitOperations.TrailingZeroCount(Minutes.Values));
    }

    // both day fields set: either may match; a field that begins with * is not set, then both have to match, as in crontab
    private ulong DaysOf(YearMonth month)
    {
        if ((Months.Values & (1UL << month.Month)) == 0) return 0;
        var shape = new MonthShape(CalendarSystem.Iso.GetDaysInMonth(month.Year, month.Month), (int)month.OnDayOfMonth(1).DayOfWeek % 7);
        var (byMonth, byWeek) = (DaysOfMonth.Values, 0UL);
        foreach (var special in DaysOfMonth.Special) byMonth |= Bit(special.In(shape));
        for (var day = 1; day <= shape.Length; day++) byWeek |= ((DaysOfWeek.Values >> shape.DayOfWeek(day)) & 1) << day;
        foreach (var special in DaysOfWeek.Special) byWeek |= Bit(special.In(shape));
        return (DaysOfMonth.IsStar || DaysOfWeek.IsStar ? byMonth & byWeek : byMonth | byWeek) & ((2UL << shape.Length) - 1);
    }

    private static ulong Bit(int? day) => day is { } d ? 1UL << d : 0;

    private static bool Fail(CronProblem told, out CronProblem problem)
    {
        problem = told;
        return false;
    }

    private static CronProblem WrongCount(string text, int count)
    {
        var names = string.Join(", ", CronField.All.Select(f => f.Name.ToLowerInvariant()));
        var wrong =
            count < CronField.All.Count ? $"{CronField.All[count].Name.ToLowerInvariant()} is missing" : "leave out seconds and years";
        return new CronProblem(count < CronField.All.Count ? CronField.All[count].Name : "", text,
            $"A cron expression has five fields ({names}), but {count} were found: {wrong}. An example is 30 9 * * MON-FRI.");
    }
}
