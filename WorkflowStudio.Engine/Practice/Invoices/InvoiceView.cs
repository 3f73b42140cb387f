using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>An invoice with everything on it, as pages show it. Amounts are in the currency's smallest unit.</summary>
public sealed record InvoiceView
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

    public required IReadOnlyList<InvoicePayment> Payments { get; init; }

    public required PracticeCard Practice { get; init; }

    /// <summary>Whether the payment provider is yet to make its bill: until then it is void.</summary>
    public bool AwaitsBill { get; init; }

    /// <summary>The payment provider's page on which it is paid; null where it has none.</summary>
    public string? BillUrl { get; init; }

    /// <summary>Whether paying is only acted out, so that the page says so and offers the button.</summary>
    public required bool SimulatesPayments { get; init; }

    public Guid? RunId { get; init; }

    /// <summary>Whether it is still to be paid.</summary>
    public bool IsUnpaid => Status is InvoiceStatus.Open or InvoiceStatus.Overdue;
}

/// <summary>A payment; <see cref="Method"/> is <c>recorded</c> when the practice noted it by hand.</summary>
public sealed record InvoicePayment(Guid Id, string Method, long AmountCents, string Currency, bool Simulated, DateTimeOffset At);

/// <summary>What clients read of a practice.</summary>
public sealed record PracticeCard(string Name, string Address, string Phone, string TimeZone);
