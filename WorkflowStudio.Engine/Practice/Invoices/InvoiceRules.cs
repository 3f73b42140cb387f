using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>What an invoice may be, whoever makes it.</summary>
internal static class InvoiceRules
{
    private const int MaxLines = 50;

    /// <summary>The first thing wrong with a draft, or null.</summary>
    public static ConnectorProblem? Check(InvoiceDraft draft)
    {
        if (draft.Lines.Count is 0 or > MaxLines) return new("invoice_empty", $"An invoice has 1 to {MaxLines} lines; this one has {draft.Lines.Count}.");
        if (!Money.IsKnown(draft.Currency))
            return new("currency_unknown", $"“{draft.Currency}” is not a currency that invoices can be in. Use one of: {string.Join(", ", Money.Known)}.");
        if (draft.Lines.FirstOrDefault(l => l.Quantity < 1 || l.AmountCents is < 0 or > Invoice.MaxCents) is { } line)
            return new("invoice_amount", $"The line “{line.What}” has the quantity {line.Quantity} and the amount {line.AmountCents}. Quantities start at 1, amounts are 0 to {Invoice.MaxCents}.");
        var total = draft.Lines.Sum(l => l.AmountCents);
        if (total is < 1 or > Invoice.MaxCents) return new("invoice_amount", $"The total would be {total}. It has to be 1 to {Invoice.MaxCents}, in the smallest unit of the currency.");
        return draft.PaymentMethods.Count == 0 ? new("payment_method_missing", "The invoice names no way to pay it. Add one to the step's payment methods.") : null;
    }
}
