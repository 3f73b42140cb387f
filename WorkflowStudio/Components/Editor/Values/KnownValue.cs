using System.Text.Json;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Editor.Session;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Operations.Editing;

namespace WorkflowStudio.Components.Editor.Values;

/// <summary>A value that an expression at some step may name.</summary>
/// <param name="Path">As it is written: <c>$node.ai_intake_1.summary</c>.</param>
/// <param name="Title">What it is.</param>
/// <param name="Kind">The kind of value, in a word.</param>
/// <param name="Icon">The Material Symbol of where it comes from.</param>
/// <param name="Sample">Its value in the last run; undefined when there is none.</param>
public sealed record KnownValue(string Path, string Title, string Kind, string Icon, JsonElement Sample);

/// <summary>Collects what expressions may name: the data that started the run, the outputs of the steps before, the surroundings.</summary>
internal static class KnownValues
{
    private const int MostFields = 40;

    /// <summary>The values for the settings of one step, those of the nearest step first.</summary>
    public static IReadOnlyList<KnownValue> Of(WorkflowDefinition definition, NodeCatalog catalog, string stepId, RunSample? sample)
    {
        var graph = new WorkflowGraph(definition, catalog);
        if (!graph.TryIndex(stepId, out var index)) return [];
        var type = catalog.Type(definition.Nodes[index].Type);
        var own = type?.Ambients.Select(a => new KnownValue(a.Name, a.Description, "text", "link", a.Value(definition.Nodes[index].Config)))
            ?? [];
        var upstream = graph.Upstream(index).ToHashSet();
        var nearest = graph.Order.Where(upstream.Contains).Reverse().Select(graph.Node).Where(n => !n.Disabled);
        return [.. own, .. Payload(definition.Trigger, sample), .. nearest.SelectMany(n => Outputs(n, catalog.Type(n.Type), sample)),
            .. Surroundings()];
    }

    private static IEnumerable<KnownValue> Payload(WorkflowTrigger trigger, RunSample? sample)
    {
        yield return new KnownValue("$initialPayload", "Everything the run started with", "data", "bolt", sample?.Payload ?? default);
        var known = sample?.Payload ?? SamplePayload.Of(trigger); // before the first run: what usually comes
        if (known.ValueKind != JsonValueKind.Object) yield break;
        foreach (var field in known.EnumerateObject().Take(MostFields))
            yield return new KnownValue(JsonPlace.Property("$initialPayload", field.Name), "What the run started with", KindOf(field.Value),
                "bolt", sample is null ? default : field.Value);
    }

    private static IEnumerable<KnownValue> Outputs(WorkflowNode node, NodeType? type, RunSample? sample)
    {
        var output = sample?.OutputOf(node.Id) ?? default;
        var root = JsonPlace.Property("$node", node.Id);
        var (icon, name) = (type?.Icon ?? "help", node.Name.Length > 0 ? node.Name : type?.Title ?? node.Id);
        if (type is { Output.Fields: [_, ..] fields })
            return fields.Take(MostFields).Select(f => new KnownValue(
                JsonPlace.Property(root, f.Name), $"{f.Title}, from {name}", KindOf(f.Kind), icon, JsonEdit.Get(output, f.Name)));
        // a step whose output depends on its settings: what the last run gave, else the names it sets
        var free = output.ValueKind == JsonValueKind.Object ? output : JsonEdit.Get(node.Config, "values");
        return free.ValueKind == JsonValueKind.Object
            ? free.EnumerateObject().Take(MostFields).Select(
                p => new KnownValue(JsonPlace.Property(root, p.Name), $"From {name}", KindOf(p.Value), icon, JsonEdit.Get(output, p.Name)))
            : [];
    }

    private static IEnumerable<KnownValue> Surroundings() =>
    [
        new($"{AmbientNames.Workspace}.name", "The name of the practice", "text", "business", default),
        new($"{AmbientNames.Workflow}.name", "The name of this workflow", "text", "account_tree", default),
        new(AmbientNames.Now, "The time at which the step runs", "date", "schedule", default),
        new($"{AmbientNames.Run}.id", "The id of the run", "text", "play_circle", default),
        new($"{AmbientNames.Run}.started_at", "When the run started", "date", "schedule", default),
    ];

    private static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "yes or no",
        JsonValueKind.Array => "list",
        JsonValueKind.Object => "data",
        _ => "text",
    };

    private static string KindOf(FieldKind kind) => kind switch
    {
        FieldKind.Integer or FieldKind.Number => "number",
        FieldKind.Boolean => "yes or no",
        FieldKind.DateTime => "date",
        FieldKind.List => "list",
        FieldKind.Text => "text",
        _ => "data",
    };
}
