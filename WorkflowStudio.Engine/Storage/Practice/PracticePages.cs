using WorkflowStudio.Engine.Connectors.Calendars;
using WorkflowStudio.Engine.Connectors.Contacts;
using WorkflowStudio.Engine.Connectors.Invoices;
using WorkflowStudio.Engine.Connectors.Messages;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Storage.Practice;

/// <summary>A page of a list, newest first.</summary>
/// <param name="Items">The items of this page; empty past the end.</param>
/// <param name="Total">How many there are on all pages, at most <see cref="PracticeQueries.MostCounted"/>.</param>
/// <param name="AndMore">Whether there are more than are counted.</param>
/// <param name="Next">The item below which the next page begins; null at the end.</param>
public sealed record PracticePage<T>(IReadOnlyList<T> Items, int Total, bool AndMore, Guid? Next);

/// <summary>A message in the outbox.</summary>
public sealed record OutboxItem(
    Guid Id, MessageChannel Channel, string To, string From, string? Subject, string Body, MessageStatus Status, bool Captured,
    Guid? RunId, Guid? WorkflowId, string? NodeId, DateTimeOffset CreatedAt);

/// <summary>A week of the calendar, in the practice's zone.</summary>
/// <param name="Monday">Its first day.</param>
/// <param name="TimeZone">The practice's zone.</param>
/// <param name="Open">When the practice is open.</param>
/// <param name="Appointments">In the order of time, canceled ones too; offsets are the zone's.</param>
public sealed record CalendarWeek(DateOnly Monday, string TimeZone, IReadOnlyList<OpenTime> Open, IReadOnlyList<CalendarItem> Appointments);

/// <summary>An appointment in a calendar.</summary>
public sealed record CalendarItem(
    Guid Id, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TypeName, string With, AppointmentStatus Status, Contact Contact, long PriceCents, Guid? RunId);

/// <summary>An invoice in a list. Amounts are in the currency's smallest unit.</summary>
public sealed record InvoiceItem(
    Guid Id, string Number, InvoiceStatus Status, string Currency, long TotalCents, DateOnly IssuedOn, DateOnly DueOn, DateTimeOffset? PaidAt,
    string ContactName, string Url, Guid? RunId)
{
    /// <summary>The total as people read it.</summary>
    public string Total => Money.Text(TotalCents, Currency);
}

/// <summary>How many invoices of a state and currency there are, and what they come to.</summary>
/// <param name="AndMore">Whether <see cref="PracticeQueries.MostCounted"/> of the state were added up: these are the newest, and there may be more.</param>
public sealed record InvoiceSum(InvoiceStatus Status, string Currency, int Count, long TotalCents, bool AndMore)
{
    /// <summary>The sum as people read it.</summary>
    public string Total => Money.Text(TotalCents, Currency);
}
