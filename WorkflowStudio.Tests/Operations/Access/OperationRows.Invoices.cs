using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Operations.Access;

/// <summary>The rows of invoices and payments.</summary>
internal static partial class OperationRows
{
    private static IEnumerable<OperationRow> OfInvoices()
    {
        const string view = "data.view", data = "data.manage", key = "hand:x";
        yield return Of<ReadInvoices>("ListAsync", view, async (o, c) =>
            (await o.ListAsync(c, new InvoiceFilter(), null, default)).Problem);
        yield return Of<ReadInvoices>("PageAsync", view, async (o, c) =>
            (await o.PageAsync(c, new InvoiceFilter(), 0, 9, default)).Problem);
        yield return Of<ReadInvoices>("TotalsAsync", view, async (o, c) => (await o.TotalsAsync(c, default)).Problem);
        yield return Of<ReadInvoices>("AgesAsync", view, async (o, c) => (await o.AgesAsync(c, default)).Problem);
        yield return Of<ReadInvoices>("AgeingAsync", view, async (o, c) => (await o.AgeingAsync(c, default)).Problem);
        yield return Of<ReadInvoices>("FindAsync", view, async (o, c) => There((await o.FindAsync(c, NewIds.Next(), default)).Problem));
        yield return Of<ReadInvoices>("PrintAsync", view, async (o, c) => There((await o.PrintAsync(c, NewIds.Next(), default)).Problem));
        yield return Of<ReadInvoices>("PrintCreditAsync", view, async (o, c) =>
            There((await o.PrintCreditAsync(c, NewIds.Next(), NewIds.Next(), default)).Problem));
        yield return Of<ReadInvoices>("PaymentsAsync", view, async (o, c) =>
            (await o.PaymentsAsync(c, new PaymentFilter(), 0, 9, default)).Problem);
        yield return Of<ReadInvoices>("PaymentAsync", view, async (o, c) =>
            There((await o.PaymentAsync(c, NewIds.Next(), default)).Problem));
        yield return Of<ExportInvoices>("Invoices", "export", (o, c) => Task.FromResult(o.Invoices(c, new InvoiceFilter()).Problem));
        yield return Of<ExportInvoices>("Payments", "export", (o, c) => Task.FromResult(o.Payments(c, new PaymentFilter()).Problem));
        yield return Of<ChangeInvoices>("AddAsync", data, async (o, c) =>
            Read((await o.AddAsync(c, new NewInvoice(), key, null, default)).Problem));
        yield return Of<ChangeInvoices>("BillAsync", data, async (o, c) => There((await o.BillAsync(c, NewIds.Next(), default)).Problem));
        yield return Of<ChangeInvoices>("ChangeAsync", data, async (o, c) =>
            There((await o.ChangeAsync(c, NewIds.Next(), null, "x", default)).Problem));
        yield return Of<ChangeInvoices>("VoidAsync", data, async (o, c) => There((await o.VoidAsync(c, NewIds.Next(), default)).Problem));
        yield return Of<ChangeInvoices>("PayAsync", data, async (o, c) =>
            There((await o.PayAsync(c, NewIds.Next(), new NewPayment { Method = "cash" }, key, null, default)).Problem));
        yield return Of<ChangeInvoices>("RemovePaymentAsync", data, async (o, c) =>
            There((await o.RemovePaymentAsync(c, NewIds.Next(), default)).Problem));
        yield return Of<ChangeInvoices>("CreditAsync", data, async (o, c) =>
            There((await o.CreditAsync(c, NewIds.Next(), new NewCreditNote { Reason = "x" }, key, null, default)).Problem));
    }

    // what was refused for its fields was let in
    private static OperationProblem? Read(OperationProblem? problem) => problem is OperationProblem.Invalid ? null : problem;
}
