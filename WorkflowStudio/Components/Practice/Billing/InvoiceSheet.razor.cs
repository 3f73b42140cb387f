using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice.Billing;

/// <summary>An invoice at the side of the list, with what can be done with it.</summary>
public sealed partial class InvoiceSheet : IDisposable
{
    private readonly Lifetime life = new();
    private InvoiceView invoice = null!;
    private bool working;

    [Inject]
    private ChangeInvoices Changing { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private ISnackbar Toasts { get; set; } = null!;

    // a dialog is drawn outside the page and is handed the session
    [Parameter, EditorRequired]
    public StudioSession Session { get; set; } = null!;

    [Parameter, EditorRequired]
    public InvoiceView Invoice { get; set; } = null!;

    /// <summary>Why its bill is not made, where that was just tried.</summary>
    [Parameter]
    public string? Unbilled { get; set; }

    /// <summary>Is told when something of it has changed.</summary>
    [Parameter]
    public Func<Task> Changed { get; set; } = () => Task.CompletedTask;

    private bool MayChange => Session.May(ChangeInvoices.Needs);

    public void Dispose() => life.Dispose();

    protected override void OnInitialized() => invoice = Invoice;

    private Task PayAsync(bool back) => AskAsync<PaymentDialog>(
        back ? "Note what was paid back" : $"Payment for {invoice.Number}", back ? "Noted" : "Payment noted",
        new() { [nameof(PaymentDialog.Back)] = back });

    private Task CreditAsync() => AskAsync<CreditDialog>($"Credit note for {invoice.Number}", "Credit note written", []);

    private Task ChangeAsync() => AskAsync<ChangeDialog>($"Change {invoice.Number}", "Changed", []);

    private async Task VoidAsync()
    {
        if (await Confirm.AskAsync(Dialogs, $"Take {invoice.Number} back?",
            "Nobody has to pay it any more, its page says so, and it is not reminded of. It keeps its number. This cannot be undone.",
            "Keep it", "Take it back"))
            await DoAsync(stop => Changing.VoidAsync(Session.Caller, invoice.Id, stop), "Taken back");
    }

    private async Task RemoveAsync(InvoicePayment payment)
    {
        var amount = StudioFormat.Amount(payment.AmountCents, payment.Currency);
        if (await Confirm.AskAsync(Dialogs, $"Remove the payment of {amount}?",
            "It was noted by hand. The invoice is to be paid again as if it had not come; what workflows did since is not undone.",
            "Keep it", "Remove it"))
            await DoAsync(stop => Changing.RemovePaymentAsync(Session.Caller, payment.Id, stop), "Removed");
    }

    private Task BillAsync() => DoAsync(stop => Changing.BillAsync(Session.Caller, invoice.Id, stop), "Stripe has made the bill");

    private async Task AskAsync<T>(string title, string done, DialogParameters parameters)
        where T : InvoiceAction
    {
        (parameters[nameof(InvoiceAction.Session)], parameters[nameof(InvoiceAction.Invoice)]) = (Session, invoice);
        if (await Dialogs.OpenAsync<T>(title, DialogShape.Form, parameters) is ChangedInvoice changed) await ShowAsync(changed, done);
    }

    private async Task DoAsync(Func<CancellationToken, Task<Result<ChangedInvoice>>> change, string done)
    {
        if (working) return;
        working = true;
        var changed = await StoreAway.TryAsync(() => change(life.Token));
        working = false;
        if (changed.Ok) await ShowAsync(changed.Value, done);
        else Toasts.Failed(changed.Problem.Message);
    }

    private async Task ShowAsync(ChangedInvoice changed, string done)
    {
        (invoice, Unbilled) = (changed.Invoice, changed.Unbilled);
        Toasts.Done(done);
        await Changed();
    }
}
