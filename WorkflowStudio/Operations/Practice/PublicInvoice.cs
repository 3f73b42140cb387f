using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Practice.Invoices.Print;

namespace WorkflowStudio.Operations.Practice;

/// <summary>What a client may do with the link to an invoice: see it and pay it. The link is the permission; there is no caller.</summary>
public sealed class PublicInvoice(InvoiceQueries queries, IInvoicing invoicing, TimeProvider clock)
{
    /// <summary>The invoice of the link, or null.</summary>
    public Task<InvoiceView?> FindAsync(string token, CancellationToken cancellationToken) =>
        queries.ByTokenAsync(token, cancellationToken);

    /// <summary>The same on paper; null when there is none.</summary>
    public async Task<PrintedFile?> PrintAsync(string token, CancellationToken cancellationToken) =>
        await FindAsync(token, cancellationToken) is { } invoice ? InvoicePrint.Invoice(invoice, clock.GetUtcNow()) : null;

    /// <summary>A credit note of it on paper; null when there is none.</summary>
    public async Task<PrintedFile?> PrintAsync(string token, Guid creditId, CancellationToken cancellationToken) =>
        await FindAsync(token, cancellationToken) is { } invoice && invoice.Credits.FirstOrDefault(c => c.Id == creditId) is { } credit
            ? InvoicePrint.CreditNote(invoice, credit, clock.GetUtcNow())
            : null;

    /// <summary>
    /// Pays it in full. Paying twice is paying once. Where no money can move and none may be acted out, the problem says so.
    /// </summary>
    public async Task<Result<InvoiceView>> PayAsync(string token, string method, CancellationToken cancellationToken)
    {
        if (await queries.ByTokenAsync(token, cancellationToken) is not { } invoice) return new OperationProblem.NotFound("invoice");
        var paid = await invoicing.PayAsync(
            invoice.Tenant, invoice.Id, method, new EffectSource($"invoice-page:{invoice.Id:N}"), cancellationToken);
        if (!paid.Has(out _, out var problem)) return new OperationProblem.Conflict(problem.Code, problem.Message);
        return await FindAsync(token, cancellationToken) is { } view ? view : new OperationProblem.NotFound("invoice");
    }
}
