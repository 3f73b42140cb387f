using System.Globalization;
using System.Numerics;

namespace WorkflowStudio.Engine.Schedules.Cron;

/// <summary>Says in words when an expression fires, without its zone: "every weekday at 09:30".</summary>
public static class CronWords
{
    private const ulong EveryDay = 0b111_1111;
    private const ulong Weekdays = 0b011_1110;
    private const ulong EveryMonth = 0b1_1111_1111_1110;
    private const ulong EveryDayOfMonth = 0xFFFF_FFFE;
    private const int MostTimes = 6;

    private static readonly string[] Ordinals = ["", "first", "second", "third", "fourth", "fifth"];

    /// <summary>The words, beginning in lower case.</summary>
    public static string Of(CronExpression expression)
    {
        var (minutes, hours) = (Numbers(expression.Minutes.Values), Numbers(expression.Hours.Values));
        var (days, time) = (Days(expression), Interval(expression, minutes, hours));
        if (time is not null) return days is null ? time : $"{time}, {days}";
        return $"{days ?? "every day"} {Times(minutes, hours)}";
    }

    // what comes round within the day; null for fixed times
    private static string? Interval(CronExpression expression, List<int> minutes, List<int> hours)
    {
        var everyHour = hours.Count == 24;
        if (minutes.Count > 1 && Step(minutes, 60) is { } step)
        {
            var every = step == 1 ? "every minute" : $"every {step} minutes";
            if (everyHour) return every;
            return Run(hours) is var (from, to)
                ? $"{every} from {from:00}:00 to {to:00}:{60 - step:00}"
                : $"{every} in the hours {Hours(hours)}";
        }

        if (minutes.Count != 1) return everyHour ? $"every hour at minutes {And(minutes.Select(m => Text(m)))}" : null;
        var at = minutes[0] == 0 ? "" : $" at minute {minutes[0]}";
        if (everyHour) return "every hour" + at;
        if (hours.Count > 2 && Step(hours, 24) is { } hourStep) return $"every {hourStep} hours{at}";
        return hours.Count > 2 && expression.Hours.IsInterval && Run(hours) is var (first, last)
            ? $"every hour from {first:00}:{minutes[0]:00} to {last:00}:{minutes[0]:00}"
            : null;
    }

    private static string Times(List<int> minutes, List<int> hours) => minutes.Count * hours.Count <= MostTimes
        ? "at " + And(hours.SelectMany(h => minutes.Select(m => $"{h:00}:{m:00}")))
        : $"at minutes {And(minutes.Select(m => Text(m)))} of the hours {Hours(hours)}";

    private static string? Days(CronExpression expression)
    {
        var anyDay = expression.DaysOfMonth is { Values: EveryDayOfMonth, Special.Count: 0 };
        var anyWeekday = expression.DaysOfWeek is { Values: EveryDay, Special.Count: 0 };
        var months =
            expression.Months.Values == EveryMonth ? null : And(Numbers(expression.Months.Values).Select(m => English.GetMonthName(m)));
        if (anyDay && anyWeekday) return months is null ? null : $"every day in {months}";
        var byMonth = anyDay ? null : $"on {And(DaysOfMonth(expression.DaysOfMonth))} of {months ?? "the month"}";
        var byWeek = anyWeekday ? null : WeekDays(expression.DaysOfWeek, months);
        if (byMonth is null) return byWeek;
        if (byWeek is null) return byMonth;
        return expression.DaysOfMonth.IsStar || expression.DaysOfWeek.IsStar
            ? $"{byMonth} when it is one of {byWeek}"
            : $"{byMonth} and {byWeek}";
    }

    private static IEnumerable<string> DaysOfMonth(CronFieldValues days) =>
        Numbers(days.Values).Select(d => "the " + Nth(d)).Concat(days.Special.Select(d => d switch
        {
            CronDay.Last { Before: 0 } => "the last day",
            CronDay.Last last => last.Before == 1 ? "the day before the last" : $"the day {last.Before} days before the last",
            CronDay.LastWeekday => "the last weekday",
            CronDay.NearestWeekday nearest => $"the weekday nearest to the {Nth(nearest.Day)}",
            _ => throw new InvalidOperationException($"Describing a day of the month: {d} is none."),
        }));

    private static string WeekDays(CronFieldValues days, string? months)
    {
        var within = months is null ? "" : $" in {months}";
        if (days is { Values: Weekdays, Special.Count: 0 }) return "every weekday" + within;
        // Monday first
        var names = Numbers(days.Values).OrderBy(d => d == 0 ? 7 : d).Select(d => English.GetDayName((DayOfWeek)d) + "s").ToList();
        var special = days.Special.Select(d => d switch
        {
            CronDay.Nth nth => $"the {Ordinals[nth.Number]} {English.GetDayName((DayOfWeek)nth.DayOfWeek)} of {months ?? "the month"}",
            CronDay.LastOf last => $"the last {English.GetDayName((DayOfWeek)last.DayOfWeek)} of {months ?? "the month"}",
            _ => throw new InvalidOperationException($"Describing a day of the week: {d} is none."),
        }).ToList();
        return "on " + And([.. names.Count == 0 ? [] : new[] { And(names) + within }, .. special]);
    }

    private static DateTimeFormatInfo English => CultureInfo.InvariantCulture.DateTimeFormat;

    // every n-th, from 0, filling the whole round
    private static int? Step(List<int> numbers, int round)
    {
        var step = numbers.Count > 1 ? numbers[1] - numbers[0] : round;
        return numbers[0] == 0 && round % step == 0 && numbers.Count == round / step && numbers.Select((n, i) => n == i * step).All(b => b)
            ? step
            : null;
    }

    private static (int From, int To)? Run(List<int> numbers) =>
        numbers.Count > 1 && numbers[^1] - numbers[0] == numbers.Count - 1 ? (numbers[0], numbers[^1]) : null;

    private static string Hours(List<int> hours) => Run(hours) is var (from, to) ? $"{from} to {to}" : And(hours.Select(h => Text(h)));

    private static List<int> Numbers(ulong values)
    {
        var numbers = new List<int>();
        for (; values != 0; values &= values - 1) numbers.Add(BitOperations.TrailingZeroCount(values));
        return numbers;
    }

    private static string Nth(int day) => (day % 10, day / 10) switch
    {
        (1, not 1) => $"{day}st",
        (2, not 1) => $"{day}nd",
        (3, not 1) => $"{day}rd",
        _ => $"{day}th",
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string And(IEnumerable<string> words) =>
        words.ToArray() is [_, _, ..] all ? $"{string.Join(", ", all[..^1])} and {all[^1]}" : string.Concat(words);
}
