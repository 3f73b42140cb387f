using System.Globalization;
using NodaTime;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Components.Shared;

/// <summary>
/// How times, durations and money are written on every page. Instants are shown in the workspace's zone, in American English.
/// </summary>
public sealed class StudioFormat(string timeZone, TimeProvider clock)
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    private readonly DateTimeZone zone = TimeZones.FindOrUtc(timeZone);

    /// <summary>The IANA name of the zone, for the exact times on hover.</summary>
    public string Zone => timeZone;

    /// <summary>The present time in the zone.</summary>
    public DateTimeOffset Now => Local(clock.GetUtcNow());

    /// <summary>The present day in the zone.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Now.DateTime);

    /// <summary>An instant in the zone.</summary>
    public DateTimeOffset Local(DateTimeOffset instant) => instant.On(zone);

    /// <summary>The day on which an instant falls.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant).DateTime);

    /// <summary>The instant at which a day begins; where midnight is skipped by a clock change, the first instant after it.</summary>
    public DateTimeOffset StartOf(DateOnly day) => zone.AtStartOfDay(LocalDate.FromDateOnly(day)).ToDateTimeOffset();

    /// <summary>
    /// The instant at which the clock there shows this. Within the gap of a clock change it is as much later; of the two in an overlap it
    /// is the first.
    /// </summary>
    public DateTimeOffset At(DateTime clock) => zone.AtLeniently(LocalDateTime.FromDateTime(clock)).ToDateTimeOffset();

    /// <summary>"now", "40 s ago", "12 min ago", "3 h ago", "Nov 12"; "in 5 min", "tomorrow, 9:00 AM", "Dec 1" ahead.</summary>
    public string Relative(DateTimeOffset instant)
    {
        var ago = clock.GetUtcNow() - instant;
        return ago < TimeSpan.FromSeconds(-5) ? Ahead(instant, -ago) : Ago(instant, ago);
    }

    /// <summary>"Tuesday, November 24, 2026, 10:14:02 AM (America/Chicago)".</summary>
    public string Exact(DateTimeOffset instant) => $"{Local(instant).ToString("dddd, MMMM d, yyyy, h:mm:ss tt", English)} ({timeZone})";

    /// <summary>"Dec 1, 11:30 AM"; today "11:30 AM".</summary>
    public string DateTime(DateTimeOffset instant) => DayOf(instant) == Today ? Time(instant) : $"{Date(instant)}, {Time(instant)}";

    /// <summary>"Dec 1", with the year when it is another.</summary>
    public string Date(DateTimeOffset instant) => Date(DayOf(instant));

    /// <summary>"Dec 1", with the year when it is another.</summary>
    public string Date(DateOnly day) => day.ToString(day.Year == Today.Year ? "MMM d" : "MMM d, yyyy", English);

    /// <summary>"November 24, 2026".</summary>
    public string LongDate(DateOnly day) => day.ToString("MMMM d, yyyy", English);

    /// <summary>"Tuesday, November 24".</summary>
    public string Weekday(DateOnly day) => day.ToString("dddd, MMMM d", English);

    /// <summary>"11:30 AM".</summary>
    public string Time(DateTimeOffset instant) => Local(instant).ToString("h:mm tt", English);

    /// <summary>"11:30 AM".</summary>
    public static string Time(TimeOnly time) => time.ToString("h:mm tt", English);

    /// <summary>"10:14:02", for logs.</summary>
    public string Clock(DateTimeOffset instant) => Local(instant).ToString("HH:mm:ss", English);

    /// <summary>The chip of a run that waits: "4:00 PM" today, else "Dec 1".</summary>
    public string Until(DateTimeOffset instant) => DayOf(instant) == Today ? Time(instant) : Date(instant);

    /// <summary>"0 s", "2.4 s", "41 s", "12 min", "3 h", "7 days".</summary>
    public static string Duration(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero) duration = TimeSpan.Zero;
        return duration switch
        {
            { TotalMilliseconds: >= 1 and < 99.5 } => $"{duration.TotalMilliseconds.ToString("0", English)} ms",
            { TotalSeconds: < 9.95 } => $"{Math.Round(duration.TotalSeconds, 1, MidpointRounding.AwayFromZero).ToString("0.#", English)} s",
            { TotalSeconds: < 59.5 } => $"{duration.TotalSeconds.ToString("0", English)} s",
            { TotalMinutes: < 59.5 } => $"{duration.TotalMinutes.ToString("0", English)} min",
            { TotalHours: < 47.5 } => $"{duration.TotalHours.ToString("0", English)} h",
            _ => $"{duration.TotalDays.ToString("0", English)} days",
        };
    }

    /// <summary>"$180.00", from the currency's smallest unit.</summary>
    public static string Amount(long cents, string currency) => Money.Text(cents, currency);

    /// <summary>"1,204".</summary>
    public static string Count(long count) => count.ToString("#,##0", English);

    /// <summary>"1 run", "3 runs".</summary>
    public static string Count(long count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";

    /// <summary>"10,000", "more than 10,000".</summary>
    public static string CountUpTo(long count, bool andMore) => andMore ? $"more than {Count(count)}" : Count(count);

    private string Ago(DateTimeOffset instant, TimeSpan ago) => ago switch
    {
        { TotalSeconds: < 5 } => "now",
        { TotalSeconds: < 60 } => $"{(int)ago.TotalSeconds} s ago",
        { TotalMinutes: < 60 } => $"{(int)ago.TotalMinutes} min ago",
        { TotalHours: < 24 } => $"{(int)ago.TotalHours} h ago",
        _ => Date(instant),
    };

    private string Ahead(DateTimeOffset instant, TimeSpan ahead)
    {
        if (ahead.TotalMinutes < 60)
            return ahead.TotalSeconds < 60 ? $"in {(int)ahead.TotalSeconds} s" : $"in {(int)ahead.TotalMinutes} min";
        var days = DayOf(instant).DayNumber - Today.DayNumber;
        return days switch
        {
            0 => Time(instant),
            1 => $"tomorrow, {Time(instant)}",
            _ => Date(instant),
        };
    }
}
