using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Makes one list of two.</summary>
[Step("merge_lists", "Merge two lists", NodeGroup.Data, "join_inner", HandsOn = true,
    Does = "Makes one list of two: by a key that items of both have, side by side, or one after the other. By a key, an item that "
        + "matches several becomes several items; a number matches a text that spells it, and an item without the key matches none.",
    Example = """
        {"left":"{{ $initialPayload.invoices ?? [] }}","right":"{{ $initialPayload.clients ?? [] }}","mode":"key",
        "left_key":"client_id","right_key":"id","keep":"left","same_names":"nested","name":"client"}
        """)]
public sealed class MergeListsNode : ComputingNode<MergeListsSettings, MergeListsOutput>
{
    /// <inheritdoc/>
    public override ExpressionType? OutputType(JsonElement config, Func<string, ExpressionType> typeOf)
    {
        if (ReadOrNull(config) is not { } settings || Template.Contains(settings.Name)) return null;
        var (left, right) = (OutputTypes.ItemOf(typeOf("left")), OutputTypes.ItemOf(typeOf("right")));
        var item = settings.Mode == ListMergeMode.Append ? ExpressionType.Join(left, right) : MergedItem.TypeOf(left, right, settings);
        return ListTypes.Output(
            item, ("matched", ExpressionType.Number), ("left_only", ExpressionType.Number), ("right_only", ExpressionType.Number));
    }

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config) =>
        ReadOrNull(config) is { Mode: ListMergeMode.Key, LeftKey: "" } ? [SettingProblem.Missing("left_key", NoKey)] : [];

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config) is not { } settings ? null : settings.Mode switch
    {
        ListMergeMode.Position => "Side by side",
        ListMergeMode.Append => "One after the other",
        _ => settings.LeftKey.Length == 0 ? null
            : Card.Fit("By " + settings.LeftKey + (settings.RightKey.Length > 0 ? " = " + settings.RightKey : "")),
    };

    /// <inheritdoc/>
    protected override NodeOutcome Execute(MergeListsSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (!ItemList.TryRead(settings.Left, "left", out var left, out var failed)
            || !ItemList.TryRead(settings.Right, "right", out var right, out failed)) return failed;
        if (settings is { Mode: ListMergeMode.Key, LeftKey: "" }) return SettingsFailure.Wrong("left_key", NoKey);
        if (settings.Mode == ListMergeMode.Append)
            return left.Count + right.Count > ItemList.Most
                ? TooMany(left.Count + right.Count, "Pass a part of each.", "right")
                : Complete(new MergeListsOutput
                {
                    Items = [.. left, .. right], Count = left.Count + right.Count, Matched = 0, LeftOnly = left.Count,
                    RightOnly = right.Count,
                });

        var pairs = settings.Mode == ListMergeMode.Key
            ? MergePairs.ByKey(left, right, settings, cancellationToken)
            : MergePairs.ByPosition(left.Count, right.Count);
        if (pairs.CountOf(settings.Keep) is > ItemList.Most and var many)
            return TooMany(many, "Many items have the same key: remove doubles from one of the lists first.", "left_key");
        var (items, room) = (new List<JsonElement>(), new OutputRoom());
        foreach (var (l, r) in pairs.Of(settings.Keep))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var merged = MergedItem.Of(left, l, right, r, settings, out failed);
            if (failed is not null) return failed;
            if (!room.Takes(merged)) return OutputRoom.IsFull("left");
            items.Add(merged);
        }

        input.Log(NodeLogLevel.Info, $"Matched {pairs.Matched} of {left.Count} items");
        return Complete(new MergeListsOutput
        {
            Items = items, Count = items.Count, Matched = pairs.Matched, LeftOnly = pairs.LeftOnly, RightOnly = pairs.RightOnly,
        });
    }

    private const string NoKey = "There is no key. Name the field of the left list by which items are matched.";

    private static NodeOutcome.Failed TooMany(long count, string remedy, string setting) => new("too_many_items",
        $"The lists would make {count:N0} items; at most {ItemList.Most:N0} are possible. {remedy} (Setting: {setting})");
}

