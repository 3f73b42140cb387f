using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;

namespace WorkflowStudio.Engine.Practice.Calendar;

/// <summary>A week of the calendar, in the practice's zone.</summary>
/// <param name="Monday">Its first day.</param>
/// <param name="TimeZone">The practice's zone.</param>
/// <param name="Open">When the practice is open.</param>
/// <param name="Appointments">In the order of time, canceled ones too; offsets are the zone's.</param>
public sealed record CalendarWeek(DateOnly Monday, string TimeZone, IReadOnlyList<OpenTime> Open, IReadOnlyList<CalendarItem> Appointments);

/// <summary>An appointment in a calendar.</summary>
public sealed record CalendarItem(
    Guid Id, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TypeName, string With, AppointmentStatus Status, Contact Contact,
    long PriceCents, Guid? RunId)
{
    /// <summary>How often it was changed: whoever changes it says what was seen.</summary>
    public int Revision { get; init; }

    /// <summary>What the desk has written down; may be empty.</summary>
    public string Notes { get; init; } = "";

    /// <summary>Why it was called off; empty where it was not, or nobody said so.</summary>
    public string Reason { get; init; } = "";
}
