using System.Text.Json;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Leaves one of the items of a list that are the same.</summary>
[Step("remove_duplicates", "Remove doubles", NodeGroup.Data, "layers_clear", HandsOn = true,
    Does = "Leaves one of the items of a list that are the same: as a whole, or in up to five of their fields. Numbers are compared by "
        + "their value and date-times by their moment; 1 and the text 1 are two values. Items that have none of the fields are all kept.",
    Example = """{"items":"{{ $initialPayload.clients ?? [] }}","fields":["email"],"keep":"first","ignore_case":true}""")]
public sealed class RemoveDuplicatesNode : ComputingNode<RemoveDuplicatesSettings, RemoveDuplicatesOutput>
{
    /// <inheritdoc/>
    public override ExpressionType? OutputType(JsonElement config, Func<string, ExpressionType> typeOf)
    {
        var item = OutputTypes.ItemOf(typeOf("items"));
        return ListTypes.Output(item, ("removed", ExpressionType.ListOf(item)));
    }

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config) => ReadOrNull(config) is { } settings
        ? settings.Fields.Index().Where(f => f.Item.Trim().Length == 0)
            .Select(f => SettingProblem.Wrong(JsonPlace.Item("fields", f.Index), "The field is empty. Fill it in, or take it out."))
        : [];

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) =>
        ReadOrNull(config) is { Fields.Count: > 0 } settings ? Card.Fit("By " + string.Join(", ", settings.Fields)) : null;

    /// <inheritdoc/>
    protected override NodeOutcome Execute(RemoveDuplicatesSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (!ItemList.TryRead(settings.Items, "items", out var items, out var failed)) return failed;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var isKept = new bool[items.Count];
        for (var step = 0; step < items.Count; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var i = settings.Keep == DoubleToKeep.First ? step : items.Count - 1 - step;
            isKept[i] = Key(items[i], settings) is not { } key || seen.Add(key);
        }

        List<JsonElement> kept = [.. items.Where((_, i) => isKept[i])], removed = [.. items.Where((_, i) => !isKept[i])];
        input.Log(NodeLogLevel.Info, $"Removed {removed.Count} of {items.Count} items");
        return Complete(new RemoveDuplicatesOutput { Items = kept, Count = kept.Count, Removed = removed });
    }

    // null for an item that has nothing to be the same in
    private static string? Key(JsonElement item, RemoveDuplicatesSettings settings)
    {
        if (settings.Fields.Count == 0) return ItemKey.Of(item, settings.IgnoreCase);
        List<JsonElement> values = [.. settings.Fields.Select(f => FieldPath.Follow(item, f))];
        return values.TrueForAll(v => v.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            ? null
            : ItemKey.Of(values, settings.IgnoreCase);
    }
}

/// <summary>Which of the items that are the same is kept.</summary>
public enum DoubleToKeep
{
    /// <summary>The one that comes first in the list.</summary>
    First,

    /// <summary>The one that comes last.</summary>
    Last,
}

/// <summary>The settings of <see cref="RemoveDuplicatesNode"/>.</summary>
public sealed record RemoveDuplicatesSettings
{
    /// <summary>The list.</summary>
    [Setting("List", Description = "An expression that gives a list, at most 10,000 items.", IsList = true)]
    public required JsonElement Items { get; init; }

    /// <summary>In what items have to be the same.</summary>
    [Setting("The same in", Description = "The ways to values in each item, such as email or client.id: items are doubles when they are "
        + "the same in all of them. Without any, when they are the same as a whole.", Max = 5)]
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Which one is kept.</summary>
    [Setting("Keep", Choices = ["first=The first of them", "last=The last of them"])]
    public DoubleToKeep Keep { get; init; } = DoubleToKeep.First;

    /// <summary>Whether capital and small letters are the same.</summary>
    [Setting("Ignore case", Description = "Capital and small letters count as the same.")]
    public bool IgnoreCase { get; init; }
}

/// <summary>The output of <see cref="RemoveDuplicatesNode"/>.</summary>
public sealed record RemoveDuplicatesOutput
{
    [Setting("Items", Description = "The items that were kept, in the order of the list.")]
    public required IReadOnlyList<JsonElement> Items { get; init; }

    [Setting("Count", Description = "How many were kept.")]
    public required int Count { get; init; }

    [Setting("Removed", Description = "The doubles that were removed, in the order of the list.")]
    public required IReadOnlyList<JsonElement> Removed { get; init; }
}
