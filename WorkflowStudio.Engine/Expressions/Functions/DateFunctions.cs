using NodaTime;
using NodaTime.Text;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Expressions.Values;
using static WorkflowStudio.Engine.Expressions.Functions.Takes;

namespace WorkflowStudio.Engine.Expressions.Functions;

/// <summary>
/// Functions of dates. They work in the zone of the run unless one is named. What is given as a day (2026-06-10) stays one where that makes
/// sense; days, weeks, months and years are those of the calendar, so that an hour of a clock change does no harm.
/// </summary>
internal static class DateFunctions
{
    private const int MaxPatternLength = 100;

    private static readonly Dictionary<string, string> Named = new(StringComparer.Ordinal)
    {
        ["date"] = "MMMM d, uuuu", ["short"] = "MMM d", ["time"] = "h:mm tt", ["long"] = "dddd, MMMM d, uuuu",
        ["date_time"] = "MMMM d, uuuu, h:mm tt",
    };

    public static ExpressionFunction[] All { get; } =
    [
        new("today", "The day of the call, in the run's zone or in another.", [Text("zone").Optional()], ExpressionType.Date, "today()")
        { Body = Today },
        new("date", "A date and time in the run's zone, of a text that is one or a number of seconds since 1970. A zone says where the "
            + "clock hangs that the text was read from.", [Any("value"), Text("zone").Optional()], ExpressionType.Date,
            "date(\"2026-06-10 15:24\", \"America/Chicago\")")
        { Body = Read },
        new("format_date",
            "The date as text: date, short, time, long, date_time, or a pattern of d dd ddd dddd M MM MMM MMMM uuuu H HH h mm ss tt.", [
                Date("date"), Text("format").Optional(), Text("zone").Optional(),
            ], ExpressionType.Text, "format_date(\"2026-06-10\", \"dddd, d MMMM uuuu\")")
        { Body = Format },
        new("in_zone", "The same moment as the clocks of another zone show it.", [Date("date"), Text("zone")], ExpressionType.Date,
            "in_zone(\"2026-06-10T15:24:00Z\", \"America/Chicago\")")
        { Body = a => a.Zone(1) is { } zone ? Made(new DateValue(a.Date(0).At.WithZone(zone), false)) : Value.Null },
        new("add_minutes", "So many minutes later; earlier with a minus.", [Date("date"), Whole("minutes")], ExpressionType.Date,
            "add_minutes(\"2026-06-10T15:24:00Z\", 90)")
        { Body = a => Later(a, n => Duration.FromMinutes(n)) },
        new("add_hours", "So many hours later; earlier with a minus.", [Date("date"), Whole("hours")], ExpressionType.Date,
            "add_hours(\"2026-06-10T15:24:00Z\", 2)")
        { Body = a => Later(a, n => Duration.FromHours(n)) },
        new("add_days", "So many days later, at the same time of day; earlier with a minus.", [Date("date"), Whole("days")],
            ExpressionType.Date, "add_days(\"2026-06-10\", 14)")
        { Body = a => Moved(a, (day, n) => day.PlusDays(n)) },
        new("add_weeks", "So many weeks later, at the same time of day; earlier with a minus.", [Date("date"), Whole("weeks")],
            ExpressionType.Date, "add_weeks(\"2026-06-10\", 2)")
        { Body = a => Moved(a, (day, n) => day.PlusWeeks(n)) },
        new("add_months", "So many months later; the last day of the month where the day does not exist.", [Date("date"), Whole("months")],
            ExpressionType.Date, "add_months(\"2026-01-31\", 1)")
        { Body = a => Moved(a, (day, n) => day.PlusMonths(n)) },
        new("add_years", "So many years later; February 28 where February 29 does not exist.", [Date("date"), Whole("years")],
            ExpressionType.Date, "add_years(\"2024-02-29\", 1)")
        { Body = a => Moved(a, (day, n) => day.PlusYears(n)) },
        new("date_diff", "How many whole units lie from the first date to the second: seconds, minutes, hours, days, weeks, months or "
            + "years; negative when the second is earlier.", [Date("from"), Date("to"), Text("unit")], ExpressionType.Number,
            "date_diff(\"2026-06-10\", \"2026-07-01\", \"days\")")
        { Body = Difference },
        new("start_of", "The first moment of the date's hour, day, week (Monday), month or year.", [Date("date"), Text("unit")],
            ExpressionType.Date, "start_of(\"2026-06-10\", \"month\")")
        { Body = a => StartOf(a, 0) },
        new("end_of", "The first moment after the date's hour, day, week (Sunday), month or year; of a day given without a time, the last "
            + "day that belongs to it.", [Date("date"), Text("unit")], ExpressionType.Date, "end_of(\"2026-06-10\", \"month\")")
        { Body = a => StartOf(a, 1) },
        new("date_part",
            "A part of the date as a number: year, month, day, hour, minute, second, weekday (Monday is 1), week (ISO) or day_of_year.",
            [Date("date"), Text("part")], ExpressionType.Number, "date_part(\"2026-06-10\", \"weekday\")")
        { Body = Part },
        new("weekday", "The name of the date's day of the week, in English.", [Date("date")], ExpressionType.Text,
            "weekday(\"2026-06-10\")")
        { Body = a => Value.Of(a.Date(0).At.DayOfWeek.ToString()) },
        new("to_unix", "The seconds from 1970 to the date.", [Date("date")], ExpressionType.Number, "to_unix(\"2026-06-10T15:24:00Z\")")
        { Body = a => Value.Of(a.Date(0).At.ToInstant().ToUnixTimeSeconds()) },
    ];

