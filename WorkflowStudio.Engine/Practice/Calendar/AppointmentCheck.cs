using System.Globalization;
using NodaTime;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Calendar;

/// <summary>Whether an appointment can be as somebody wants it. What is only noted of a past one is not held to opening hours.</summary>
internal sealed class AppointmentCheck(StudioDbContext db, Tenant tenant, DateTimeZone zone, DateTimeOffset now)
{
    /// <summary>That no appointment is so far from now.</summary>
    public static readonly FieldProblem Beyond =
        new("startsAt", "An appointment begins in the year 2000 or later, and at most two years from now.");

    /// <summary>How many days ahead the latest appointment may be.</summary>
    public const int MostDaysAhead = 2 * 366;

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Why nothing can be noted at its time; null when something can.</summary>
    public static FieldProblem? Time(AppointmentRow row, DateTimeOffset now)
    {
        if (row.StartsAt < Earliest || row.StartsAt > now.AddDays(MostDaysAhead))
            return Beyond;
        return row.StartsAt.Ticks % TimeSpan.TicksPerMinute == 0 ? null : new("startsAt", "An appointment begins at a whole minute.");
    }

    /// <summary>What stands against it.</summary>
    /// <param name="row">The appointment as it would be.</param>
    /// <param name="was">The appointment as it is; null for a new one.</param>
    public IEnumerable<FieldProblem> Of(AppointmentRow row, AppointmentRow? was)
    {
        var isMoved = was is null || was.StartsAt != row.StartsAt || was.FreeAt != row.FreeAt;
        if (row.Status is AppointmentStatus.Visited or AppointmentStatus.Missed && (was?.Status != row.Status || isMoved)
            && row.StartsAt > now) return [new("status", "It has not begun yet, so nobody can say whether the client came.")];
        if (was?.Status == AppointmentStatus.Canceled && row.Status == AppointmentStatus.Canceled && was.StartsAt != row.StartsAt)
            return [new("startsAt", "It was called off. Book it again to move it.")];
        // one that was canceled had given its time away
        var takesTime = row.Status == AppointmentStatus.Booked && (isMoved || was!.Status == AppointmentStatus.Canceled);
        if (takesTime && row.StartsAt < now)
            return [new("startsAt", "This time is over. One that took place has the status visited, missed or canceled.")];
        if (takesTime && Closed(row) is { } closed) return [closed];
        var standsInTheWay = takesTime || (row.Status == AppointmentStatus.Booked && was!.With != row.With);
        return standsInTheWay && !BookingRules.IsFree(db, tenant, row.With, row.StartsAt, row.FreeAt, row.Id)
            ? [new("startsAt", (row.With.Length == 0 ? "Somebody else has an" : $"{row.With} has another")
                + " appointment at this time. Choose another time.") { Conflict = BookingRules.SlotTaken.Code }]
            : [];
    }

    private FieldProblem? Closed(AppointmentRow row)
    {
        var day = row.StartsAt.DayOn(zone);
        var (start, end) = (Instant.FromDateTimeOffset(row.StartsAt), Instant.FromDateTimeOffset(row.EndsAt));
        var date = LocalDate.FromDateOnly(day);
        List<OpenTime> open = [.. OpenTimes.All(db, tenant, day).On(day)];
        if (open.Any(o => zone.At(date, o.From) <= start && end <= zone.At(date, o.To))) return null;
        var named = day.ToString("dddd, MMMM d", English);
        return new("startsAt", open.Count == 0
            ? $"The practice is closed on {named}."
            : $"On {named} the practice is open {string.Join(" and ", open.Select(o => $"from {Words(o.From)} to {Words(o.To)}"))}; "
                + $"the appointment would be from {Words(row.StartsAt.On(zone))} to {Words(row.EndsAt.On(zone))}.");
    }

    private static string Words(int minutes) => TimeOnly.MinValue.AddMinutes(minutes).ToString("h:mm tt", English);

    private static string Words(DateTimeOffset time) => time.ToString("h:mm tt", English);
}
