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

    /// <summary>What has come in for it, without what was paid back.</summary>
    public required long PaidCents { get; init; }

    /// <summary>What credit notes have taken off it.</summary>
    public required long CreditedCents { get; init; }

    /// <summary>What is still to be paid; 0 when it is paid or void.</summary>
    public required long BalanceCents { get; init; }

    /// <summary>What is to be paid back, because it was credited after it was paid.</summary>
    public required long OverpaidCents { get; init; }

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

    /// <summary>The papers that take a part of it back, the first made first.</summary>
    public required IReadOnlyList<InvoiceCredit> Credits { get; init; }

    public required PracticeCard Practice { get; init; }

    /// <summary>Whether the payment provider is yet to make its bill: until then it is void.</summary>
    public bool AwaitsBill { get; init; }

    /// <summary>The payment provider's page on which it is paid; null where it has none.</summary>
    public string? BillUrl { get; init; }

    /// <summary>Whether paying is only acted out, so that the page says so and offers the button.</summary>
    public required bool SimulatesPayments { get; init; }

    public Guid? RunId { get; init; }

    /// <summary>Since when it is there.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether the payment provider has a bill for it.</summary>
    public bool IsBilled { get; init; }

    /// <summary>What part of it is left to credit.</summary>
    public long CreditableCents => Status == InvoiceStatus.Void ? 0 : TotalCents - CreditedCents;

    /// <summary>The same as it stands in a list.</summary>
    public InvoiceItem ToItem() => new(
        Id, Number, Status, Currency, TotalCents, IssuedOn, DueOn, PaidAt, Contact.Name, BillUrl ?? Url, RunId)
    {
        ContactId = Contact.Id, BalanceCents = BalanceCents, PaidCents = PaidCents, CreditedCents = CreditedCents,
        SubtotalCents = SubtotalCents, TaxCents = TaxCents, CreatedAt = CreatedAt,
    };

    /// <summary>The day of a moment in the practice's zone.</summary>
    public DateOnly DayOf(DateTimeOffset at) => at.DayOn(TimeZones.FindOrUtc(Practice.TimeZone));

    /// <summary>Its taxes by rate.</summary>
    public IReadOnlyList<InvoiceTax> Taxes => InvoiceTax.Of(Lines);

    /// <summary>Whether it is still to be paid.</summary>
    public bool IsUnpaid => Status is InvoiceStatus.Open or InvoiceStatus.Overdue;
}

/// <summary>A payment, or what was paid back; <see cref="Method"/> is <c>recorded</c> when the practice did not say how.</summary>
/// <param name="At">When the money came.</param>
public sealed record InvoicePayment(Guid Id, string Method, long AmountCents, string Currency, bool Simulated, DateTimeOffset At)
{
    /// <summary>Whether somebody of the practice noted it.</summary>
    public bool ByHand { get; init; }

    /// <summary>What they noted with it.</summary>
    public string Note { get; init; } = "";
}

/// <summary>A credit note: amounts with tax, in the currency's smallest unit.</summary>
/// <param name="Number">As people read it: CN-1001.</param>
/// <param name="TaxCents">The tax in the amount.</param>
public sealed record InvoiceCredit(Guid Id, string Number, DateOnly IssuedOn, long AmountCents, long TaxCents, string Reason);

/// <summary>What clients read of a practice.</summary>
public sealed record PracticeCard(string Name, string Address, string Phone, string TimeZone);