/// <summary>How two lists become one.</summary>
public enum ListMergeMode
{
    /// <summary>Items with the same key become one.</summary>
    Key,

    /// <summary>The first with the first, the second with the second.</summary>
    Position,

    /// <summary>The right list behind the left one.</summary>
    Append,
}

/// <summary>Which items a merge keeps.</summary>
public enum MergeKeep
{
    /// <summary>Those that have one in the other list.</summary>
    Inner,

    /// <summary>All of the left list.</summary>
    Left,

    /// <summary>All of both lists.</summary>
    Full,
}

/// <summary>What becomes of names that items of both lists have.</summary>
public enum MergeNames
{
    /// <summary>The value of the left item stays.</summary>
    Left,

    /// <summary>The value of the right item comes in its place.</summary>
    Right,

    /// <summary>The right item stands as a whole under a name.</summary>
    Nested,
}

/// <summary>The settings of <see cref="MergeListsNode"/>.</summary>
public sealed record MergeListsSettings
{
    private const string InPairs = "mode=key|position";

    /// <summary>The left list.</summary>
    [Setting("Left list", Description = "An expression that gives a list, at most 10,000 items.", IsList = true)]
    public required JsonElement Left { get; init; }

    /// <summary>The right list.</summary>
    [Setting("Right list", Description = "An expression that gives a list, at most 10,000 items.", IsList = true)]
    public required JsonElement Right { get; init; }

    /// <summary>How.</summary>
    [Setting("Merge", Choices = ["key=By a key", "position=Side by side", "append=One after the other"])]
    public ListMergeMode Mode { get; init; } = ListMergeMode.Key;

    /// <summary>The key in the left list.</summary>
    [Setting("Key in the left list", Description = "The way to the value in each item, such as client_id or client.id.", Max = 300,
        When = "mode=key")]
    public string LeftKey { get; init; } = "";

    /// <summary>The key in the right list.</summary>
    [Setting("Key in the right list", Description = "The way to the value that has to be the same; empty for the same way as in the left "
        + "list.", Max = 300, When = "mode=key")]
    public string RightKey { get; init; } = "";

    /// <summary>Whether capital and small letters are the same.</summary>
    [Setting("Ignore case", Description = "Capital and small letters of keys count as the same.", When = "mode=key")]
    public bool IgnoreCase { get; init; }

    /// <summary>Which items are kept.</summary>
    [Setting("Keep", Choices = ["inner=Items that are in both lists", "left=All items of the left list", "full=All items of both lists"],
        When = InPairs)]
    public MergeKeep Keep { get; init; } = MergeKeep.Left;

    /// <summary>What becomes of equal names.</summary>
    [Setting("Fields of the same name", Choices = ["left=The left value stays", "right=The right value replaces it",
        "nested=The right item goes under a name of its own"], When = InPairs)]
    public MergeNames SameNames { get; init; } = MergeNames.Left;

    /// <summary>The name of the right item.</summary>
    [Setting("Name of the right item", Description = "The field under which each item has the one of the right list.", Min = 1, Max = 100,
        When = "same_names=nested")]
    public string Name { get; init; } = "right";
}

/// <summary>The output of <see cref="MergeListsNode"/>.</summary>
public sealed record MergeListsOutput
{
    [Setting("Items", Description = "The items in the order of the left list, then those of the right one alone.")]
    public required IReadOnlyList<JsonElement> Items { get; init; }

    [Setting("Count", Description = "How many there are.")]
    public required int Count { get; init; }

    [Setting("Matched", Description = "How many items of the left list have one in the right list.")]
    public required int Matched { get; init; }

    [Setting("Only left", Description = "How many items of the left list have none.")]
    public required int LeftOnly { get; init; }

    [Setting("Only right", Description = "How many items of the right list have none.")]
    public required int RightOnly { get; init; }
}
