using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Practice.Invoices;

namespace WorkflowStudio.Engine.Nodes.Practice;

/// <summary>Marks open invoices whose day has passed as overdue.</summary>
[Step("mark_invoices_overdue", "Mark overdue", NodeGroup.Practice, "receipt_long", HasOutsideEffect = true,
    Does = "Marks every open invoice that was due before today, in the practice's zone, as overdue. Each raises the event "
        + "invoice.overdue. The summary can be delivered by a notification or an e-mail.",
    Example = "{}")]
public sealed class OverdueNode(IInvoicing invoices) : NodeType<OverdueSettings, OverdueOutput>
{
    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(
        OverdueSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        var marked = await invoices.MarkOverdueAsync(input.Run.Tenant, input.Source(), cancellationToken);
        var shown = marked.Take(InvoiceWords.MostListed).Select(InvoiceFacts.Of).ToList();
        var title = marked.Count switch
        {
            0 => "No invoice has become overdue.",
            1 => $"1 invoice is overdue now: {InvoiceWords.Totals(marked)}.",
            var count => $"{count} invoices are overdue now: {InvoiceWords.Totals(marked)}.",
        };
        input.Log(NodeLogLevel.Info, title);
        return Complete(new OverdueOutput
        {
            Count = marked.Count,
            Invoices = shown,
            AndMore = marked.Count > shown.Count,
            Summary = InvoiceWords.Text(
                title, marked, i => $"{i.Invoice.Number}, {i.Contact.Name}, {i.Invoice.Balance}, due {i.Invoice.DueOn.InFull()}"),
        });
    }
}

/// <summary>The settings of <see cref="OverdueNode"/>: there are none.</summary>
public sealed record OverdueSettings;

/// <summary>The output of <see cref="OverdueNode"/>.</summary>
public sealed record OverdueOutput
{
    [Setting("Count", Description = "How many invoices were marked.")]
    public required int Count { get; init; }

    [Setting("Invoices", Description = "The first 200 of them, the longest due first.")]
    public required IReadOnlyList<InvoiceFacts> Invoices { get; init; }

    [Setting("And more", Description = "Whether more were marked than are listed.")]
    public required bool AndMore { get; init; }

    [Setting("Summary", Description = "For people, in a few lines.")]
    public required string Summary { get; init; }
}
