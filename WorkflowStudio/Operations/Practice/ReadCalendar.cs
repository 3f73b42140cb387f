using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Practice;

/// <summary>A week in the practice's calendar. Times carry the offset of the practice's zone.</summary>
public sealed record CalendarView(DateOnly Monday, IReadOnlyList<OpenTime> Open, IReadOnlyList<CalendarEntry> Entries);

/// <summary>An appointment.</summary>
public sealed record CalendarEntry(
    Guid Id, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Type, string With, AppointmentStatus Status, Contact Contact,
    long PriceCents, Guid? RunId)
{
    /// <summary>How often it was changed: whoever changes it says what was seen.</summary>
    public int Revision { get; init; }

    /// <summary>What the desk has written down; may be empty.</summary>
    public string Notes { get; init; } = "";

    /// <summary>Why it was called off; empty where it was not, or nobody said so.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>Reads weeks of the calendar.</summary>
public sealed class ReadCalendar(CalendarQueries queries, WorkflowAccess access)
{
    /// <summary>The week in which the day lies; null means this week.</summary>
    public async Task<Result<CalendarView>> WeekAsync(Caller caller, DateOnly? day, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ViewData) is { } refusal) return refusal;
        var week = await queries.WeekAsync(caller.Tenant, day, cancellationToken);
        // an appointment is the practice's; the run that made it is seen where its workflow is
        Guid[] runs = [.. week.Appointments.Select(a => a.RunId).OfType<Guid>().Distinct()];
        var seen = (await access.SeenRunsAsync(caller, runs, cancellationToken)).ToHashSet();
        return new CalendarView(week.Monday, week.Open,
            [.. week.Appointments.Select(
                a => new CalendarEntry(a.Id, a.StartsAt, a.EndsAt, a.TypeName, a.With, a.Status, a.Contact, a.PriceCents,
                a.RunId is { } run && seen.Contains(run) ? run : null)
                { Revision = a.Revision, Notes = a.Notes, Reason = a.Reason })]);
    }
}
