using System.Globalization;
using NodaTime;
using NodaTime.Extensions;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice;

/// <summary>A stretch of time as people name it: by a word of <see cref="Names"/>, or by its first and last day.</summary>
public sealed record DateRange
{
    private readonly DateOnly? first, last;

    private DateRange(string name, DateOnly? first, DateOnly? last) => (Name, this.first, this.last) = (name, first, last);

    /// <summary>
    /// The words. <c>last_7_days</c> and <c>last_30_days</c> begin so many days ago at the same time of the day, so that two that follow
    /// each other miss nothing and count nothing twice; the others are whole days, months, quarters and years.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "today", "yesterday", "last_7_days", "last_30_days", "this_month", "last_month", "this_quarter", "last_quarter", "this_year",
        "last_year", "all",
    ];

    /// <summary>The word; <c>custom</c> for two days.</summary>
    public string Name { get; }

    /// <summary>The stretch of this word; null when there is none.</summary>
    public static DateRange? Named(string name) => Names.Contains(name) ? new DateRange(name, null, null) : null;

    /// <summary>The stretch between two days, both of which belong to it; null leaves an end open.</summary>
    public static DateRange Between(DateOnly? first, DateOnly? last) => new("custom", first, last);

    /// <summary>When it begins and ends, for somebody whose clock is in a zone.</summary>
    public Period At(DateTimeOffset now, DateTimeZone zone)
    {
        var local = Instant.FromDateTimeOffset(now).InZone(zone).LocalDateTime;
        var (today, month) = (local.Date, new LocalDate(local.Year, local.Month, 1));
        var quarter = month.PlusMonths(-((local.Month - 1) % 3));
        var year = new LocalDate(local.Year, 1, 1);
        return Name switch
        {
            "today" => Days(today, today.PlusDays(1), "today"),
            "yesterday" => Days(today.PlusDays(-1), today, "yesterday"),
            "last_7_days" => Since(local.PlusDays(-7), "the last 7 days"),
            "last_30_days" => Since(local.PlusDays(-30), "the last 30 days"),
            "this_month" => Days(month, month.PlusMonths(1), "this month"),
            "last_month" => Days(month.PlusMonths(-1), month, "last month"),
            "this_quarter" => Days(quarter, quarter.PlusMonths(3), "this quarter"),
            "last_quarter" => Days(quarter.PlusMonths(-3), quarter, "last quarter"),
            "this_year" => Days(year, year.PlusYears(1), "this year"),
            "last_year" => Days(year.PlusYears(-1), year, "last year"),
            "all" => new Period(Name, null, null, "all time"),
            _ => Days(first?.ToLocalDate(), last?.ToLocalDate().PlusDays(1), ""),
        };

        Period Since(LocalDateTime from, string words) =>
            new(Name, zone.At(from).ToDateTimeOffset(), null, $"{words} (since {Day(from.Date)}, {Text(from, "h:mm tt")})");

        Period Days(LocalDate? from, LocalDate? before, string words)
        {
            var days = (from, before?.PlusDays(-1)) switch
            {
                ({ } one, { } other) when one == other => Day(one),
                ({ } one, { } other) => $"{Day(one)} to {Day(other)}",
                ({ } one, null) => $"since {Day(one)}",
                (_, { } other) => $"until {Day(other)}",
                _ => "all time",
            };
            return new Period(Name, Start(from), Start(before), words.Length > 0 ? $"{words} ({days})" : days);
        }

        DateTimeOffset? Start(LocalDate? day) => day is { } given ? zone.At(given.AtMidnight()).ToDateTimeOffset() : null;
    }

    private static string Day(LocalDate day) => Text(day.AtMidnight(), "MMMM d, yyyy");

    private static string Text(LocalDateTime time, string format) =>
        time.ToDateTimeUnspecified().ToString(format, CultureInfo.InvariantCulture);
}

/// <summary>A stretch of time.</summary>
/// <param name="Name">The word that it was named by.</param>
/// <param name="From">Its first moment; null has no beginning.</param>
/// <param name="Before">The moment at which it is over; null is not over yet.</param>
/// <param name="Words">For people: "this month (November 1, 2026 to November 30, 2026)".</param>
public sealed record Period(string Name, DateTimeOffset? From, DateTimeOffset? Before, string Words);
