using System.Globalization;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Invoices.Print;

/// <summary>Invoices and credit notes on paper, as PDF: on letter paper in America, on A4 elsewhere.</summary>
public static class InvoicePrint
{
    private const double Text = 10;
    private const double Small = 8.5;

    // what makes PDFs shares its fonts between all that it makes
    private static readonly Lock Printing = new();

    /// <summary>An invoice with its lines, taxes and payments.</summary>
    public static PrintedFile Invoice(InvoiceView invoice, DateTimeOffset now)
    {
        lock (Printing)
        {
            using var sheet = Begin(invoice, $"Invoice {invoice.Number}", now);
            Head(sheet, invoice, "Invoice", invoice.Number,
                [("Issued", Day(invoice.IssuedOn)), ("Due", Day(invoice.DueOn)), ("Status", Status(invoice))]);
            Lines(sheet, invoice);
            Sums(sheet, invoice);
            if (invoice.Note.Length > 0)
            {
                sheet.Top += 14;
                sheet.Paragraph(invoice.Note, PrintSheet.Left, sheet.Right - PrintSheet.Left, Text);
            }

            if (invoice.IsUnpaid) PayAt(sheet, invoice.BillUrl ?? invoice.Url);
            return new PrintedFile($"{invoice.Number}.pdf", sheet.ToBytes($"{invoice.Number} · {Plain(invoice.Practice.Name)}"));
        }
    }

    /// <summary>One of its credit notes.</summary>
    public static PrintedFile CreditNote(InvoiceView invoice, InvoiceCredit credit, DateTimeOffset now)
    {
        lock (Printing)
        {
            using var sheet = Begin(invoice, $"Credit note {credit.Number}", now);
            Head(sheet, invoice, "Credit note", credit.Number,
                [("Issued", Day(credit.IssuedOn)), ("For invoice", invoice.Number), ("Of", Day(invoice.IssuedOn))]);
            sheet.Rule();
            sheet.Write("Reason", PrintSheet.Left, Small, faint: true);
            sheet.Top += 14;
            sheet.Paragraph(credit.Reason, PrintSheet.Left, sheet.Right - PrintSheet.Left, Text);
            sheet.Top += 10;
            sheet.Rule();
            if (credit.TaxCents != 0)
            {
                Sum(sheet, "Without tax", Money.Text(credit.AmountCents - credit.TaxCents, invoice.Currency));
                Sum(sheet, "Tax", Money.Text(credit.TaxCents, invoice.Currency));
            }

            Sum(sheet, "Credited", Money.Text(credit.AmountCents, invoice.Currency), strong: true);
            return new PrintedFile($"{credit.Number}.pdf", sheet.ToBytes($"{credit.Number} · {Plain(invoice.Practice.Name)}"));
        }
    }

    private static PrintSheet Begin(InvoiceView invoice, string title, DateTimeOffset now) => new(
        $"{title} · {invoice.Practice.Name}", now, invoice.Practice.TimeZone.StartsWith("America/", StringComparison.Ordinal));

    private static void Head(
        PrintSheet sheet, InvoiceView invoice, string what, string number, IReadOnlyList<(string Label, string Value)> facts)
    {
        var (practice, top, middle) = (invoice.Practice, sheet.Top, PrintSheet.Left + ((sheet.Right - PrintSheet.Left) * 0.58));
        sheet.Write(what, sheet.Right, 22, strong: true, toLeft: true);
        sheet.Top += 28;
        sheet.Write(number, sheet.Right, 12, faint: true, toLeft: true);
        sheet.Top = top + 4;
        sheet.Paragraph(practice.Name, PrintSheet.Left, middle - PrintSheet.Left - 12, 13, strong: true);
        foreach (var line in (string[])[practice.Address, practice.Phone])
            if (line.Length > 0) sheet.Paragraph(line, PrintSheet.Left, middle - PrintSheet.Left - 12, Small, faint: true);
        sheet.Top = Math.Max(sheet.Top, top + 48) + 28;
        var below = sheet.Top;
        sheet.Write("For", PrintSheet.Left, Small, faint: true);
        sheet.Top += 14;
        sheet.Paragraph(invoice.Contact.Name, PrintSheet.Left, middle - PrintSheet.Left - 12, Text, strong: true);
        foreach (var line in (string?[])[invoice.Contact.Email, invoice.Contact.Phone])
            if (line is { Length: > 0 }) sheet.Paragraph(line, PrintSheet.Left, middle - PrintSheet.Left - 12, Text);
        var end = sheet.Top;
        sheet.Top = below;
        foreach (var (label, value) in facts)
        {
            sheet.Write(label, middle, Text, faint: true);
            sheet.Write(value, sheet.Right, Text, toLeft: true);
            sheet.Top += 16;
        }

        sheet.Top = Math.Max(end, sheet.Top) + 22;
    }

