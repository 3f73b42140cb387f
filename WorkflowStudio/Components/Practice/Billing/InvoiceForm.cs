using System.Globalization;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Practice.Tables;

namespace WorkflowStudio.Components.Practice.Billing;

/// <summary>An invoice as somebody types it: texts, until it is sent.</summary>
internal sealed class InvoiceForm
{
    public PracticeRecord? Contact { get; set; }

    public string Currency { get; set; } = "usd";

    public string DueOn { get; set; } = "";

    public string Note { get; set; } = "";

    public List<Line> Lines { get; } = [];

    /// <summary>What it comes to as far as it can be read: sum, taxes and total, in the currency's smallest unit.</summary>
    public (long Net, IReadOnlyList<InvoiceTax> Taxes, long Total) Sums
    {
        get
        {
            var lines = Lines.Select(l => l.ToLine(Currency)).OfType<InvoiceLine>().ToList();
            var (net, taxes) = (lines.Sum(l => l.AmountCents), InvoiceTax.Of(lines));
            return (net, taxes, net + taxes.Sum(t => t.TaxCents));
        }
    }

    /// <summary>What is sent; what cannot be read is a problem of its field.</summary>
    public NewInvoice Read(IDictionary<string, string> problems) => new()
    {
        ContactId = Contact?.Id,
        Currency = Currency,
        DueOn = DateOnly.TryParseExact(DueOn, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
        Note = Note,
        Lines = [.. Lines.Select((line, i) => line.Read($"lines[{i}]", problems))],
    };

    /// <summary>A number, or the problem of its field; empty is the preset.</summary>
    public static decimal Number(string text, decimal preset, string field, IDictionary<string, string> problems)
    {
        if (string.IsNullOrWhiteSpace(text)) return preset;
        if (NumberText.TryRead(text, out var number)) return number;
        problems[field] = "Write a number such as 49.50.";
        return preset;
    }

    /// <summary>A line of it.</summary>
    public sealed class Line
    {
        public string What { get; set; } = "";

        public string Quantity { get; set; } = "1";

        public string Price { get; set; } = "";

        public string Tax { get; set; } = "";

        public NewInvoiceLine Read(string place, IDictionary<string, string> problems)
        {
            if (string.IsNullOrWhiteSpace(What)) problems[$"{place}.what"] = "Say what is billed.";
            if (string.IsNullOrWhiteSpace(Price)) problems[$"{place}.unitPrice"] = "The price is missing.";
            return new NewInvoiceLine
            {
                What = What,
                Quantity = Number(Quantity, 1, $"{place}.quantity", problems),
                UnitPrice = Number(Price, 0, $"{place}.unitPrice", problems),
                TaxPercent = Number(Tax, 0, $"{place}.taxPercent", problems),
            };
        }

        /// <summary>The line as far as it can be read; null when it cannot.</summary>
        public InvoiceLine? ToLine(string currency)
        {
            if (!NumberText.TryRead(Price, out var price) || Math.Abs(price) > Invoice.MaxCents || price < 0) return null;
            var quantity = NumberText.TryRead(Quantity, out var read) ? read : 1;
            var tax = NumberText.TryRead(Tax, out var percent) ? percent : 0;
            return quantity is <= 0 or > 100_000 || tax is < 0 or > 100 ? null
                : InvoiceLine.Of(What, "", quantity, (long)decimal.Round(price * Money.Units(currency)), tax);
        }
    }
}
