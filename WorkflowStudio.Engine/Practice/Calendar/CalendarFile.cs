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

    /// <summary>For the practice's own calendars: who comes, and what for.</summary>
    public static string OfPractice(CalendarOwner owner, IReadOnlyList<CalendarVisit> visits, bool tellsMore)
    {
        var zone = TimeZones.FindOrUtc(owner.TimeZone);
        var calendar = Begin(owner, zone, visits.Count == 0 ? null : visits.Min(v => v.Appointment.StartsAt));
        calendar.AddProperty("X-WR-CALNAME", Line(owner.Name));
        calendar.AddProperty("X-WR-TIMEZONE", zone.Id);
        foreach (var visit in visits)
        {
            var made = Event(visit, zone);
            made.Summary = Line($"{visit.Type}: {visit.Contact.ToContact().Name}");
            if (tellsMore) made.Description = More(visit);
            calendar.Events.Add(made);
        }

        return Text(calendar);
    }

    /// <summary>For a client's own calendar: with whom, and where.</summary>
    public static string OfClient(CalendarOwner owner, CalendarVisit visit)
    {
        var zone = TimeZones.FindOrUtc(owner.TimeZone);
        var calendar = Begin(owner, zone, visit.Appointment.StartsAt);
        var made = Event(visit, zone);
        made.Summary = Line($"{visit.Type}, {owner.Name}");
        if (owner.Address.Length > 0) made.Location = Line(owner.Address);
        made.Description = Paragraphs(visit.Appointment.With.Length == 0 ? "" : $"With {visit.Appointment.With}", owner.Phone);
        calendar.Events.Add(made);
        return Text(calendar);
    }

    private static Ical.Net.Calendar Begin(CalendarOwner owner, DateTimeZone zone, DateTimeOffset? first)
    {
        var calendar = new Ical.Net.Calendar { ProductId = Product, Method = "PUBLISH" };
        if (zone != DateTimeZone.Utc && first is { } from)
            calendar.AddTimeZone(VTimeZone.FromDateTimeZone(zone.Id, from.UtcDateTime.AddYears(-1), includeHistoricalData: false));
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
