using NodaTime;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Expressions.Values;
using static WorkflowStudio.Engine.Expressions.Functions.Takes;

namespace WorkflowStudio.Engine.Expressions.Functions;

/// <summary>Functions of business days and hours: those on which the practice is open, without the holidays that are given.</summary>
internal static class BusinessFunctions
{
    private const int MaxDays = 10_000;
    private const string Days =
        " Business days are those on which the practice opens, single days included, Monday to Friday where it names no hours; holidays "
        + "is a list of more dates on which it does not.";

    public static ExpressionFunction[] All { get; } =
    [
        new("add_business_days", "So many business days later, at the same time of day; earlier with a minus." + Days,
            [Date("date"), Whole("days"), List("holidays").Optional()], ExpressionType.Date, "add_business_days(\"2026-06-12\", 1)")
        { Body = Add },
        new("business_days_between",
            "How many business days lie from the first date to the day before the second; negative when the second is earlier." + Days, [
                Date("from"), Date("to"), List("holidays").Optional(),
            ], ExpressionType.Number, "business_days_between(\"2026-06-10\", \"2026-06-17\")")
        { Body = Between },
        new("is_business_day", "Whether the date is a business day." + Days, [Date("date"), List("holidays").Optional()],
            ExpressionType.Boolean, "is_business_day(\"2026-06-13\")")
        { Body = a => Holidays(a, 1) is { } free ? Value.Of(IsOpen(a, a.Date(0).At.Date, free)) : Value.Null },
        new("is_business_time", "Whether the practice is open at the moment of the date.", [Date("date")], ExpressionType.Boolean,
            "is_business_time(\"2026-06-10T10:00\")")
        { Body = a => Value.Of(a.Frame.Hours.IsOpen(a.Date(0).At.LocalDateTime)) },
        new("next_business_time", "The date itself when the practice is open then, else the moment at which it opens next.",
            [Date("date"), List("holidays").Optional()], ExpressionType.Date, "next_business_time(\"2026-06-13T22:00\")")
        { Body = Next },
    ];

    private static Value Add(Arguments a)
    {
        if (Holidays(a, 2) is not { } free) return Value.Null;
        var (date, left) = (a.Date(0), a.Whole(1));
        if (Math.Abs((long)left) > MaxDays) return a.Fail("add_business_days goes 10,000 days at most.");
        if (!a.Frame.Charge(Math.Abs(left), a.Call.Position)) return Value.Null;
        var (day, direction, closed) = (date.At.Date, Math.Sign(left), 0);
        var later = DateFunctions.Kept(a, () =>
        {
            while (left != 0 && closed <= MaxDays)
            {
                day = day.PlusDays(direction);
                if (IsOpen(a, day, free)) (left, closed) = (left - direction, 0);
                else closed++;
            }
            return DateFunctions.On(date, day);
        });
        return closed > MaxDays ? a.Fail("The practice opens on too few days for add_business_days.") : later;
    }

    private static Value Between(Arguments a)
    {
        if (Holidays(a, 2) is not { } free) return Value.Null;
        var (from, to) = (a.Date(0).At.Date, a.Date(1).At.Date);
        var (first, last, sign) = from <= to ? (from, to, 1) : (to, from, -1);
        var days = Period.DaysBetween(first, last);
        if (days > MaxDays * 2) return a.Fail("business_days_between goes over 20,000 days at most.");
        if (!a.Frame.Charge(days, a.Call.Position)) return Value.Null;
        return Value.Of(sign * Enumerable.Range(0, days).Count(i => IsOpen(a, first.PlusDays(i), free)));
    }

    private static Value Next(Arguments a)
    {
        if (Holidays(a, 1) is not { } free) return Value.Null;
        var at = a.Date(0).At;
        if (a.Frame.Hours.NextOpen(at.LocalDateTime, free.Contains) is not { } open)
            return a.Fail("The practice does not open within 14 days of the date.");
        return DateFunctions.Kept(a, () => new DateValue(open == at.LocalDateTime ? at : at.Zone.AtLeniently(open), false));
    }

    private static bool IsOpen(Arguments a, LocalDate day, HashSet<LocalDate> free) => a.Frame.Hours.OpensOn(day) && !free.Contains(day);

    private static HashSet<LocalDate>? Holidays(Arguments a, int index)
    {
        var days = new HashSet<LocalDate>();
        foreach (var holiday in a.Items(index))
        {
            if (holiday.Kind != ValueKind.Text || !DateText.TryRead(holiday.Text(), a.Frame.Zone, out var date))
            {
                a.Fail($"{a.Call.Function.Name} needs holidays such as 2026-12-25, but {ValueText.Shown(holiday)} was found.");
                return null;
            }
            days.Add(date.At.Date);
        }
        return days;
    }
}
