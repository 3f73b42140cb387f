using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Practice.Invoices.Print;

namespace WorkflowStudio.Operations.Practice;

/// <summary>Lists the practice's invoices and payments, shows single ones, prints them, and adds up what is owed.</summary>
public sealed class ReadInvoices(InvoiceQueries queries, PaymentQueries payments, IMoneyFigures figures, TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewData;

    /// <summary>How far back paid invoices are added up.</summary>
    public const int PaidDays = InvoiceQueries.PaidDays;

    private const int PageLength = 50;

    /// <summary>One page, newest first, of what is older than <paramref name="before"/>.</summary>
    public async Task<Result<ListPage<InvoiceItem>>> ListAsync(
        Caller caller, InvoiceFilter filter, Guid? before, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refusal) return refusal;
        var found = await queries.ListAsync(caller.Tenant, filter, before, PageLength, cancellationToken);
        return new ListPage<InvoiceItem>(found.Items, found.Total, found.AndMore, found.Next);
    }

    /// <summary>A page of the same by its place, and how many there are in all.</summary>
    public async Task<Result<(IReadOnlyList<InvoiceItem> Items, int Total)>> PageAsync(
        Caller caller, InvoiceFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refusal) return refusal;
        return await queries.PageAsync(caller.Tenant, filter, skip, take, cancellationToken);
    }

    /// <summary>
    /// Counts and sums by state and currency of what is to be paid, and of what was paid in the last <see cref="PaidDays"/> days.
    /// </summary>
    public async Task<Result<List<InvoiceSum>>> TotalsAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refusal) return refusal;
        return (await queries.SumsAsync(caller.Tenant, cancellationToken)).ToList();
    }

    /// <summary>What is to be paid by its age.</summary>
    public async Task<Result<AgedDebts>> AgesAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refusal) return refusal;
        return await figures.AgesAsync(caller.Tenant, cancellationToken);
    }

    /// <summary>The same with who owes most, and what was billed and paid in the last 30 days.</summary>
    public async Task<Result<ReceivablesFigures>> AgeingAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refusal) return refusal;
        return await figures.ReceivablesAsync(caller.Tenant, DateRange.Named("last_30_days")!, cancellationToken);
    }

    /// <summary>One invoice with everything on it.</summary>
    public async Task<Result<InvoiceView>> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refusal) return refusal;
        return await queries.ByIdAsync(caller.Tenant, id, cancellationToken) is { } invoice
            ? invoice
            : new OperationProblem.NotFound("invoice");
    }

    /// <summary>One on paper.</summary>
    public async Task<Result<PrintedFile>> PrintAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, id, cancellationToken);
        return found.Ok ? InvoicePrint.Invoice(found.Value, clock.GetUtcNow()) : found.Problem;
    }

    /// <summary>A credit note of one on paper.</summary>
    public async Task<Result<PrintedFile>> PrintCreditAsync(Caller caller, Guid id, Guid creditId, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, id, cancellationToken);
        if (!found.Ok) return found.Problem;
        return found.Value.Credits.FirstOrDefault(c => c.Id == creditId) is { } credit
            ? InvoicePrint.CreditNote(found.Value, credit, clock.GetUtcNow())
            : new OperationProblem.NotFound("credit note");
    }

    /// <summary>One page of the payments, the last paid first, and how many there are in all.</summary>
    public async Task<Result<(IReadOnlyList<PaymentItem> Items, int Total)>> PaymentsAsync(
        Caller caller, PaymentFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refusal) return refusal;
        return await payments.PageAsync(caller.Tenant, filter, skip, take, cancellationToken);
    }

    /// <summary>One payment.</summary>
    public async Task<Result<PaymentItem>> PaymentAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refusal) return refusal;
        return await payments.FindAsync(caller.Tenant, id, cancellationToken) is { } payment
            ? payment
            : new OperationProblem.NotFound("payment");
    }
}

/// <summary>Takes invoices and payments out.</summary>
public sealed class ExportInvoices(InvoiceQueries queries, PaymentQueries payments)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.Export;

    /// <summary>The invoices that a filter finds, as CSV: the answer writes it.</summary>
    public Result<CsvExport> Invoices(Caller caller, InvoiceFilter filter)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return new CsvExport("invoices.csv", (to, stop) =>
            InvoiceFile.WriteAsync(queries.AllAsync(caller.Tenant, filter, stop), to, stop));
    }

    /// <summary>The payments that a filter finds, as CSV: the answer writes it.</summary>
    public Result<CsvExport> Payments(Caller caller, PaymentFilter filter)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return new CsvExport("payments.csv", (to, stop) =>
            InvoiceFile.WriteAsync(payments.AllAsync(caller.Tenant, filter, stop), to, stop));
    }
}
