using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice;

/// <summary>The practice's invoices; one of them opens in a sheet at the side, and has an address.</summary>
public sealed partial class Invoices
{
    private Guid? opened;
    private IDialogReference? sheet;

    [Inject]
    private ReadInvoices Reading { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    // looked through, not watched
    protected override TimeSpan? Follows => null;

    protected override async Task<Result<Shown>> ReadAsync()
    {
        var list = await Reading.PageAsync(Session.Caller, InvoiceWords.Status(Query.Status), Query.Before, Closing);
        if (!list.Ok) return list.Problem;
        var totals = await Reading.TotalsAsync(Session.Caller, Closing);
        return totals.Ok ? new Shown(list.Value, totals.Value) : totals.Problem;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Query.Invoice == opened) return;
        opened = Query.Invoice;
        if (opened is not { } id) return;
        var read = await StoreAway.TryAsync(() => Reading.FindAsync(Session.Caller, id, Closing));
        if (!read.Ok) return;
        var parameters = new DialogParameters { [nameof(InvoiceSheet.Invoice)] = read.Value, [nameof(InvoiceSheet.Session)] = Session };
        sheet = await Dialogs.ShowAsync<InvoiceSheet>($"Invoice {read.Value.Number}", parameters, DialogShape.Sheet);
        await sheet.Result;
        sheet = null;
        if (opened == Query.Invoice && !Closing.IsCancellationRequested) Go(Query with { Invoice = null });
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        sheet?.Close();
    }

    /// <summary>What the page shows: a page of invoices, and what all of them come to.</summary>
    public sealed record Shown(ListPage<InvoiceListItem> List, IReadOnlyList<InvoiceTotal> Totals);
}
