using WorkflowStudio.Engine.Connectors.Invoices;
using WorkflowStudio.Engine.Storage.Practice;

namespace WorkflowStudio.Operations.Practice;

/// <summary>Lists the practice's invoices and shows single ones.</summary>
public sealed class ReadInvoices(InvoiceQueries queries)
{
    private const int PageLength = 50;

    /// <summary>One page, newest first; <paramref name="status"/> null means all.</summary>
    public async Task<Result<ListPage<InvoiceListItem>>> PageAsync(Caller caller, InvoiceStatus? status, int page, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ManageData) is { } refusal) return refusal;
        var found = await queries.ListAsync(caller.Tenant, status, page, PageLength, cancellationToken);
        return new ListPage<InvoiceListItem>(
            [.. found.Items.Select(i => new InvoiceListItem(i.Id, i.Number, i.Status, i.Currency, i.TotalCents, i.IssuedOn, i.DueOn, i.PaidAt, i.ContactName, i.Url))],
            found.Total, found.Number, found.Size);
    }

    /// <summary>Counts and sums by state and currency.</summary>
    public async Task<Result<List<InvoiceTotal>>> TotalsAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ManageData) is { } refusal) return refusal;
        var sums = await queries.SumsAsync(caller.Tenant, cancellationToken);
        return sums.Select(s => new InvoiceTotal(s.Status, s.Currency, s.Count, s.TotalCents)).ToList();
    }

    /// <summary>One invoice with everything on it.</summary>
    public async Task<Result<InvoiceView>> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ManageData) is { } refusal) return refusal;
        return await queries.ByIdAsync(caller.Tenant, id, cancellationToken) is { } invoice ? invoice : new OperationProblem.NotFound("invoice");
    }
}
