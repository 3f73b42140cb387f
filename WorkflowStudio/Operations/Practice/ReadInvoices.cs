using WorkflowStudio.Engine.Practice.Invoices;

namespace WorkflowStudio.Operations.Practice;

/// <summary>Lists the practice's invoices and shows single ones.</summary>
public sealed class ReadInvoices(InvoiceQueries queries)
{
    /// <summary>How far back paid invoices are added up.</summary>
    public const int PaidDays = InvoiceQueries.PaidDays;

    private const int PageLength = 50;

    /// <summary>
    /// One page, newest first, of what is older than <paramref name="before"/>; <paramref name="status"/> null means all.
    /// </summary>
    public async Task<Result<ListPage<InvoiceListItem>>> PageAsync(
        Caller caller, InvoiceStatus? status, Guid? before, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ViewData) is { } refusal) return refusal;
        var found = await queries.ListAsync(caller.Tenant, status, before, PageLength, cancellationToken);
        return new ListPage<InvoiceListItem>(
            [.. found.Items.Select(i => new InvoiceListItem(
                i.Id, i.Number, i.Status, i.Currency, i.TotalCents, i.IssuedOn, i.DueOn, i.PaidAt, i.ContactName, i.Url))],
            found.Total, found.AndMore, found.Next);
    }

    /// <summary>
    /// Counts and sums by state and currency of what is to be paid, and of what was paid in the last <see cref="PaidDays"/> days.
    /// </summary>
    public async Task<Result<List<InvoiceTotal>>> TotalsAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ViewData) is { } refusal) return refusal;
        var sums = await queries.SumsAsync(caller.Tenant, cancellationToken);
        return sums.Select(s => new InvoiceTotal(s.Status, s.Currency, s.Count, s.TotalCents, s.AndMore)).ToList();
    }

    /// <summary>One invoice with everything on it.</summary>
    public async Task<Result<InvoiceView>> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ViewData) is { } refusal) return refusal;
        return await queries.ByIdAsync(caller.Tenant, id, cancellationToken) is { } invoice
            ? invoice
            : new OperationProblem.NotFound("invoice");
    }
}
