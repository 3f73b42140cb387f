using System.Runtime.InteropServices;
using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Calculates the figures of a list. Pure.</summary>
internal sealed class AggregateFigures(AggregateSettings settings, Conditions compare)
{
    private static readonly AggregateFunction[] OfNumbers = [AggregateFunction.Sum, AggregateFunction.Avg];

    /// <summary>The failure when a value does not allow what is asked; null when all do.</summary>
    public NodeOutcome.Failed? Unfit(IReadOnlyList<JsonElement> items)
    {
        if (settings.Calculate.FirstOrDefault(OfNumbers.Contains) is var asked && !OfNumbers.Contains(asked)) return null;
        for (var i = 0; i < items.Count; i++)
        {
            if (Value(items[i]) is { } value && Number(value) is null)
                return new NodeOutcome.Failed("not_a_number", $"Item {i + 1} has {Quote.Json(value)} where {AggregateNode.Name(asked)} "
                    + "needs a number. Check the list and the field.");
        }

        return null;
    }

    /// <summary>The figures that are asked for, by name.</summary>
    public Dictionary<string, object?> Of(IReadOnlyList<JsonElement> items)
    {
        List<JsonElement> values = [.. items.Select(Value).OfType<JsonElement>()];
        return settings.Calculate.Distinct().ToDictionary(AggregateNode.Name, f => Figure(f, items.Count, values));
    }

    /// <summary>The figures of each group.</summary>
    public List<Dictionary<string, object?>> GroupsOf(IReadOnlyList<JsonElement> items) =>
    [
        .. items.GroupBy(i => ItemKey.Of(FieldPath.Follow(i, settings.GroupBy))).Select(g =>
        {
            var key = FieldPath.Follow(g.First(), settings.GroupBy);
            var group = new Dictionary<string, object?> { ["key"] = key.ValueKind == JsonValueKind.Undefined ? null : key };
            foreach (var (name, figure) in Of([.. g])) group[name] = figure;
            return group;
        }),
    ];

    private object? Figure(AggregateFunction function, int count, List<JsonElement> values) => function switch
    {
        AggregateFunction.Count => count,
        AggregateFunction.Sum => Sum(values),
        AggregateFunction.Avg => values.Count == 0 ? null : Sum(values) / values.Count,
        AggregateFunction.Min => Outermost(values, -1),
        AggregateFunction.Max => Outermost(values, 1),
        AggregateFunction.First => values.Count == 0 ? null : values[0],
        AggregateFunction.Last => values.Count == 0 ? null : values[^1],
        AggregateFunction.Unique => values.DistinctBy(v => ItemKey.Of(v)).ToList(),
        _ => throw new InvalidOperationException($"Summarizing a list: {function} is unknown."),
    };

    // values that cannot be compared with those before are passed over
    private object? Outermost(List<JsonElement> values, int direction)
    {
        if (values.Count == 0) return null;
        var found = values[0];
        foreach (var value in CollectionsMarshal.AsSpan(values)[1..])
        {
            if (compare.Compare(value, found, ignoreCase: false) * direction > 0) found = value;
        }

        return found;
    }

    private static decimal Sum(List<JsonElement> values) => values.Sum(v => Number(v)!.Value);

    private JsonElement? Value(JsonElement item) =>
        FieldPath.Follow(item, settings.Field) is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } value ? value : null;

    private static decimal? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDecimal(out var number) && Math.Abs(number) < 1e18m => number,
        JsonValueKind.String when NumberText.TryRead(value.GetString(), out var number) && Math.Abs(number) < 1e18m => number,
        _ => null,
    };
}
