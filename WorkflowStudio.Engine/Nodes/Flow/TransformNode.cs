using System.Text.Json;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Makes new items from the items of a list.</summary>
[Step("transform", "Transform a list", NodeGroup.Data, "transform", HandsOn = true,
    Does = "Makes a new item of every item of a list: named values by expressions that may name $item and $index. To name single "
        + "values, use “Set values”.",
    Example = """
        {"items":"{{ $initialPayload.clients ?? [] }}",
        "values":{"name":"{{ $item.first_name }} {{ $item.last_name }}","number":"{{ $index }}"}}
        """)]
public sealed class TransformNode : ComputingNode<TransformSettings, TransformOutput>
{
    private const string Values = "values";

    /// <inheritdoc/>
    public override NodeShape Shape(JsonElement config) => Usual with { ItemSettings = [Values] };

    /// <inheritdoc/>
    public override ExpressionType? OutputType(JsonElement config, Func<string, ExpressionType> typeOf)
    {
        var item = typeOf(Values);
        if (item.Fields is null) return null;
        var keeps = config.TryGetProperty("keep_fields"u8, out var keep) && keep.ValueKind != JsonValueKind.False;
        if (keeps) item = Kept(typeOf("items"), item);
        return ExpressionType.ObjectOf(new Dictionary<string, ExpressionType>(StringComparer.Ordinal)
        { ["items"] = ExpressionType.ListOf(item), ["count"] = ExpressionType.Number });
    }

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) =>
        ReadOrNull(config) is { Values.Count: > 0 } settings ? Card.Fit(string.Join(", ", settings.Values.Keys)) : null;

    /// <inheritdoc/>
    protected override NodeOutcome Execute(TransformSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (!ItemList.TryRead(settings.Items, "items", out var items, out var failed)) return failed;
        var template = new ItemTemplate(this, input, Values);
        var (made, room) = (new List<JsonElement>(items.Count), new OutputRoom());
        for (var i = 0; i < items.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var resolved = template.Resolve(items[i], i);
            if (resolved.Failed is { } unresolved) return unresolved;
            made.Add(settings.KeepFields ? Merged(items[i], resolved.Value) : resolved.Value);
            if (!room.Takes(made[i])) return OutputRoom.IsFull(Values);
        }

        return Complete(new TransformOutput { Items = made, Count = made.Count });
    }

    private static ExpressionType Kept(ExpressionType list, ExpressionType item)
    {
        if (list.Items?.Fields is not { } old)
            return list.IsSecret ? ExpressionType.Object.AsSecret() : ExpressionType.Object with { IsSecret = item.IsSecret };
        var fields = new Dictionary<string, ExpressionType>(old, StringComparer.Ordinal);
        foreach (var (name, type) in item.Fields!) fields[name] = type;
        return ExpressionType.ObjectOf(fields);
    }

    // an item that is no object has no fields to keep
    private static JsonElement Merged(JsonElement item, JsonElement values)
    {
        if (item.ValueKind != JsonValueKind.Object) return values;
        var fields = item.EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
        foreach (var value in values.EnumerateObject()) fields[value.Name] = value.Value;
        return JsonSerializer.SerializeToElement(fields, NodeJson.Options);
    }
}

/// <summary>The settings of <see cref="TransformNode"/>.</summary>
public sealed record TransformSettings
{
    /// <summary>The list.</summary>
    [Setting("List", Description = "An expression that gives a list, at most 10,000 items.", IsList = true)]
    public required JsonElement Items { get; init; }

    /// <summary>The values.</summary>
    [Setting("Values", Description = "The fields of each new item. They may name the old one as $item and its number from 0 as $index.",
        Min = 1, Max = 200)]
    public required IReadOnlyDictionary<string, JsonElement> Values { get; init; }

    /// <summary>Whether the fields of the old item stay.</summary>
    [Setting("Keep the other fields", Description = "The fields of the old item stay, and the values are added to them.")]
    public bool KeepFields { get; init; }
}

/// <summary>The output of <see cref="TransformNode"/>.</summary>
public sealed record TransformOutput
{
    [Setting("Items", Description = "The new items, in the order of the list.")]
    public required IReadOnlyList<JsonElement> Items { get; init; }

    [Setting("Count", Description = "How many there are.")]
    public required int Count { get; init; }
}
