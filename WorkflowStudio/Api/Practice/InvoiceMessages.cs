using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Api.Practice;

/// <summary>Invoices and payments in JSON. Amounts are numbers in the main unit of their currency, with all its decimals.</summary>
internal static class InvoiceMessages
{
    /// <summary>An invoice as lists have it.</summary>
    public static void Write(Utf8JsonWriter w, InvoiceItem i)
    {
        w.WriteString("id", i.Id);
        w.WriteString("number", i.Number);
        w.WriteString("status", FieldChoice.ValueOf(i.Status));
        w.WriteString("contactId", i.ContactId);
        w.WriteString("contactName", i.ContactName);
        w.WriteString("currency", i.Currency);
        Amount(w, "subtotal", i.SubtotalCents, i.Currency);
        Amount(w, "tax", i.TaxCents, i.Currency);
        Amount(w, "total", i.TotalCents, i.Currency);
        Amount(w, "paid", i.PaidCents, i.Currency);
        Amount(w, "credited", i.CreditedCents, i.Currency);
        Amount(w, "balance", i.BalanceCents, i.Currency);
        w.WriteString("issuedOn", Day(i.IssuedOn));
        w.WriteString("dueOn", Day(i.DueOn));
        w.WriteString("paidAt", i.PaidAt is { } paid ? SequencesJson.Time(paid) : null);
        w.WriteString("url", i.Url);
        w.WriteString("runId", i.RunId?.ToString());
        w.WriteString("createdAt", SequencesJson.Time(i.CreatedAt));
    }

    /// <summary>An invoice with everything on it, and what was made with it.</summary>
    public static void Write(Utf8JsonWriter w, ChangedInvoice changed)
    {
        Write(w, changed.Invoice);
        w.WriteString("madeId", changed.MadeId);
        w.WriteString("unbilled", changed.Unbilled);
    }

    /// <summary>An invoice with everything on it.</summary>
    public static void Write(Utf8JsonWriter w, InvoiceView invoice)
    {
        var currency = invoice.Currency;
        Write(w, invoice.ToItem());
        w.WriteString("note", invoice.Note);
        w.WriteStartArray("paymentMethods");
        foreach (var method in invoice.PaymentMethods) w.WriteStringValue(method);
        w.WriteEndArray();
        Amount(w, "overpaid", invoice.OverpaidCents, currency);
        List(w, "lines", invoice.Lines, line =>
        {
            w.WriteString("what", line.What);
            w.WriteString("detail", line.Detail);
            Number(w, "quantity", line.Quantity);
            if (line.UnitCents is { } unit) Amount(w, "unitPrice", unit, currency);
            else w.WriteNull("unitPrice");
            Number(w, "taxPercent", line.TaxPercent);
            Amount(w, "amount", line.AmountCents, currency);
        });
        List(w, "taxes", invoice.Taxes, tax =>
        {
            Number(w, "percent", tax.Percent);
            Amount(w, "net", tax.NetCents, currency);
            Amount(w, "tax", tax.TaxCents, currency);
        });
        List(w, "payments", invoice.Payments, payment =>
        {
            w.WriteString("id", payment.Id);
            w.WriteString("method", payment.Method);
            Amount(w, "amount", payment.AmountCents, currency);
            w.WriteBoolean("simulated", payment.Simulated);
            w.WriteString("paidAt", SequencesJson.Time(payment.At));
            w.WriteString("note", payment.Note);
        });
        List(w, "creditNotes", invoice.Credits, credit =>
        {
            w.WriteString("id", credit.Id);
            w.WriteString("number", credit.Number);
            w.WriteString("issuedOn", Day(credit.IssuedOn));
            Amount(w, "amount", credit.AmountCents, currency);
            Amount(w, "tax", credit.TaxCents, currency);
            w.WriteString("reason", credit.Reason);
        });
    }

    /// <summary>A payment.</summary>
    public static void Write(Utf8JsonWriter w, PaymentItem p)
    {
        w.WriteString("id", p.Id);
        w.WriteString("invoiceId", p.InvoiceId);
        w.WriteString("invoiceNumber", p.InvoiceNumber);
        w.WriteString("contactId", p.ContactId);
        w.WriteString("contactName", p.ContactName);
        w.WriteString("method", p.Method);
        Amount(w, "amount", p.AmountCents, p.Currency);
        w.WriteString("currency", p.Currency);
        w.WriteBoolean("simulated", p.Simulated);
        w.WriteString("paidAt", SequencesJson.Time(p.PaidAt));
        w.WriteString("note", p.Note);
    }

    /// <summary>What is owed, by currency and age.</summary>
    public static void Write(Utf8JsonWriter w, ReceivablesFigures figures)
    {
        w.WriteString("on", Day(figures.On));
        List(w, "currencies", figures.Currencies, of =>
        {
            w.WriteString("currency", of.Currency);
            w.WriteNumber("invoices", of.Owed.Count);
            Amount(w, "owed", of.Owed.Cents, of.Currency);
            Amount(w, "notYetDue", of.Ages.NotYetDue, of.Currency);
            Amount(w, "days0To30", of.Ages.UpTo30, of.Currency);
            Amount(w, "days31To60", of.Ages.UpTo60, of.Currency);
            Amount(w, "days61To90", of.Ages.UpTo90, of.Currency);
            Amount(w, "over90Days", of.Ages.Over90, of.Currency);
            List(w, "biggest", of.Biggest, debtor =>
            {
                w.WriteString("contactId", debtor.ContactId);
                w.WriteString("contactName", debtor.Name);
                w.WriteNumber("invoices", debtor.Count);
                Amount(w, "owed", debtor.Cents, of.Currency);
            });
        });
        w.WriteBoolean("andMore", figures.AndMore);
    }

    private static void Amount(Utf8JsonWriter w, string name, long cents, string currency) =>
        Number(w, name, InvoiceFile.Amount(cents, currency), keepsZeros: true);

    private static void Number(Utf8JsonWriter w, string name, decimal number, bool keepsZeros = false)
    {
        w.WritePropertyName(name);
        w.WriteRawValue(number.ToString(keepsZeros ? null : "0.####", CultureInfo.InvariantCulture));
    }

    private static void List<T>(Utf8JsonWriter w, string name, IReadOnlyList<T> items, Action<T> fields)
    {
        w.WriteStartArray(name);
        foreach (var item in items)
        {
            w.WriteStartObject();
            fields(item);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
