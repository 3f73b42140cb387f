using WorkflowStudio.Components.Shared;
using WorkflowStudio.Components.Shared.Pages;
using WorkflowStudio.Engine.Practice.Invoices;

namespace WorkflowStudio.Components.Practice.Billing;

/// <summary>The filter and the place of the list of invoices, and the invoice that is open.</summary>
/// <param name="Status">One of <see cref="InvoiceWords.Statuses"/>.</param>
/// <param name="Before">The invoice below which the page begins; null for the newest.</param>
/// <param name="Invoice">The invoice whose sheet is open.</param>
/// <param name="Text">A number, or a part of who pays.</param>
public sealed record InvoicesQuery(string? Status = null, Guid? Before = null, Guid? Invoice = null, string? Text = null)
    : IPageQuery<InvoicesQuery>
{
    public static InvoicesQuery Of(AddressValues address) => new(
        address.OneOf("status", InvoiceWords.Statuses), address.Id("before"), address.Id("invoice"), address.Text("q"));

    public IReadOnlyDictionary<string, object?> ToParameters() =>
        new Dictionary<string, object?> { ["status"] = Status, ["before"] = Before, ["invoice"] = Invoice, ["q"] = Text };

    /// <summary>What is asked for.</summary>
    internal InvoiceFilter ToFilter() => new() { Status = InvoiceWords.Status(Status), Search = Text };
}
