using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;
using WorkflowStudio.Engine.Model;
using EventStatus = Ical.Net.EventStatus;

namespace WorkflowStudio.Engine.Practice.Calendar;

/// <summary>
/// Appointments as iCalendar (RFC 5545). The same appointments are the same text: times of change are those that are stored, so that a
/// reader is told when nothing has changed.
/// </summary>
internal static class CalendarFile
{
    private const string Product = "-//WorkflowStudio//Calendar//EN";
    private const int FirstYear = 2000;

    /// <summary>For the practice's own calendars: who comes, and what for.</summary>
    /// <param name="owner">Whose calendar it is.</param>
    /// <param name="visits">The appointments, in their order.</param>
    /// <param name="tellsMore">Whether it tells how clients are reached, and notes.</param>
    /// <param name="next">The first one that is not told any more, since there are too many; null when all are.</param>
    public static string OfPractice(CalendarOwner owner, IReadOnlyList<CalendarVisit> visits, bool tellsMore, AppointmentRow? next)
    {
        var zone = TimeZones.FindOrUtc(owner.TimeZone);
        var calendar = Begin(zone, visits);
        calendar.AddProperty("X-WR-CALNAME", Line(owner.Name));
        calendar.AddProperty("X-WR-TIMEZONE", zone.Id);
        foreach (var visit in visits)
        {
            var made = Event(visit, zone);
            made.Summary = Line($"{visit.Type}: {visit.Contact.ToContact().Name}");
            if (tellsMore) made.Description = More(visit);
            calendar.Events.Add(made);
        }

        if (next is not null) calendar.Events.Add(End(next, zone));
        return Text(calendar);
    }

    /// <summary>For a client's own calendar: with whom, and where.</summary>
    public static string OfClient(CalendarOwner owner, CalendarVisit visit)
    {
        var zone = TimeZones.FindOrUtc(owner.TimeZone);
        var calendar = Begin(zone, [visit]);
        var made = Event(visit, zone);
        made.Summary = Line($"{visit.Type}, {owner.Name}");
        if (owner.Address.Length > 0) made.Location = Line(owner.Address);
        made.Description = Paragraphs(visit.Appointment.With.Length == 0 ? "" : $"With {visit.Appointment.With}", owner.Phone);
        calendar.Events.Add(made);
        return Text(calendar);
    }

    // the clock of the zone is told from a year before what was made first, not what comes first: it ends today, and needs a year at least
    private static Ical.Net.Calendar Begin(DateTimeZone zone, IReadOnlyList<CalendarVisit> visits)
    {
        var calendar = new Ical.Net.Calendar { ProductId = Product, Method = "PUBLISH" };
        if (zone == DateTimeZone.Utc || visits.Count == 0) return calendar;
        var year = visits.Min(v => Math.Min(v.Appointment.StartsAt.UtcDateTime.Year, v.Appointment.CreatedAt.UtcDateTime.Year));
        calendar.AddTimeZone(VTimeZone.FromDateTimeZone(
            zone.Id, new DateTime(Math.Max(year, FirstYear), 1, 1, 0, 0, 0, DateTimeKind.Utc), includeHistoricalData: false));
        return calendar;
    }

    private static CalendarEvent Event(CalendarVisit visit, DateTimeZone zone)
    {
        var row = visit.Appointment;
        return new CalendarEvent
        {
            Uid = $"{row.Id:D}@workflowstudio",
            Sequence = row.Sequence,
            DtStamp = Utc(row.ChangedAt),
            Created = Utc(row.CreatedAt),
            LastModified = Utc(row.ChangedAt),
            Start = Time(row.StartsAt, zone),
            End = Time(row.EndsAt, zone),
            Status = row.Status == AppointmentStatus.Canceled ? EventStatus.Cancelled : EventStatus.Confirmed,
        };
    }

    private static CalendarEvent End(AppointmentRow next, DateTimeZone zone) => new()
    {
        Uid = "end@workflowstudio",
        DtStamp = Utc(next.CreatedAt),
        Start = Time(next.StartsAt, zone),
        End = Time(next.EndsAt, zone),
        Summary = "There are too many appointments for one calendar: those from here on are in WorkflowStudio alone.",
    };

    // a time that comes twice is told in UTC: on the clock of its zone it would be the first of the two
    private static CalDateTime Time(DateTimeOffset time, DateTimeZone zone)
    {
        var local = Instant.FromDateTimeOffset(time).InZone(zone).LocalDateTime;
        return zone == DateTimeZone.Utc || zone.MapLocal(local).Count != 1
            ? Utc(time)
            : new CalDateTime(DateTime.SpecifyKind(local.ToDateTimeUnspecified(), DateTimeKind.Unspecified), zone.Id);
    }

    private static CalDateTime Utc(DateTimeOffset time) => new(time.UtcDateTime, CalDateTime.UtcTzId);

    private static string More(CalendarVisit visit) => Paragraphs(
        visit.Contact.Phone, visit.Contact.Email, visit.Appointment.With.Length == 0 ? "" : $"With {visit.Appointment.With}",
        visit.Appointment.Notes, visit.Appointment.CancelReason);

    private static string Paragraphs(params string?[] parts) =>
        string.Join('\n', parts.Where(p => !string.IsNullOrEmpty(p)).Select(p => Clean(p!.ReplaceLineEndings("\n"))));

    private static string Line(string text) => Clean(text.ReplaceLineEndings(" ").Replace('\n', ' '));

    // no sign that ends a line of the file
    private static string Clean(string text) => string.Concat(text.Where(c => c == '\n' || !char.IsControl(c)));

    private static string Text(Ical.Net.Calendar calendar) => new CalendarSerializer().SerializeToString(calendar)!;
}
