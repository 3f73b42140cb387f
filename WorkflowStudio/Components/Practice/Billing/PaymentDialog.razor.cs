using System.Globalization;
using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Invoices;

namespace WorkflowStudio.Components.Practice.Billing;

/// <summary>Notes money that came in beside the invoice's page, or was paid back.</summary>
public sealed partial class PaymentDialog
{
    private string amount = "";
    private string method = NewPayment.Methods[0].Value;
    private string paidOn = "";
    private string note = "";

    /// <summary>Whether money is paid back.</summary>
    [Parameter]
    public bool Back { get; set; }

    private string Today => Session.Format.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Text => Back
        ? $"{StudioFormat.Amount(Invoice!.OverpaidCents, Invoice.Currency)} is to be paid back, because it was credited after it was paid. "
            + "No money moves here: pay it back the way it came, and note it."
        : $"{StudioFormat.Amount(Invoice!.BalanceCents, Invoice.Currency)} is still to be paid. "
            + (Invoice.IsBilled ? "Stripe is told that it was paid elsewhere, so that the client does not pay twice."
                : "The last of it makes the invoice paid and ends its reminders.");

    protected override void OnInitialized()
    {
        var cents = Back ? Invoice!.OverpaidCents : Invoice!.BalanceCents;
        amount = InvoiceFile.Amount(cents, Invoice.Currency).ToString(CultureInfo.InvariantCulture);
        paidOn = Today;
    }

    protected override bool IsField(string field) => field is "amount" or "method" or "paidOn" or "note";

    private Task SaveAsync()
    {
        Problems.Clear();
        var read = InvoiceForm.Number(amount, 0, "amount", Problems);
        if (Problems.Count == 0 && read <= 0) Problems["amount"] = "The amount has to be above 0.";
        DateOnly? day = null;
        if (DateOnly.TryParseExact(paidOn, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on)) day = on;
        else Problems["paidOn"] = "Choose the day.";
        var payment = new NewPayment { Amount = Back ? -read : read, Method = method, PaidOn = day, Note = note };
        return StoreAsync(stop => Changing.PayAsync(Session.Caller, Invoice!.Id, payment, Key, null, stop));
    }
}
