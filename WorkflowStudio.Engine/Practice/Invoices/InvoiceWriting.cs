using System.Globalization;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Tables;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>Reads what somebody wrote of an invoice: all that is wrong with it, by places such as <c>lines[2].unitPrice</c>.</summary>
internal static class InvoiceWriting
{
    /// <summary>Days until an invoice is due that says nothing of it.</summary>
    public const int UsualDays = 14;

    /// <summary>The longest time until one is due, in days.</summary>
    public const int MostDays = 365;

    public const int LongestWhat = 200;
    public const int LongestNote = 1_000;
    private const decimal MostOfALine = 100_000;

    /// <summary>The draft of an invoice, or all that is wrong with it.</summary>
    /// <param name="said">What somebody wrote.</param>
    /// <param name="today">The day in the practice's zone.</param>
    /// <param name="problems">What is wrong.</param>
    public static InvoiceDraft? Read(NewInvoice said, DateOnly today, List<FieldProblem> problems)
    {
        var currency = said.Currency.Trim().ToLowerInvariant();
        if (said.ContactId is null) problems.Add(new("contactId", "The contact is missing. Choose who pays."));
        var isKnown = Money.IsKnown(currency);
        if (currency.Length == 0) problems.Add(new("currency", "The currency is missing: three letters, such as usd."));
        else if (!isKnown) problems.Add(new("currency", InvoiceRules.UnknownCurrency(ShownText.Cut(currency, 20)).Message));
        if (said.Lines.Count is 0 or > InvoiceRules.MaxLines)
            problems.Add(new("lines", $"An invoice has 1 to {InvoiceRules.MaxLines} lines; this one has {said.Lines.Count}."));
        var lines = said.Lines.Take(InvoiceRules.MaxLines)
            .Select((line, i) => Line(line, $"lines[{i}]", isKnown ? currency : "usd", problems)).ToList();
        var days = said.DueOn is { } due ? due.DayNumber - today.DayNumber : UsualDays;
        if (days is < 0 or > MostDays)
            problems.Add(new("dueOn", "The due date has to be from today to a year from now."));
        var methods = said.PaymentMethods.Count == 0 ? ["card"] : said.PaymentMethods;
        if (methods.Count > 10 || methods.Any(m => m.Length is 0 or > 40 || !m.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')))
            problems.Add(new("paymentMethods", "Ways to pay are up to ten words such as card or usdc."));
        var note = Text("note", "The note", said.Note, LongestNote, problems, hasLines: true);
        if (problems.Count > 0) return null;
        var total = lines.Sum(l => l.AmountCents) + InvoiceTax.Of(lines).Sum(t => t.TaxCents);
        if (total is < 1 or > Invoice.MaxCents)
            problems.Add(new("lines", total < 1 ? "The invoice comes to nothing. Give a line a price."
                : $"The invoice comes to {Money.Text(total, currency)}, at most {Money.Text(Invoice.MaxCents, currency)} is possible."));
        return problems.Count > 0 ? null : new InvoiceDraft(said.ContactId!.Value, currency, lines, days, methods, note);
    }

    /// <summary>An amount in a currency's smallest unit; null, with the problem, when it has more decimals than that.</summary>
    public static long? Cents(string field, decimal amount, string currency, List<FieldProblem> problems)
    {
        var isTooMuch = Math.Abs(amount) > Invoice.MaxCents || Math.Abs(amount) * Money.Units(currency) > Invoice.MaxCents;
        if (!isTooMuch && decimal.IsInteger(amount * Money.Units(currency))) return (long)(amount * Money.Units(currency));
        problems.Add(new(field, isTooMuch ? $"That is too much: at most {Money.Text(Invoice.MaxCents, currency)} is possible."
            : Money.Decimals(currency) is 0 ? $"An amount in {currency.ToUpperInvariant()} has no decimals."
            : $"An amount in {currency.ToUpperInvariant()} has at most {Money.Decimals(currency)} decimals."));
        return null;
    }

    /// <summary>A text without what cannot be shown; of several lines only where it may have them.</summary>
    public static string Text(string field, string label, string said, int longest, List<FieldProblem> problems, bool hasLines = false)
    {
        var text = new string([.. said.ReplaceLineEndings(hasLines ? "\n" : " ").Where(c => !char.IsControl(c) || c == '\n')]).Trim();
        if (text.Length > longest && ShownText.Length(text) > longest)
            problems.Add(new(field, $"{label} has {ShownText.Length(text)} characters, at most {longest:N0} are possible."));
        return text;
    }

    private static InvoiceLine Line(NewInvoiceLine said, string place, string currency, List<FieldProblem> problems)
    {
        var what = Text($"{place}.what", "What is billed", said.What, LongestWhat, problems);
        if (what.Length == 0) problems.Add(new($"{place}.what", "Say what is billed."));
        var detail = Text($"{place}.detail", "The second line", said.Detail, LongestWhat, problems);
        if (said.Quantity is <= 0 or > MostOfALine || decimal.Round(said.Quantity, 3) != said.Quantity)
            problems.Add(new($"{place}.quantity",
                "The quantity is above 0, at most 100,000, with up to three decimals."));
        if (said.TaxPercent is < 0 or > 100 || decimal.Round(said.TaxPercent, 3) != said.TaxPercent)
            problems.Add(new($"{place}.taxPercent", "The tax is 0 to 100 percent, with up to three decimals."));
        if (said.UnitPrice < 0)
            problems.Add(new($"{place}.unitPrice", "A price is not below 0. Take something back with a credit note."));
        var cents = Cents($"{place}.unitPrice", said.UnitPrice, currency, problems) ?? 0;
        var quantity = Math.Clamp(said.Quantity, 0, MostOfALine);
        if (cents * quantity > Invoice.MaxCents)
        {
            problems.Add(new($"{place}.unitPrice", $"The line is too much: at most {Money.Text(Invoice.MaxCents, currency)} is possible."));
            cents = 0;
        }

        return InvoiceLine.Of(what, detail, quantity, cents, Math.Clamp(said.TaxPercent, 0, 100));
    }
}
