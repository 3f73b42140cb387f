using WorkflowStudio.Engine.Connectors.Calendars;
using WorkflowStudio.Engine.Connectors.Contacts;
using WorkflowStudio.Engine.Connectors.Invoices;
using WorkflowStudio.Engine.Connectors.Messages;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Storage.Practice;

/// <summary>A page of a list, newest first.</summary>
/// <param name="Items">The items of this page; empty past the end.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Number">The number of the page, from 1.</param>
/// <param name="Size">How many items a page holds, 1 to 200.</param>
public sealed record PracticePage<T>(IReadOnlyList<T> Items, int Total, int Number, int Size);

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
public sealed record InvoiceSum(InvoiceStatus Status, string Currency, int Count, long TotalCents)
{
    /// <summary>The sum as people read it.</summary>
    public string Total => Money.Text(TotalCents, Currency);
}
