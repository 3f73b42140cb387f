using System.Text.Json;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Lets the run on, or the items of a list through, when conditions hold.</summary>
[Step("filter", "Filter", NodeGroup.Data, "filter_alt", HandsOn = true, Ports = ["out", "else"],
    Does = "With a list: keeps the items for which the conditions hold. Without one: lets the run go on only when they hold. What is "
        + "let through leaves through “out”; a run that is held back, or a list of which nothing is left, leaves through “else”, "
        + "where mostly nothing follows.",
    Example = """
        {"items":"{{ $initialPayload.invoices ?? [] }}",
        "conditions":[{"left":"{{ $item.status }}","operator":"equals","right":"overdue"}],"match":"all"}
        """)]
public sealed class FilterNode : ComputingNode<FilterSettings, FilterOutput>
{
    private const string Out = "out";
    private const string Else = "else";

    /// <inheritdoc/>
    public override NodeShape Shape(JsonElement config) => Usual with { ItemSettings = ["conditions"] };

    /// <inheritdoc/>
    public override bool MayBeMissing(JsonElement config, string path) => ConditionList.MayBeMissing(config, path);

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config) =>
        ReadOrNull(config) is { } settings ? ConditionList.Check(settings.Conditions, "conditions") : [];

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) =>
        ReadOrNull(config) is { } settings ? ConditionList.Summary(settings.Conditions, settings.Match) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<string>? OutputNames(JsonElement config) => HasItems(config) ? ["items", "count"] : ["result"];

    /// <inheritdoc/>
    public override ExpressionType? OutputType(JsonElement config, Func<string, ExpressionType> typeOf) =>
        HasItems(config) ? ListTypes.Output(OutputTypes.ItemOf(typeOf("items"))) : null;

    /// <inheritdoc/>
    protected override NodeOutcome Execute(FilterSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        var template = new ItemTemplate(this, input, "conditions");
        return HasItems(input.Settings) ? Items(settings, input, template, cancellationToken) : Run(settings, input, template);
    }

    private static NodeOutcome Run(FilterSettings settings, NodeInput input, ItemTemplate template)
    {
        var result = Check(settings, input, template.Resolve(), out var failed);
        if (failed is not null) return failed;
        input.Log(NodeLogLevel.Info, $"{result.Words}. {(result.Holds ? "The run goes on." : "The run does not go on here.")}");
        return Complete(new FilterOutput { Result = result.Holds }, result.Holds ? Out : Else);
    }

    private static NodeOutcome Items(FilterSettings settings, NodeInput input, ItemTemplate template, CancellationToken cancellationToken)
    {
        if (!ItemList.TryRead(settings.Items, "items", out var items, out var failed)) return failed;
        var kept = new List<JsonElement>();
        for (var i = 0; i < items.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = Check(settings, input, template.Resolve(items[i], i), out failed, i);
            if (failed is not null) return failed;
            if (result.Holds) kept.Add(items[i]);
        }

        input.Log(NodeLogLevel.Info, $"Kept {kept.Count} of {items.Count} items");
        return Complete(new FilterOutput { Items = kept, Count = kept.Count }, kept.Count > 0 ? Out : Else);
    }

    private static ConditionResult Check(
        FilterSettings settings, NodeInput input, ItemTemplate.Resolved resolved, out NodeOutcome.Failed? failed, int? item = null)
    {
        failed = resolved.Failed;
        if (failed is not null) return default;
        var conditions = resolved.Value.Deserialize<List<Condition>>(NodeJson.Options)!;
        var result = new Conditions(input.Run.TimeZone).Check(conditions, settings.Match);
        failed = ConditionList.Failure(result, "conditions");
        if (failed is not null && item is { } index) failed = failed with { Message = $"Item {index + 1}: {failed.Message}" };
        return result;
    }

    private static bool HasItems(JsonElement config) => config.ValueKind == JsonValueKind.Object
        && config.TryGetProperty("items", out var items) && items.ValueKind != JsonValueKind.Undefined;
}

/// <summary>The settings of <see cref="FilterNode"/>.</summary>
public sealed record FilterSettings
{
    /// <summary>The list.</summary>
    [Setting("List", Description = "An expression that gives a list, at most 10,000 items. Left out, the run itself is "
        + "let through or held back.", IsList = true)]
    public JsonElement Items { get; init; }

    /// <summary>The conditions.</summary>
    [Setting("Conditions", Description = "They may name the item as $item and its number from 0 as $index.", Min = 1,
        Max = Flow.Conditions.Most)]
    public required IReadOnlyList<Condition> Conditions { get; init; }

    /// <summary>How they go together.</summary>
    [Setting("Together", Choices = ["all=All must hold", "any=One is enough"])]
    public ConditionMatch Match { get; init; } = ConditionMatch.All;
}

/// <summary>The output of <see cref="FilterNode"/>.</summary>
public sealed record FilterOutput
{
    [Setting("Items", Description = "With a list: the items that were kept.")]
    public IReadOnlyList<JsonElement>? Items { get; init; }

    [Setting("Count", Description = "With a list: how many were kept.")]
    public int? Count { get; init; }

    [Setting("Result", Description = "Without a list: whether the conditions hold.")]
    public bool? Result { get; init; }
}
