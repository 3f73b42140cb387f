using System.Globalization;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice;

/// <summary>Where everything of a week stands, in pixels. Appointments at the same time stand side by side.</summary>
public sealed record CalendarPlan(IReadOnlyList<CalendarPlan.Day> Days, int FirstHour, int Hours)
{
    public const int HourHeight = 56;

    private const int LowestBlock = 24;

    // what the lowest block covers of a day: two short visits in a row would hide each other
    private const int LowestMinutes = ((LowestBlock + 2) * 60 + HourHeight - 1) / HourHeight;

    /// <summary>Places a week. Saturday and Sunday are left out when the practice is closed and nothing is booked.</summary>
    public static CalendarPlan Of(CalendarView week)
    {
        var first = Math.Min(week.Open.Count == 0 ? 9 * 60 : week.Open.Min(o => o.From),
            week.Entries.Count == 0 ? 24 * 60 : week.Entries.Min(e => MinuteOf(e.StartsAt))) / 60;
        var last = Math.Max(
            week.Open.Count == 0 ? 17 * 60 : week.Open.Max(o => o.To), week.Entries.Count == 0 ? 0 : week.Entries.Max(EndMinute));
        var days = Enumerable.Range(0, 7).Select(i => week.Monday.AddDays(i)).Select(date => PlaceDay(week, date, first)).ToList();
        return new CalendarPlan(
            [.. days.Where(d => d.Open.Count > 0 || d.Blocks.Count > 0
                || d.Date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))],
            first, Math.Max(1, ((last + 59) / 60) - first));
    }

    /// <summary>Whether no day that is shown is still to come: on a closed weekend the next week is what people look for.</summary>
    public bool IsOver(DateOnly today) => Days[^1].Date < today;

    /// <summary>"9 AM".</summary>
    public string HourName(int row) => new TimeOnly((FirstHour + row) % 24, 0).ToString("h tt", CultureInfo.GetCultureInfo("en-US"));

    private static Day PlaceDay(CalendarView week, DateOnly date, int firstHour) => new(
        date,
        [.. week.Open.Where(o => o.Weekday == date.DayOfWeek)
            .Select(o => new Stretch(Pixels(o.From - (firstHour * 60)), Pixels(o.To - o.From)))],
        PlaceBlocks(
            [.. week.Entries.Where(e => DateOnly.FromDateTime(e.StartsAt.DateTime) == date).OrderBy(e => e.StartsAt).ThenBy(e => e.EndsAt)],
            firstHour));

    private static List<Block> PlaceBlocks(IReadOnlyList<CalendarEntry> entries, int firstHour)
    {
        var blocks = new List<Block>();
        var cluster = new List<(CalendarEntry Entry, int Lane)>();
        var ends = new List<int>(); // of each lane of the cluster
        foreach (var entry in entries)
        {
            if (ends.Count > 0 && MinuteOf(entry.StartsAt) >= ends.Max()) Close();
            var lane = ends.FindIndex(end => end <= MinuteOf(entry.StartsAt));
            if (lane < 0)
            {
                lane = ends.Count;
                ends.Add(0);
            }

            ends[lane] = Math.Max(EndMinute(entry), MinuteOf(entry.StartsAt) + LowestMinutes);
            cluster.Add((entry, lane));
        }

        Close();
        return blocks;

        void Close()
        {
            blocks.AddRange(cluster.Select(c => new Block(
                c.Entry, Pixels(MinuteOf(c.Entry.StartsAt) - (firstHour * 60)),
                Math.Max(LowestBlock, Pixels(EndMinute(c.Entry) - MinuteOf(c.Entry.StartsAt)) - 2), c.Lane, ends.Count)));
            cluster.Clear();
            ends.Clear();
        }
    }

    private static int MinuteOf(DateTimeOffset time) => (time.Hour * 60) + time.Minute;

    private static int EndMinute(CalendarEntry entry) => MinuteOf(entry.StartsAt) + (int)(entry.EndsAt - entry.StartsAt).TotalMinutes;

    private static int Pixels(int minutes) => minutes * HourHeight / 60;

    /// <summary>A day: when it is open, and its appointments.</summary>
    public sealed record Day(DateOnly Date, IReadOnlyList<Stretch> Open, IReadOnlyList<Block> Blocks);

    /// <summary>A stretch of a day.</summary>
    public sealed record Stretch(int Top, int Height);

    /// <summary>An appointment in its lane.</summary>
    public sealed record Block(CalendarEntry Entry, int Top, int Height, int Lane, int Lanes)
    {
        public string Style => string.Create(CultureInfo.InvariantCulture,
            $"top:{Top}px;height:{Height}px;left:calc({100.0 * Lane / Lanes:0.##}% + 2px);width:calc({100.0 / Lanes:0.##}% - 4px)");
    }
}
