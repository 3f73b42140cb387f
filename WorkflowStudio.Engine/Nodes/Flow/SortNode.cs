using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Puts the items of a list in order.</summary>
[Step("sort", "Sort a list", NodeGroup.Data, "sort", HandsOn = true,
    Does = "Puts the items of a list in order, by up to five of their fields. Numbers come before dates, and dates before other texts; "
        + "items without the value come last in either direction. Items that are alike keep their order.",
    Example = """
        {"items":"{{ $initialPayload.invoices ?? [] }}",
        "keys":[{"field":"due_date","direction":"ascending"},{"field":"total","direction":"descending"}]}
        """)]
public sealed class SortNode : ComputingNode<SortSettings, SortOutput>
{
    private static readonly SortKey[] Itself = [new SortKey()];

    /// <inheritdoc/>
    public override ExpressionType? OutputType(JsonElement config, Func<string, ExpressionType> typeOf) =>
        ListTypes.Output(OutputTypes.ItemOf(typeOf("items")));

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config) is { Keys.Count: > 0 } settings
        ? Card.Fit(string.Join(", ", settings.Keys.Select(k =>
            (k.Field.Length > 0 ? k.Field : "the item") + (k.Direction == SortDirection.Descending ? " ↓" : ""))))
        : null;

    /// <inheritdoc/>
    protected override NodeOutcome Execute(SortSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (!ItemList.TryRead(settings.Items, "items", out var items, out var failed)) return failed;
        var keys = settings.Keys.Count > 0 ? settings.Keys : Itself;
        var zone = TimeZones.FindOrUtc(input.Run.TimeZone);
        var rows = new List<(JsonElement Item, ItemRank[] Ranks)>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var ranks = new ItemRank[keys.Count];
            for (var k = 0; k < keys.Count; k++)
            {
                var value = FieldPath.Follow(items[i], keys[k].Field);
                if (ItemRank.Of(value, zone) is not { } rank)
                    return Unordered(i, value, settings.Keys.Count > 0 ? $"keys[{k}].field" : "keys");
                ranks[k] = rank;
            }

            rows.Add((items[i], ranks));
        }

        var letters = settings.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var order = Comparer<ItemRank[]>.Create((a, b) => Compare(a, b, keys, letters));
        return Complete(new SortOutput { Items = [.. rows.OrderBy(r => r.Ranks, order).Select(r => r.Item)], Count = rows.Count });
    }

    private static int Compare(ItemRank[] a, ItemRank[] b, IReadOnlyList<SortKey> keys, StringComparison letters)
    {
        for (var k = 0; k < keys.Count; k++)
            if (a[k].CompareTo(b[k], keys[k].Direction == SortDirection.Descending, letters) is var order and not 0) return order;
        return 0;
    }

    private static NodeOutcome.Failed Unordered(int index, JsonElement value, string setting) =>
        new(ExpressionProblemCodes.CannotCompare, $"Item {index + 1} has {Quote.Value(value)} where a value to sort by is needed. Name a "
            + $"field that holds numbers, dates, texts, or yes and no. (Setting: {setting})");
}

/// <summary>The directions of an order.</summary>
public enum SortDirection
{
    /// <summary>The smallest, the earliest, the first in the alphabet first.</summary>
    Ascending,

    /// <summary>The largest, the latest, the last in the alphabet first.</summary>
    Descending,
}

/// <summary>A value by which a list is sorted.</summary>
public sealed record SortKey
{
    /// <summary>The field.</summary>
    [Setting("Field", Description = "The way to the value in each item, such as due_date or client.name; empty for the item itself.",
        Max = 300)]
    public string Field { get; init; } = "";

    /// <summary>The direction.</summary>
    [Setting("Direction", Choices = ["ascending=Smallest or earliest first", "descending=Largest or latest first"])]
    public SortDirection Direction { get; init; } = SortDirection.Ascending;
}

/// <summary>The settings of <see cref="SortNode"/>.</summary>
public sealed record SortSettings
{
    /// <summary>The list.</summary>
    [Setting("List", Description = "An expression that gives a list, at most 10,000 items.", IsList = true)]
    public required JsonElement Items { get; init; }

    /// <summary>By what it is sorted.</summary>
    [Setting("Sort by", Description = "The second one decides between items that are alike in the first, and so on. Without any, the items "
        + "themselves are compared.", Max = 5)]
    public IReadOnlyList<SortKey> Keys { get; init; } = [];

    /// <summary>Whether capital and small letters are the same.</summary>
    [Setting("Ignore case", Description = "Capital and small letters count as the same.")]
    public bool IgnoreCase { get; init; }
}

/// <summary>The output of <see cref="SortNode"/>.</summary>
public sealed record SortOutput
{
    [Setting("Items", Description = "The items in their new order.")]
    public required IReadOnlyList<JsonElement> Items { get; init; }

    [Setting("Count", Description = "How many there are.")]
    public required int Count { get; init; }
}
