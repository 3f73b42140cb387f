using System.Globalization;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>What an invoice may be and who may pay it how, whoever asks.</summary>
internal static class InvoiceRules
{
    /// <summary>The most lines of an invoice.</summary>
    public const int MaxLines = 50;

    /// <summary>No invoice has that id.</summary>
    public static readonly ConnectorProblem Unknown = new("invoice_unknown", "There is no such invoice.");

    private static readonly ConnectorProblem AlreadyPaid = new("invoice_paid", "This invoice is paid already.");
    private static readonly ConnectorProblem IsVoid = new("invoice_void", "This invoice was taken back and is not to be paid any more.");

    /// <summary>Something was paid for it, so it cannot just be taken back.</summary>
    public static readonly ConnectorProblem IsPaidFor = new(
        "invoice_paid", "Something was paid for this invoice. Write a credit note instead.");

    private static readonly ConnectorProblem NoAccount = new("no_payment_account",
        "Connect a payment account under Connections, or switch this workflow to the sandbox.");

    /// <summary>The first thing wrong with a draft, or null.</summary>
    public static ConnectorProblem? Check(InvoiceDraft draft)
    {
        if (draft.Lines.Count is 0 or > MaxLines)
            return new("invoice_empty", $"An invoice has 1 to {MaxLines} lines; this one has {draft.Lines.Count}.");
        if (!Money.IsKnown(draft.Currency)) return UnknownCurrency(draft.Currency);
        if (draft.Lines.FirstOrDefault(l => l.Quantity <= 0 || l.AmountCents is < 0 or > Invoice.MaxCents) is { } line)
            return new("invoice_amount", string.Create(CultureInfo.InvariantCulture,
                $"The line “{line.What}” has the quantity {line.Quantity:0.###} and the amount {line.AmountCents}. ")
                + $"Quantities are above 0, amounts are 0 to {Invoice.MaxCents}.");
        if (draft.Lines.FirstOrDefault(l => l.TaxPercent is < 0 or > 100) is { } taxed)
            return new("invoice_amount", string.Create(CultureInfo.InvariantCulture,
                $"The line “{taxed.What}” has {taxed.TaxPercent} percent of tax. It has to be 0 to 100."));
        var total = draft.Lines.Sum(l => l.AmountCents) + InvoiceTax.Of(draft.Lines).Sum(t => t.TaxCents);
        if (total is < 1 or > Invoice.MaxCents) return new(
            "invoice_amount", $"The total would be {total}. It has to be 1 to {Invoice.MaxCents}, in the smallest unit of the currency.");
        return draft.PaymentMethods.Count == 0
            ? new("payment_method_missing", "The invoice names no way to pay it. Add one to the step's payment methods.")
            : null;
    }

    /// <summary>The problem of a currency that invoices cannot be in.</summary>
    public static ConnectorProblem UnknownCurrency(string currency) => new("currency_unknown",
        $"“{currency}” is not a currency that invoices can be in. Use one of: {string.Join(", ", Money.Known)}.");

    /// <summary>Why an invoice keeps its state: a paid one and a void one do. Null when it can change.</summary>
    public static ConnectorProblem? Closed(InvoiceStatus status) => status switch
    {
        InvoiceStatus.Paid => AlreadyPaid,
        InvoiceStatus.Void => IsVoid,
        _ => null,
    };

    /// <summary>The tax in what is credited next, in proportion; that of all credit notes together is that of the invoice.</summary>
    public static long TaxIn(InvoiceRow invoice, long cents)
    {
        return Until(invoice.CreditedCents + cents) - Until(invoice.CreditedCents);

        long Until(long credited) =>
            (long)decimal.Round((decimal)invoice.TaxCents * credited / invoice.TotalCents, MidpointRounding.AwayFromZero);
    }

    /// <summary>Why a client is not reminded again yet; null when they may be.</summary>
    public static ConnectorProblem? RemindedLately(DateOnly? remindedOn, DateOnly today, int gapDays) =>
        remindedOn is { } day && day.AddDays(gapDays) > today
            ? new(IInvoiceReminders.RemindedLately, $"The client was reminded on {day:MMMM d}, which is not {gapDays} days ago yet.")
            : null;

    /// <summary>Whether paying is only acted out: no money moves and the ledger books the payment as simulated.</summary>
    public static bool SimulatesPayments(StudioEnvironment environment, bool captureUntilConnected) =>
        environment == StudioEnvironment.Test || captureUntilConnected;

    /// <summary>Why an invoice cannot be paid, or null.</summary>
    /// <param name="status">Its state.</param>
    /// <param name="methods">How it can be paid, separated by commas.</param>
    /// <param name="method">How it is to be paid.</param>
    /// <param name="simulates">See <see cref="SimulatesPayments"/>; otherwise money would have to move, and there is no account for
    /// it.</param>
    public static ConnectorProblem? CannotPay(InvoiceStatus status, string methods, string method, bool simulates)
    {
        if (Closed(status) is { } closed) return closed;
        if (!simulates) return NoAccount;
        return methods.Split(',').Contains(method)
            ? null
            : new("payment_method_unknown",
                $"This invoice cannot be paid with {method}. Choose one of: {methods.Replace(",", ", ", StringComparison.Ordinal)}.");
    }
}
