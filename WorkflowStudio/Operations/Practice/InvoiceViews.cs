using WorkflowStudio.Engine.Practice.Invoices;

namespace WorkflowStudio.Operations.Practice;

/// <summary>An invoice in a list. Amounts are in the currency's smallest unit.</summary>
public sealed record InvoiceListItem(
    Guid Id, string Number, InvoiceStatus Status, string Currency, long TotalCents, DateOnly IssuedOn, DateOnly DueOn,
    DateTimeOffset? PaidAt, string ContactName, string Url);

/// <summary>How many invoices of a state and currency there are, and what they come to.</summary>
/// <param name="AndMore">Whether only the newest of the state were added up.</param>
public sealed record InvoiceTotal(InvoiceStatus Status, string Currency, int Count, long TotalCents, bool AndMore);
