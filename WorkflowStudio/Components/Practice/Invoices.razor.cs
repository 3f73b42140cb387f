using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice;

/// <summary>The practice's invoices; one of them opens in a sheet at the side, and has an address.</summary>
public sealed partial class Invoices : IDisposable
{
    private readonly CancellationTokenSource closing = new();
    private ListPage<InvoiceListItem>? list;
    private IReadOnlyList<InvoiceTotal> totals = [];
    private string? problem;
    private string? shown;
    private IDialogReference? sheet;

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Inject]
    private ReadInvoices Reading { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "status")]
    private string? Status { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    private string? Before { get; set; }

    [SupplyParameterFromQuery(Name = "invoice")]
    private string? InvoiceId { get; set; }

    private InvoiceStatus? Filter => InvoiceWords.Status(Status);

    private Guid? BeforeId => Guid.TryParse(Before, out var id) ? id : null;

    public void Dispose()
    {
        closing.Cancel();
        closing.Dispose();
        sheet?.Close();
    }

    protected override Task OnParametersSetAsync() => Load();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (InvoiceId == shown) return;
        shown = InvoiceId;
        if (!Guid.TryParse(InvoiceId, out var id)) return;
        var read = await Reading.FindAsync(Session.Caller, id, closing.Token);
        if (!read.Ok) return;
        var parameters = new DialogParameters { [nameof(InvoiceSheet.Invoice)] = read.Value, [nameof(InvoiceSheet.Session)] = Session };
        sheet = await Dialogs.ShowAsync<InvoiceSheet>($"Invoice {read.Value.Number}", parameters, DialogShape.Sheet);
        await sheet.Result;
        sheet = null;
        if (shown == InvoiceId && !closing.IsCancellationRequested) Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("invoice", (string?)null));
    }

    private async Task Load()
    {
        var read = await Reading.PageAsync(Session.Caller, Filter, BeforeId, closing.Token);
        var sums = await Reading.TotalsAsync(Session.Caller, closing.Token);
        (list, problem) = (read.Value, read.Problem?.Message ?? sums.Problem?.Message);
        totals = sums.Value ?? [];
    }

    private void Open(Guid id) => Navigation.NavigateTo(Href(id));

    private string Href(Guid id) => Navigation.GetUriWithQueryParameter("invoice", id.ToString());

    private void Go(string? status, Guid? before) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["status"] = status, ["before"] = before?.ToString(), ["invoice"] = null }));
}