    /// <summary>A date as a value.</summary>
    public static Value Made(DateValue date) => Value.Of(date.Text);

    /// <summary>A date on another day, at the same time of day.</summary>
    public static DateValue On(DateValue date, LocalDate day) =>
        new(date.IsDay ? date.At.Zone.AtStartOfDay(day) : date.At.Zone.AtLeniently(day + date.At.TimeOfDay), date.IsDay);

    private static Value Today(Arguments a)
    {
        if (a.Zone(0) is not { } zone) return Value.Null;
        return a.Frame.TryNow(out var now)
            ? Made(new DateValue(now.At.WithZone(zone), true))
            : a.Fail("Nothing says here what time it is, so there is no today.");
    }

    private static Value Read(Arguments a)
    {
        if (a.Zone(1) is not { } zone) return Value.Null;
        const long MostSeconds = 250_000_000_000;
        if (a[0].TryNumber(out var seconds) && Math.Abs(seconds) < MostSeconds && seconds > -MostSeconds / 5)
            return Made(new DateValue(Instant.FromUnixTimeSeconds((long)seconds).InZone(a.Frame.Zone), false));
        if (a[0].Kind != ValueKind.Text || !DateText.TryRead(a[0].Text(), zone, out var date))
            return a.Fail($"date cannot read {ValueText.Shown(a[0])} as a date. Dates look like 2026-06-10, 2026-06-10T15:24 "
                + "or 2026-06-10T15:24:00Z.");
        return Made(date.IsDay ? date : new DateValue(date.At.WithZone(a.Frame.Zone), false));
    }

    private static Value Format(Arguments a)
    {
        if (a.Zone(2) is not { } zone) return Value.Null;
        var (date, written) = (a.Date(0), a.Text(1, "date"));
        if (PatternOf(a, Named.GetValueOrDefault(written, written)) is { } pattern)
            return Value.Of(pattern.Format(date.IsDay ? date.At : date.At.WithZone(zone)));
        return a.Fail($"format_date does not know the format {ValueText.Shown(a[1])}. Use {string.Join(", ", Named.Keys)}, or a "
            + "pattern such as d MMM uuuu.");
    }

    private static ZonedDateTimePattern? PatternOf(Arguments a, string written)
    {
        if (a.Call.Kept is ZonedDateTimePattern kept && kept.PatternText == written) return kept;
        if (written.Length > MaxPatternLength) return null;
        try
        {
            var read = ZonedDateTimePattern.CreateWithInvariantCulture(written, null);
            a.Call.Kept = read;
            return read;
        }
        catch (InvalidPatternException)
        {
            return null;
        }
    }

