using System.Text.Json.Nodes;

namespace WorkflowStudio.Engine.Nodes.Documents.Fields;

/// <summary>A field that was found.</summary>
/// <param name="Value">Its value: text, number, yes or no, or a list.</param>
/// <param name="Confidence">How sure that is: 0 to 1.</param>
internal sealed record FoundField(JsonNode Value, double Confidence);

/// <summary>Whether amounts of a document fit together.</summary>
public sealed record FieldCheck
{
    [Setting("Name", Description = "line_amounts: quantities times prices; subtotal: the sum of the lines; total: with discount, shipping "
        + "and tax.")]
    public required string Name { get; init; }

    [Setting("Fits")]
    public required bool Ok { get; init; }

    [Setting("Expected", Description = "What the lines come to.")]
    public required decimal Expected { get; init; }

    [Setting("Found", Description = "What the document says.")]
    public required decimal Found { get; init; }
}

/// <summary>What was read of a text.</summary>
internal sealed class FieldReading
{
    /// <summary>The fields that were found, by name.</summary>
    public Dictionary<string, FoundField> Found { get; } = new(StringComparer.Ordinal);

    /// <summary>The sums that were done.</summary>
    public List<FieldCheck> Checks { get; } = [];
}
