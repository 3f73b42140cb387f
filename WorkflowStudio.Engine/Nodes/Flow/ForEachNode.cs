using System.Text.Json;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Runs the steps behind it once for each item of a list.</summary>
[Step("for_each", "For each", NodeGroup.Flow, "repeat", HandsOn = true, Ports = ["each", "done"],
    Does = "Runs the steps behind “each” once for every item of a list; they know it as $item, and its number from 0 as $index. When "
        + "all are through, the run goes on through “done”.",
    Example = """{"items":"{{ $initialPayload.clients ?? [] }}","concurrency":1,"on_item_error":"fail","collect":"{{ $item.name }}"}""")]
public sealed class ForEachNode : ComputingNode<ForEachSettings, ForEachOutput>
{
    /// <inheritdoc/>
    public override NodeShape Shape(JsonElement config) => Usual with { BodyPort = "each", CollectSetting = "collect" };

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config) is { } settings
        ? Card.Fit(Card.Plain(settings.Items) + (settings.Concurrency > 1 ? $", {settings.Concurrency} at once" : ""))
        : null;

    /// <inheritdoc/>
    protected override NodeOutcome Execute(ForEachSettings settings, NodeInput input, CancellationToken cancellationToken) =>
        ItemList.TryRead(settings.Items, "items", out _, out var failed)
            ? new NodeOutcome.ForEach(settings.Items, settings.Concurrency, settings.OnItemError == ItemErrors.Continue)
            : failed;
}

/// <summary>What the failure of an iteration means.</summary>
public enum ItemErrors
{
    /// <summary>The step fails.</summary>
    Fail,

    /// <summary>The others go on.</summary>
    Continue,
}

/// <summary>The settings of <see cref="ForEachNode"/>.</summary>
public sealed record ForEachSettings
{
    /// <summary>The list.</summary>
    [Setting("Items", Description = "An expression that gives a list, at most 10,000 items.", IsList = true)]
    public required JsonElement Items { get; init; }

    /// <summary>How many at once.</summary>
    [Setting("At once", Description = "How many items may be under way at the same time.", Unit = "items", Min = 1, Max = 50)]
    public int Concurrency { get; init; } = 1;

    /// <summary>What happens when one fails.</summary>
    [Setting("When an item fails", Choices = ["fail=the step fails", "continue=the others go on"])]
    public ItemErrors OnItemError { get; init; } = ItemErrors.Fail;

    /// <summary>What each iteration hands on.</summary>
    [Setting("Collect", Description = "What each item hands on into the list items of the output, an expression that may name $item, "
        + "$index and the steps behind “each”. Without it, the newest output of those steps is handed on.")]
    public JsonElement Collect { get; init; }
}

/// <summary>The output of <see cref="ForEachNode"/>.</summary>
public sealed record ForEachOutput
{
    [Setting("Items", Description = "What each iteration collected, in the order of the list; null where it failed.")]
    public required IReadOnlyList<JsonElement> Items { get; init; }

    [Setting("Count", Description = "How many items there were.")]
    public required int Count { get; init; }

    [Setting("Failed", Description = "How many failed.")]
    public required int Failed { get; init; }
}
