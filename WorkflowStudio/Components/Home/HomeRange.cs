using System.Globalization;
using WorkflowStudio.Components.Shared;

namespace WorkflowStudio.Components.Home;

/// <summary>The stretch of time that Home shows, and its bars.</summary>
/// <param name="Key">Its name in the address.</param>
/// <param name="Title">What the choice is called.</param>
/// <param name="Days">How many days, today included.</param>
public sealed record HomeRange(string Key, string Title, int Days)
{
    public static HomeRange Today { get; } = new("today", "Today", 1);

    public static HomeRange TwoWeeks { get; } = new("14", "14 days", 14);

    public static HomeRange Quarter { get; } = new("90", "90 days", 90);

    /// <summary>All of them, in the order of the choice.</summary>
    public static IReadOnlyList<HomeRange> All { get; } = [Today, TwoWeeks, Quarter];

    /// <summary>The range of that name in the address; two weeks when there is none.</summary>
    public static HomeRange Of(string? key) => All.FirstOrDefault(r => r.Key == key) ?? TwoWeeks;

    /// <summary>
    /// The edges of the bars: the starts of days in the workspace's zone, of hours when it is today; the last is the end of today.
    /// </summary>
    public IReadOnlyList<DateTimeOffset> Edges(StudioFormat format)
    {
        var tomorrow = format.StartOf(format.Today.AddDays(1));
        if (Days > 1) return [.. Enumerable.Range(0, Days).Select(i => format.StartOf(format.Today.AddDays(i + 1 - Days))), tomorrow];
        var edges = new List<DateTimeOffset>();
        for (var hour = format.StartOf(format.Today); hour < tomorrow; hour = hour.AddHours(1)) edges.Add(hour);
        return [.. edges, tomorrow];
    }

    /// <summary>The label under a bar; empty for those that would stand too close.</summary>
    public string Label(int bar, int bars, DateTimeOffset start, StudioFormat format)
    {
        var local = format.Local(start);
        if (Days == 1) return bar % 4 == 0 ? local.ToString("h tt", CultureInfo.GetCultureInfo("en-US")) : "";
        if (bar == bars - 1) return "Today";
        if (Days > 20) return bar % 15 == 0 ? format.Date(start) : "";
        if (bar % 2 == 1 || bar == bars - 2) return ""; // the last but one would touch "Today" on a phone
        return bar == 0 || local.Day <= 2 ? format.Date(start) : local.Day.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The full name of a bar, for the tooltip and the table.</summary>
    public string Name(DateTimeOffset start, StudioFormat format) => Days == 1 ? format.Time(start) : format.Weekday(format.DayOf(start));
}
