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

/// <summary>An invoice with everything on it, as the client's page shows it.</summary>
public sealed record InvoiceSheet
{
    public required Tenant Tenant { get; init; }

    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required InvoiceStatus Status { get; init; }

    public required string Currency { get; init; }

    public required long SubtotalCents { get; init; }

    public required long TaxCents { get; init; }

    public required long TotalCents { get; init; }

    public required DateOnly IssuedOn { get; init; }

    public required DateOnly DueOn { get; init; }

    /// <summary>Days from today in the practice's zone until it is due; negative when the day has passed.</summary>
    public required int DueInDays { get; init; }

    public required DateTimeOffset? PaidAt { get; init; }

    public required IReadOnlyList<string> PaymentMethods { get; init; }

    public required string Note { get; init; }

    public required string Url { get; init; }

    public required Contact Contact { get; init; }

    public required IReadOnlyList<InvoiceLine> Lines { get; init; }

    public required IReadOnlyList<PaymentItem> Payments { get; init; }

    public required PracticeCard Practice { get; init; }

    /// <summary>Whether paying is only acted out, so that the page says so and offers the button.</summary>
    public required bool SimulatesPayments { get; init; }

    public Guid? RunId { get; init; }
}

/// <summary>A payment; <see cref="Method"/> is <c>recorded</c> when the practice noted it by hand.</summary>
public sealed record PaymentItem(Guid Id, string Method, long AmountCents, string Currency, bool Simulated, DateTimeOffset At);

/// <summary>What clients read of a practice.</summary>
public sealed record PracticeCard(string Name, string Address, string Phone, string TimeZone);