    private static void Lines(PrintSheet sheet, InvoiceView invoice)
    {
        var (right, left) = (sheet.Right, PrintSheet.Left);
        var (tax, price, quantity) = (right - 84, right - 130, right - 218);
        var width = quantity - left - 46;
        Names();
        foreach (var line in invoice.Lines)
        {
            var what = sheet.Lines(line.What, width, Text, strong: true);
            var detail = line.Detail.Length > 0 ? sheet.Lines(line.Detail, width, Small) : [];
            if (sheet.Need(Math.Min((what.Count * 15) + (detail.Count * 13) + 6, 200))) Names();
            sheet.Write(Number(line.Quantity), quantity, Text, toLeft: true);
            if (line.UnitCents is { } unit) sheet.Write(Money.Text(unit, invoice.Currency), price, Text, toLeft: true);
            if (line.TaxPercent > 0) sheet.Write($"{Number(line.TaxPercent)} %", tax, Text, toLeft: true);
            sheet.Write(Money.Text(line.AmountCents, invoice.Currency), right, Text, toLeft: true);
            sheet.Paragraph(line.What, left, width, Text, strong: true);
            if (line.Detail.Length > 0) sheet.Paragraph(line.Detail, left, width, Small, faint: true);
            sheet.Top += 5;
        }

        sheet.Top += 3;

        void Names()
        {
            sheet.Write("What", left, Small, faint: true);
            sheet.Write("Quantity", quantity, Small, faint: true, toLeft: true);
            sheet.Write("Price", price, Small, faint: true, toLeft: true);
            sheet.Write("Tax", tax, Small, faint: true, toLeft: true);
            sheet.Write("Amount", right, Small, faint: true, toLeft: true);
            sheet.Top += 14;
            sheet.Rule();
        }
    }

    private static void Sums(PrintSheet sheet, InvoiceView invoice)
    {
        var rows = 4 + invoice.Taxes.Count + invoice.Payments.Count + invoice.Credits.Count;
        sheet.Need(Math.Min(rows * 16, 300));
        sheet.Rule();
        if (invoice.TaxCents != 0)
        {
            Sum(sheet, "Subtotal", Money.Text(invoice.SubtotalCents, invoice.Currency));
            foreach (var tax in invoice.Taxes)
                Sum(sheet, $"Tax {Number(tax.Percent)} % of {Money.Text(tax.NetCents, invoice.Currency)}",
                    Money.Text(tax.TaxCents, invoice.Currency));
        }

        Sum(sheet, "Total", Money.Text(invoice.TotalCents, invoice.Currency), strong: true);
        foreach (var payment in invoice.Payments)
            Sum(sheet, $"{(payment.AmountCents < 0 ? "Paid back" : "Paid")} on {Day(invoice.DayOf(payment.At))}"
                + (payment.Simulated ? " (test, no money moved)" : ""), Money.Text(-payment.AmountCents, invoice.Currency));
        foreach (var credit in invoice.Credits)
            Sum(sheet, $"Credit note {credit.Number}", Money.Text(-credit.AmountCents, invoice.Currency));
        if (invoice.OverpaidCents > 0)
            Sum(sheet, "To be paid back", Money.Text(invoice.OverpaidCents, invoice.Currency), strong: true);
        else if (invoice.BalanceCents != invoice.TotalCents || !invoice.IsUnpaid)
            Sum(sheet, "Still to pay", Money.Text(invoice.BalanceCents, invoice.Currency), strong: true);
    }

    private static void Sum(PrintSheet sheet, string label, string amount, bool strong = false)
    {
        sheet.Need(16);
        sheet.Write(label, sheet.Right - 110, Text, strong, faint: !strong, toLeft: true);
        sheet.Write(amount, sheet.Right, Text, strong, toLeft: true);
        sheet.Top += 16;
    }

    private static void PayAt(PrintSheet sheet, string address)
    {
        sheet.Top += 18;
        sheet.Need(32);
        sheet.Write("See it and pay at", PrintSheet.Left, Small, faint: true);
        sheet.Top += 13;
        var lines = sheet.Lines(address, sheet.Right - PrintSheet.Left, Text);
        foreach (var line in lines)
        {
            sheet.Need(15);
            sheet.Link(PrintSheet.Left, sheet.Write(line, PrintSheet.Left, Text), 14, address);
            sheet.Top += 15;
        }
    }

    private static string Status(InvoiceView invoice) => invoice.Status switch
    {
        InvoiceStatus.Paid when invoice.PaidAt is { } at => $"Paid on {Day(invoice.DayOf(at))}",
        InvoiceStatus.Paid => "Paid",
        InvoiceStatus.Void => "Taken back, nothing to pay",
        _ when invoice.DueInDays < 0 => "Overdue",
        _ => "To be paid",
    };

    private static string Day(DateOnly day) => day.ToString("MMMM d, yyyy", CultureInfo.InvariantCulture);

    private static string Number(decimal number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Plain(string text) => string.Concat(text.EnumerateRunes().Where(r => r.Value < 0x100 && PrintFonts.Has(r.Value)));
}

/// <summary>A file to be printed.</summary>
/// <param name="FileName">What it is called.</param>
/// <param name="Bytes">A PDF.</param>
public sealed record PrintedFile(string FileName, byte[] Bytes);
