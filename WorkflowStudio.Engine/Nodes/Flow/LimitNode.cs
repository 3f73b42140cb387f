using System.Text.Json;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Takes the first or the last items of a list.</summary>
[Step("limit", "Take part of a list", NodeGroup.Data, "content_cut", HandsOn = true,
    Does = "Takes the first or the last items of a list, after leaving some out. Of a shorter list it takes what there is.",
    Example = """{"items":"{{ $initialPayload.invoices ?? [] }}","from":"first","take":10,"skip":0}""")]
public sealed class LimitNode : ComputingNode<LimitSettings, LimitOutput>
{
    /// <inheritdoc/>
    public override ExpressionType? OutputType(JsonElement config, Func<string, ExpressionType> typeOf) =>
        ListTypes.Output(OutputTypes.ItemOf(typeOf("items")), ("left_out", ExpressionType.Number));

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config) is { } settings
        ? $"The {(settings.From == LimitEnd.First ? "first" : "last")} {settings.Take}"
            + (settings.Skip > 0 ? $", after {settings.Skip}" : "")
        : null;

    /// <inheritdoc/>
    protected override NodeOutcome Execute(LimitSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (!ItemList.TryRead(settings.Items, "items", out var items, out var failed)) return failed;
        List<JsonElement> taken = settings.From == LimitEnd.First
            ? [.. items.Skip(settings.Skip).Take(settings.Take)]
            : [.. items.SkipLast(settings.Skip).TakeLast(settings.Take)];
        input.Log(NodeLogLevel.Info, $"Took {taken.Count} of {items.Count} items");
        return Complete(new LimitOutput { Items = taken, Count = taken.Count, LeftOut = items.Count - taken.Count });
    }
}

/// <summary>The ends of a list.</summary>
public enum LimitEnd
{
    /// <summary>Its beginning.</summary>
    First,

    /// <summary>Its end.</summary>
    Last,
}

/// <summary>The settings of <see cref="LimitNode"/>.</summary>
public sealed record LimitSettings
{
    /// <summary>The list.</summary>
    [Setting("List", Description = "An expression that gives a list, at most 10,000 items.", IsList = true)]
    public required JsonElement Items { get; init; }

    /// <summary>Where it takes.</summary>
    [Setting("Take", Choices = ["first=The first items", "last=The last items"])]
    public LimitEnd From { get; init; } = LimitEnd.First;

    /// <summary>How many it takes.</summary>
    [Setting("How many", Description = "The most items that are taken.", Unit = "items", Min = 0, Max = ItemList.Most)]
    public required int Take { get; init; }

    /// <summary>How many it leaves out before.</summary>
    [Setting("Leave out before", Description = "So many items are passed over first, counted from the same end.", Unit = "items", Min = 0,
        Max = ItemList.Most)]
    public int Skip { get; init; }
}

/// <summary>The output of <see cref="LimitNode"/>.</summary>
public sealed record LimitOutput
{
    [Setting("Items", Description = "The items that were taken, in the order of the list.")]
    public required IReadOnlyList<JsonElement> Items { get; init; }

    [Setting("Count", Description = "How many were taken.")]
    public required int Count { get; init; }

    [Setting("Left out", Description = "How many items of the list were not taken.")]
    public required int LeftOut { get; init; }
}
