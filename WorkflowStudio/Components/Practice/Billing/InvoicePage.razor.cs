using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice.Billing;

/// <summary>The client's page of an invoice. Plain HTML without a circuit; whoever has the link can see and pay it.</summary>
public sealed partial class InvoicePage
{
    private InvoiceView? invoice;
    private StudioFormat format = null!;
    private string? problem;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private PublicInvoice Invoices { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Parameter]
    public string Token { get; set; } = "";

    [SupplyParameterFromForm(FormName = "pay")]
    private string? Method { get; set; }

    private bool CanPay => invoice!.IsUnpaid && invoice.SimulatesPayments && invoice.BillUrl is null;

    private string Currency => invoice!.Currency.ToUpperInvariant() switch
    { "USD" => "US dollars", "EUR" => "Euros", "GBP" => "British pounds", var code => code };

    private string Questions => invoice!.Practice.Phone is { Length: > 0 } phone
        ? $"Questions? Call {phone} or answer the message that brought you here."
        : "Questions? Answer the message that brought you here.";

    private string HowToPay => invoice!.Practice.Phone is { Length: > 0 } phone
        ? $"This invoice cannot be paid online yet. Call {phone} or pay at the front desk, and name {invoice.Number}."
        : $"This invoice cannot be paid online yet. Pay at the front desk, and name {invoice.Number}.";

    private string Thanks => invoice!.Status != InvoiceStatus.Paid
        ? "The practice has taken this invoice back."
        : invoice.PaidAt is { } at ? $"Thank you. Paid on {format.LongDate(format.DayOf(at))}." : "Thank you.";

    protected override async Task OnInitializedAsync()
    {
        Http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        invoice = await Invoices.FindAsync(Token, Http.RequestAborted);
        if (invoice is null) Http.Response.StatusCode = StatusCodes.Status404NotFound;
        else format = new StudioFormat(invoice.Practice.TimeZone, Clock);
    }

    private async Task Pay()
    {
        if (invoice is null) return;
        if (!CanPay)
        {
            Navigation.NavigateTo($"/i/{Token}"); // posted from a page that is out of date
            return;
        }

        var paid = await StoreAway.TryAsync(() => Invoices.PayAsync(Token, Method ?? invoice.PaymentMethods[0], Http.RequestAborted));
        if (paid.Ok) Navigation.NavigateTo($"/i/{Token}"); // a reload of the answer must not pay again
        else problem = paid.Problem.Message;
    }
}
