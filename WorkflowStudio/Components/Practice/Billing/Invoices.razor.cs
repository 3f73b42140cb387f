using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice.Billing;

/// <summary>The practice's invoices; one of them opens in a sheet at the side, and has an address.</summary>
public sealed partial class Invoices
{
    private Guid? opened;
    private IDialogReference? sheet;
    private string? unbilled;

    [Inject]
    private ReadInvoices Reading { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    // looked through, not watched
    protected override TimeSpan? Follows => null;

    private bool MayChange => Session.May(ChangeInvoices.Needs);

    protected override async Task<Result<Shown>> ReadAsync()
    {
        var list = await Reading.ListAsync(Session.Caller, Query.ToFilter(), Query.Before, Closing);
        if (!list.Ok) return list.Problem;
        var totals = await Reading.TotalsAsync(Session.Caller, Closing);
        if (!totals.Ok) return totals.Problem;
        var ageing = await Reading.AgesAsync(Session.Caller, Closing);
        return ageing.Ok ? new Shown(list.Value, totals.Value, ageing.Value) : ageing.Problem;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Query.Invoice == opened) return;
        opened = Query.Invoice;
        if (opened is not { } id) return;
        var read = await StoreAway.TryAsync(() => Reading.FindAsync(Session.Caller, id, Closing));
        if (read.Ok) await ShowAsync(read.Value);
        else Toasts.Failed(read.Problem.Message);
        if (opened == id && Query.Invoice == id && !Closing.IsCancellationRequested) Go(Query with { Invoice = null });
    }

    private async Task ShowAsync(InvoiceView invoice)
    {
        var parameters = new DialogParameters
        {
            [nameof(InvoiceSheet.Invoice)] = invoice, [nameof(InvoiceSheet.Session)] = Session, [nameof(InvoiceSheet.Unbilled)] = unbilled,
            [nameof(InvoiceSheet.Changed)] = (Func<Task>)(() => InvokeAsync(LoadAsync)),
        };
        unbilled = null;
        sheet = await Dialogs.ShowAsync<InvoiceSheet>($"Invoice {invoice.Number}", parameters, DialogShape.Sheet);
        await sheet.Result;
        sheet = null;
    }

    private async Task AddAsync()
    {
        var last = await StoreAway.TryAsync(() => Reading.ListAsync(Session.Caller, new InvoiceFilter(), null, Closing));
        var like = last.Ok && last.Value.Items.Count > 0
            ? await StoreAway.TryAsync(() => Reading.FindAsync(Session.Caller, last.Value.Items[0].Id, Closing))
            : default;
        if (await Dialogs.OpenAsync<InvoiceDialog>("New invoice", DialogShape.Form, new()
        { [nameof(InvoiceDialog.Session)] = Session, [nameof(InvoiceDialog.Last)] = like.Value })
            is not ChangedInvoice made) return;
        if (made.Unbilled is null) Toasts.Done($"{made.Invoice.Number} is made");
        unbilled = made.Unbilled;
        Go(new InvoicesQuery(Invoice: made.Invoice.Id));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        sheet?.Close();
    }

    /// <summary>What the page shows: a page of invoices, and what all of them come to, and how old it is.</summary>
    public sealed record Shown(ListPage<InvoiceItem> List, IReadOnlyList<InvoiceSum> Totals, AgedDebts Ageing);
}
