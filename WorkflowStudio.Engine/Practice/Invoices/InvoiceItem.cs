using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>An invoice in a list. Amounts are in the currency's smallest unit.</summary>
public sealed record InvoiceItem(
    Guid Id, string Number, InvoiceStatus Status, string Currency, long TotalCents, DateOnly IssuedOn, DateOnly DueOn,
    DateTimeOffset? PaidAt,
    string ContactName, string Url, Guid? RunId)
{
    /// <summary>Who pays.</summary>
    public required Guid ContactId { get; init; }

    /// <summary>What is still to be paid.</summary>
    public required long BalanceCents { get; init; }

    /// <summary>What has come in for it, without what was paid back.</summary>
    public required long PaidCents { get; init; }

    /// <summary>What credit notes have taken off it.</summary>
    public required long CreditedCents { get; init; }

    public required long SubtotalCents { get; init; }

    public required long TaxCents { get; init; }

    /// <summary>Since when it is there.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The total as people read it.</summary>
    public string Total => Money.Text(TotalCents, Currency);
}

/// <summary>How many invoices of a state and currency there are, and what they come to.</summary>
/// <param name="AndMore">Whether <see cref="PracticePages.MostCounted"/> of the state were added up: these are the newest, and there may be
/// more.</param>
public sealed record InvoiceSum(InvoiceStatus Status, string Currency, int Count, long TotalCents, bool AndMore)
{
    /// <summary>The sum as people read it.</summary>
    public string Total => Money.Text(TotalCents, Currency);
}

/// <summary>Which invoices are wanted; what is null narrows nothing.</summary>
public sealed record InvoiceFilter
{
    public InvoiceStatus? Status { get; init; }

    public Guid? ContactId { get; init; }

    /// <summary>The number, or a part of the name, e-mail or phone of who pays.</summary>
    public string? Search { get; init; }

    public DateOnly? IssuedFrom { get; init; }

    public DateOnly? IssuedTo { get; init; }

    public DateOnly? DueFrom { get; init; }

    public DateOnly? DueTo { get; init; }
}

/// <summary>A payment in a list. The amount is in the currency's smallest unit, below 0 for what was paid back.</summary>
/// <param name="ByHand">Whether somebody of the practice noted it.</param>
public sealed record PaymentItem(
    Guid Id, Guid InvoiceId, string InvoiceNumber, Guid ContactId, string ContactName, string Method, long AmountCents, string Currency,
    bool Simulated, bool ByHand, DateTimeOffset PaidAt, string Note);

/// <summary>Which payments are wanted; what is null narrows nothing.</summary>
public sealed record PaymentFilter
{
    public Guid? InvoiceId { get; init; }

    public Guid? ContactId { get; init; }

    public string? Method { get; init; }

    /// <summary>The first day in the practice's zone.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly? To { get; init; }
}
