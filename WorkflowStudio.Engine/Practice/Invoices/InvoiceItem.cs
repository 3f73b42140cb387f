using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>An invoice in a list. Amounts are in the currency's smallest unit.</summary>
public sealed record InvoiceItem(
    Guid Id, string Number, InvoiceStatus Status, string Currency, long TotalCents, DateOnly IssuedOn, DateOnly DueOn,
    DateTimeOffset? PaidAt,
    string ContactName, string Url, Guid? RunId)
{
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
