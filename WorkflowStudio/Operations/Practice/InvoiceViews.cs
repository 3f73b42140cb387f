using WorkflowStudio.Engine.Connectors.Contacts;
using WorkflowStudio.Engine.Connectors.Invoices;
using WorkflowStudio.Engine.Storage.Practice;

namespace WorkflowStudio.Operations.Practice;

/// <summary>An invoice in a list. Amounts are in the currency's smallest unit.</summary>
public sealed record InvoiceListItem(
    Guid Id, string Number, InvoiceStatus Status, string Currency, long TotalCents, DateOnly IssuedOn, DateOnly DueOn, DateTimeOffset? PaidAt, string ContactName, string Url);

/// <summary>How many invoices of a state and currency there are, and what they come to.</summary>
public sealed record InvoiceTotal(InvoiceStatus Status, string Currency, int Count, long TotalCents);

/// <summary>An invoice with everything on it. Amounts are in the currency's smallest unit.</summary>
public sealed record InvoiceView
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required InvoiceStatus Status { get; init; }

    public required string Currency { get; init; }

    public required long SubtotalCents { get; init; }

    public required long TaxCents { get; init; }

    public required long TotalCents { get; init; }

    public required DateOnly IssuedOn { get; init; }

    public required DateOnly DueOn { get; init; }

    /// <summary>Days until it is due in the practice's zone; negative when the day has passed.</summary>
    public required int DueInDays { get; init; }

    public required DateTimeOffset? PaidAt { get; init; }

    public required IReadOnlyList<string> PaymentMethods { get; init; }

    public required string Note { get; init; }

    public required string Url { get; init; }

    public required Contact Contact { get; init; }

    public required IReadOnlyList<InvoiceLine> Lines { get; init; }

    public required IReadOnlyList<InvoicePayment> Payments { get; init; }

    public required PracticeFacts Practice { get; init; }

    /// <summary>Whether paying is only acted out.</summary>
    public required bool IsTest { get; init; }

    public required Guid? RunId { get; init; }

    /// <summary>Whether it is still to be paid.</summary>
    public bool IsUnpaid => Status is InvoiceStatus.Open or InvoiceStatus.Overdue;

    internal static InvoiceView From(InvoiceSheet sheet) => new()
    {
        Id = sheet.Id,
        Number = sheet.Number,
        Status = sheet.Status,
        Currency = sheet.Currency,
        SubtotalCents = sheet.SubtotalCents,
        TaxCents = sheet.TaxCents,
        TotalCents = sheet.TotalCents,
        IssuedOn = sheet.IssuedOn,
        DueOn = sheet.DueOn,
        DueInDays = sheet.DueInDays,
        PaidAt = sheet.PaidAt,
        PaymentMethods = sheet.PaymentMethods,
        Note = sheet.Note,
        Url = sheet.Url,
        Contact = sheet.Contact,
        Lines = sheet.Lines,
        Payments = [.. sheet.Payments.Select(p => new InvoicePayment(p.Method, p.AmountCents, p.Currency, p.Simulated, p.At))],
        Practice = new PracticeFacts(sheet.Practice.Name, sheet.Practice.Address, sheet.Practice.Phone, sheet.Practice.TimeZone),
        IsTest = sheet.SimulatesPayments,
        RunId = sheet.RunId,
    };
}

/// <summary>A payment; the method is <c>recorded</c> when the practice noted it by hand.</summary>
public sealed record InvoicePayment(string Method, long AmountCents, string Currency, bool Simulated, DateTimeOffset At);

/// <summary>What clients read of a practice.</summary>
public sealed record PracticeFacts(string Name, string Address, string Phone, string TimeZone);
