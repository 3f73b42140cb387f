using WorkflowStudio.Engine.Practice.Tables;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>An invoice as somebody at the desk, or a program, writes it.</summary>
public sealed record NewInvoice
{
    /// <summary>The most lines.</summary>
    public const int MostLines = InvoiceRules.MaxLines;

    /// <summary>Days until one is due that does not say when.</summary>
    public const int UsualDays = InvoiceWriting.UsualDays;

    /// <summary>Who pays.</summary>
    public Guid? ContactId { get; init; }

    /// <summary>ISO 4217, in any case.</summary>
    public string Currency { get; init; } = "";

    /// <summary>What for.</summary>
    public IReadOnlyList<NewInvoiceLine> Lines { get; init; } = [];

    /// <summary>The day in the practice's zone until which it is to be paid; null for two weeks from today.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>How it can be paid; none for <c>card</c>.</summary>
    public IReadOnlyList<string> PaymentMethods { get; init; } = [];

    /// <summary>A note for the client; may be empty.</summary>
    public string Note { get; init; } = "";
}

/// <summary>A line of it.</summary>
public sealed record NewInvoiceLine
{
    /// <summary>What it is.</summary>
    public string What { get; init; } = "";

    /// <summary>A second line; may be empty.</summary>
    public string Detail { get; init; } = "";

    /// <summary>How many or how much.</summary>
    public decimal Quantity { get; init; } = 1;

    /// <summary>The price of one without tax, in the currency's main unit.</summary>
    public decimal UnitPrice { get; init; }

    /// <summary>The tax on it in percent.</summary>
    public decimal TaxPercent { get; init; }
}

/// <summary>Money that came in for an invoice beside its page, or was paid back.</summary>
public sealed record NewPayment
{
    /// <summary>The ways that are noted by hand, with what people call them.</summary>
    public static IReadOnlyList<FieldChoice> Methods { get; } =
    [
        new("cash", "Cash"), new("card", "Card"), new("bank_transfer", "Bank transfer"), new("check", "Check"), new("other", "Other"),
    ];

    /// <summary>In the currency's main unit; below 0 for what was paid back; null for all that is still to be paid.</summary>
    public decimal? Amount { get; init; }

    /// <summary>One of <see cref="Methods"/>.</summary>
    public string Method { get; init; } = "";

    /// <summary>The day in the practice's zone on which it came; null for now.</summary>
    public DateOnly? PaidOn { get; init; }

    /// <summary>A note for the practice; may be empty.</summary>
    public string Note { get; init; } = "";
}

/// <summary>A part of an invoice that is taken back, or all of it.</summary>
public sealed record NewCreditNote
{
    /// <summary>With its tax, in the currency's main unit; null for all that no other has credited.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Why: it stands on the paper.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>What became of a change of an invoice.</summary>
public abstract record InvoiceOutcome
{
    /// <summary>It was done.</summary>
    /// <param name="Id">The invoice.</param>
    /// <param name="MadeId">The payment or credit note that was made; the invoice's own where it was.</param>
    /// <param name="Unbilled">Why its bill is not with the payment provider yet; null when nothing is missing.</param>
    public sealed record Done(Guid Id, Guid MadeId, string? Unbilled = null) : InvoiceOutcome;

    /// <summary>It cannot be, for these reasons; nothing was written.</summary>
    public sealed record Wrong(IReadOnlyList<FieldProblem> Problems) : InvoiceOutcome;

    /// <summary>The state of the invoice, or whoever has its bill, stands against it.</summary>
    public sealed record Refused(string Code, string Message) : InvoiceOutcome;

    /// <summary>There is none of this id.</summary>
    public sealed record Unknown : InvoiceOutcome;
}
