using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Counts, adds up and groups the items of a list.</summary>
[Step("aggregate", "Summarize a list", NodeGroup.Data, "functions", HandsOn = true,
    Does = "Counts, adds up, compares or groups the items of a list. The output has one field for each figure that is asked for, and "
        + "groups when it groups.",
    Example = """{"items":"{{ $initialPayload.invoices ?? [] }}","field":"total","calculate":["count","sum"],"group_by":"status"}""")]
public sealed class AggregateNode : ComputingNode<AggregateSettings, AggregateOutput>
{
    private const string Groups = "groups";

    /// <inheritdoc/>
    public override IReadOnlyList<string>? OutputNames(JsonElement config) => ReadOrNull(config) is { } settings
        ? [.. settings.Calculate.Select(Name), .. settings.GroupBy.Length > 0 ? [Groups] : Array.Empty<string>()]
        : null;

    /// <inheritdoc/>
    public override string? Summary(JsonElement config)
    {
        if (ReadOrNull(config) is not { } settings) return null;
        var words = string.Join(", ", settings.Calculate.Select(Name)) + (settings.Field.Length > 0 ? $" of {settings.Field}" : "")
            + (settings.GroupBy.Length > 0 ? $" by {settings.GroupBy}" : "");
        return Card.Fit(words);
    }

    /// <inheritdoc/>
    protected override NodeOutcome Execute(AggregateSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (!ItemList.TryRead(settings.Items, "items", out var items, out var wrong)) return wrong;
        var figures = new AggregateFigures(settings, new Conditions(input.Run.TimeZone));
        if (figures.Unfit(items) is { } unfit) return unfit;
        var output = figures.Of(items);
        if (settings.GroupBy.Length > 0) output[Groups] = figures.GroupsOf(items);
        return new NodeOutcome.Completed(JsonSerializer.SerializeToElement(output, NodeJson.Options));
    }

    internal static string Name(AggregateFunction function) => JsonNamingPolicy.SnakeCaseLower.ConvertName(function.ToString());
}

/// <summary>The figures of a list.</summary>
public enum AggregateFunction
{
    /// <summary>How many items there are.</summary>
    Count,

    /// <summary>The sum of the values.</summary>
    Sum,

    /// <summary>The smallest value, the earliest time, the first in the alphabet.</summary>
    Min,

    /// <summary>The largest value, the latest time, the last in the alphabet.</summary>
    Max,

    /// <summary>The mean of the values.</summary>
    Avg,

    /// <summary>The value of the first item that has one.</summary>
    First,

    /// <summary>The value of the last item that has one.</summary>
    Last,

    /// <summary>The values, each once, in the order in which they come.</summary>
    Unique,
}

/// <summary>The settings of <see cref="AggregateNode"/>.</summary>
public sealed record AggregateSettings
{
    /// <summary>The list.</summary>
    [Setting("List", Description = "An expression that gives a list, at most 10,000 items.", IsList = true)]
    public required JsonElement Items { get; init; }

    /// <summary>The field.</summary>
    [Setting("Field", Description = "The way to the value in each item, such as total or lines[0].price; empty for the item itself. Items "
        + "without it are left out, but counted.", Max = 300)]
    public string Field { get; init; } = "";

    /// <summary>What to calculate.</summary>
    [Setting("Calculate", Description = "Each becomes a field of the output. Sum and average need numbers.", Min = 1, Max = 8,
        Choices = ["avg=Average", "min=Smallest", "max=Largest", "unique=Different values"])]
    public IReadOnlyList<AggregateFunction> Calculate { get; init; } = [AggregateFunction.Count];

    /// <summary>The field by which to group.</summary>
    [Setting("Group by", Description = "The way to a value in each item; the same figures then stand in groups for each value, in the "
        + "order in which they come.", Max = 300)]
    public string GroupBy { get; init; } = "";
}

/// <summary>The output of <see cref="AggregateNode"/>: the fields that were asked for.</summary>
public sealed record AggregateOutput
{
    [Setting("Count", Description = "How many items there are.")]
    public int? Count { get; init; }

    [Setting("Sum")]
    public decimal? Sum { get; init; }

    [Setting("Smallest")]
    public JsonElement Min { get; init; }

    [Setting("Largest")]
    public JsonElement Max { get; init; }

    [Setting("Average")]
    public decimal? Avg { get; init; }

    [Setting("First")]
    public JsonElement First { get; init; }

    [Setting("Last")]
    public JsonElement Last { get; init; }

    [Setting("Different values")]
    public IReadOnlyList<JsonElement>? Unique { get; init; }

    [Setting("Groups", Description = "For each value of the field: key, and the figures as above.")]
    public IReadOnlyList<JsonElement>? Groups { get; init; }
}