    private static Value Later(Arguments a, Func<int, Duration> by) =>
        Kept(a, () => new DateValue(a.Date(0).At.Plus(by(a.Whole(1))), false));

    private static Value Moved(Arguments a, Func<LocalDate, int, LocalDate> move) =>
        Kept(a, () => On(a.Date(0), move(a.Date(0).At.Date, a.Whole(1))));

    /// <summary>A computed date; the evaluation ends when it lies beyond the calendar.</summary>
    public static Value Kept(Arguments a, Func<DateValue> compute)
    {
        try
        {
            var date = compute();
            if (DateText.IsInside(date.At.Year)) return Made(date);
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            // said below
        }
        return a.Fail($"{a.Call.Function.Name} would lead beyond the years 1 to 9998.");
    }

    private static Value Difference(Arguments a)
    {
        var (from, to) = (a.Date(0).At, a.Date(1).At.WithZone(a.Date(0).At.Zone));
        var span = to.ToInstant() - from.ToInstant();
        var (first, last) = (from.LocalDateTime, to.LocalDateTime);
        return a.Text(2) switch
        {
            "seconds" => Value.Of(Math.Truncate((decimal)span.TotalSeconds)),
            "minutes" => Value.Of(Math.Truncate((decimal)span.TotalMinutes)),
            "hours" => Value.Of(Math.Truncate((decimal)span.TotalHours)),
            "days" => Value.Of(Period.Between(first, last, PeriodUnits.Days).Days),
            "weeks" => Value.Of(Period.Between(first, last, PeriodUnits.Weeks).Weeks),
            "months" => Value.Of(Period.Between(first, last, PeriodUnits.Months).Months),
            "years" => Value.Of(Period.Between(first, last, PeriodUnits.Years).Years),
            _ => a.Fail(
                $"date_diff does not know the unit {ValueText.Shown(a[2])}. Use seconds, minutes, hours, days, weeks, months or years."),
        };
    }

    private static Value StartOf(Arguments a, int further)
    {
        var date = a.Date(0);
        var day = date.At.Date;
        if (a.Text(1) == "hour")
        {
            var begun = date.At.LocalDateTime.With(t => new LocalTime(t.Hour, 0));
            return Kept(
                a, () => new DateValue(new ZonedDateTime(begun, date.At.Zone, date.At.Offset).Plus(Duration.FromHours(further)), false));
        }
        LocalDate? first = a.Text(1) switch
        {
            "day" => day.PlusDays(further),
            "week" => day.With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Monday)).PlusWeeks(further),
            "month" => new LocalDate(day.Year, day.Month, 1).PlusMonths(further),
            "year" => new LocalDate(day.Year, 1, 1).PlusYears(further),
            _ => null,
        };
        if (first is not { } start)
            return a.Fail($"{a.Call.Function.Name} does not know the unit {ValueText.Shown(a[1])}. Use hour, day, week, month or year.");
        return Kept(a, () => new DateValue(date.At.Zone.AtStartOfDay(date.IsDay ? start.PlusDays(-further) : start), date.IsDay));
    }

    private static Value Part(Arguments a)
    {
        var at = a.Date(0).At;
        return a.Text(1) switch
        {
            "year" => Value.Of(at.Year),
            "month" => Value.Of(at.Month),
            "day" => Value.Of(at.Day),
            "hour" => Value.Of(at.Hour),
            "minute" => Value.Of(at.Minute),
            "second" => Value.Of(at.Second),
            "weekday" => Value.Of((int)at.DayOfWeek),
            "week" => Value.Of(NodaTime.Calendars.WeekYearRules.Iso.GetWeekOfWeekYear(at.Date)),
            "day_of_year" => Value.Of(at.DayOfYear),
            _ => a.Fail($"date_part does not know the part {ValueText.Shown(a[1])}. Use year, month, day, hour, minute, second, "
                + "weekday, week or day_of_year."),
        };
    }
}
