namespace WorkflowStudio.Engine.Schedules.Cron;

/// <summary>The shape of a month: all that days can depend on.</summary>
/// <param name="Length">28 to 31.</param>
/// <param name="First">The day of the week of its first day, Sunday = 0.</param>
internal readonly record struct MonthShape(int Length, int First)
{
    /// <summary>The day of the week of a day, Sunday = 0.</summary>
    public int DayOfWeek(int day) => (First + day - 1) % 7;
}

/// <summary>A day that depends on the month.</summary>
internal abstract record CronDay
{
    /// <summary>The day in a month of this shape; null when it has none.</summary>
    public abstract int? In(MonthShape month);

    /// <summary><c>L</c>, <c>L-3</c>, <c>LW</c>, <c>15W</c>; null for anything else.</summary>
    public static CronDay? OfMonth(string text)
    {
        var upper = text.ToUpperInvariant();
        if (upper == "L") return new Last(0);
        if (upper == "LW") return new LastWeekday();
        if (upper.StartsWith("L-", StringComparison.Ordinal))
            return CronField.Digits(upper[2..]) is { } before and >= 1 and <= 30 ? new Last(before) : null;
        return upper.EndsWith('W') && CronField.DaysOfMonth.Number(upper[..^1]) is { } day ? new NearestWeekday(day) : null;
    }

    /// <summary><c>FRI#2</c>, <c>5L</c>; null for anything else.</summary>
    public static CronDay? OfWeek(string text)
    {
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        if (hash > 0)
            return CronField.DaysOfWeek.Number(text[..hash]) is { } day && CronField.Digits(text[(hash + 1)..]) is { } nth and >= 1 and <= 5
                ? new Nth(day % 7, nth)
                : null;
        return text.Length > 1 && text[^1] is 'L' or 'l' && CronField.DaysOfWeek.Number(text[..^1]) is { } last
            ? new LastOf(last % 7)
            : null;
    }

    /// <summary>The last day of the month, or one so many days before it.</summary>
    public sealed record Last(int Before) : CronDay
    {
        public override int? In(MonthShape month) => month.Length - Before is var day && day >= 1 ? day : null;
    }

    /// <summary>The last day from Monday to Friday.</summary>
    public sealed record LastWeekday : CronDay
    {
        public override int? In(MonthShape month) =>
            month.DayOfWeek(month.Length) switch { 6 => month.Length - 1, 0 => month.Length - 2, _ => month.Length };
    }

    /// <summary>The day from Monday to Friday that is nearest to a day, in the same month.</summary>
    public sealed record NearestWeekday(int Day) : CronDay
    {
        public override int? In(MonthShape month)
        {
            if (Day > month.Length) return null;
            return month.DayOfWeek(Day) switch
            {
                6 => Day == 1 ? 3 : Day - 1,
                0 => Day == month.Length ? Day - 2 : Day + 1,
                _ => Day,
            };
        }
    }

    /// <summary>The first, second … of a day of the week.</summary>
    public sealed record Nth(int DayOfWeek, int Number) : CronDay
    {
        public override int? In(MonthShape month)
        {
            var day = 1 + ((DayOfWeek - month.First + 7) % 7) + ((Number - 1) * 7);
            return day <= month.Length ? day : null;
        }
    }

    /// <summary>The last of a day of the week.</summary>
    public sealed record LastOf(int DayOfWeek) : CronDay
    {
        public override int? In(MonthShape month) => month.Length - ((month.DayOfWeek(month.Length) - DayOfWeek + 7) % 7);
    }
}
