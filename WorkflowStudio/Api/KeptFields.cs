using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api;

/// <summary>
/// What a dialect keeps of a workflow because the model has no place for it, so that it comes back as it was sent, also after the workflow
/// was saved in the studio. What belongs to a version lies in the definition's extensions, what belongs to the workflow beside them; each
/// dialect has a member of its own, which no other dialect shows.
/// </summary>
internal static class KeptFields
{
    /// <summary>The member of a definition's extensions in which dialects keep theirs.</summary>
    public const string Member = "$dialects";

    private const string StepsMember = "steps";

    /// <summary>What a dialect keeps in a definition: an object, or undefined.</summary>
    public static JsonElement Of(WorkflowDefinition definition, string dialect) => At(At(definition.Extensions, Member), dialect);

    /// <summary>The definition in which a dialect keeps this object; undefined for nothing.</summary>
    public static WorkflowDefinition With(WorkflowDefinition definition, string dialect, JsonElement kept)
    {
        var extensions = Object(definition.Extensions);
        var all = Object(At(definition.Extensions, Member));
        Set(all, dialect, kept);
        extensions.Remove(Member);
        if (all.Count > 0) extensions[Member] = all;
        return definition with { Extensions = extensions.Count == 0 ? default : JsonElement.Parse(extensions.ToJsonString()) };
    }

    /// <summary>A definition that a client sent whole, with what the dialects keep of the present one.</summary>
    public static WorkflowDefinition CarriedOver(WorkflowDefinition present, WorkflowDefinition sent)
    {
        var kept = At(present.Extensions, Member);
        var extensions = Object(sent.Extensions);
        extensions.Remove(Member);
        if (kept.ValueKind == JsonValueKind.Object) extensions[Member] = JsonNode.Parse(kept.GetRawText());
        return sent with { Extensions = extensions.Count == 0 ? default : JsonElement.Parse(extensions.ToJsonString()) };
    }

    /// <summary>What a dialect keeps beside the definition: an object, or undefined.</summary>
    public static JsonElement Of(WorkflowFacts workflow, string dialect) => At(JsonElement.Parse(workflow.Fields), dialect);

    /// <summary><see cref="WorkflowFacts.Fields"/> in which a dialect keeps this object.</summary>
    public static string With(string fields, string dialect, JsonElement kept)
    {
        var all = Object(JsonElement.Parse(fields));
        Set(all, dialect, kept);
        return all.ToJsonString();
    }

    /// <summary>
    /// Keeps the steps of a body as they were sent, each under the id of the node that it became.
    /// </summary>
    public static WorkflowDefinition WithSteps(
        WorkflowDefinition definition, string dialect, IEnumerable<(string NodeId, JsonElement Sent)> steps)
    {
        var kept = Object(Of(definition, dialect));
        var all = new JsonObject();
        foreach (var (id, sent) in steps) all[id] = JsonNode.Parse(sent.GetRawText());
        kept[StepsMember] = all;
        return With(definition, dialect, JsonElement.Parse(kept.ToJsonString()));
    }

    /// <summary>
    /// A node as a step of a dialect: as it was sent, as long as that still stands for the node; else as the dialect writes it.
    /// </summary>
    /// <param name="definition">The definition.</param>
    /// <param name="dialect">The dialect.</param>
    /// <param name="node">The node.</param>
    /// <param name="read">The node that a step stands for, with the id of <paramref name="node"/>.</param>
    /// <param name="write">Writes a node as a step.</param>
    public static JsonElement Step(WorkflowDefinition definition, string dialect, WorkflowNode node,
        Func<JsonElement, WorkflowNode> read, Func<WorkflowNode, JsonElement> write)
    {
        var sent = At(At(Of(definition, dialect), StepsMember), node.Id);
        return sent.ValueKind == JsonValueKind.Object && AreSame(read(sent), node) ? sent : write(node);
    }

    /// <summary>The steps that a dialect keeps as they were sent, by the id of the node that each became.</summary>
    public static IEnumerable<JsonProperty> Steps(WorkflowDefinition definition, string dialect) =>
        At(Of(definition, dialect), StepsMember) is { ValueKind: JsonValueKind.Object } steps
            ? steps.EnumerateObject().Where(s => s.Value.ValueKind == JsonValueKind.Object)
            : [];

    /// <summary>Whether two nodes say the same.</summary>
    public static bool AreSame(WorkflowNode one, WorkflowNode other) => Text(one) == Text(other);

    private static string Text(WorkflowNode node) => StoredDefinitions.Text(WorkflowDefinition.Empty with { Nodes = [node] });

    private static JsonElement At(JsonElement of, string member) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(member, out var value) ? value : default;

    private static JsonObject Object(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? JsonNode.Parse(value.GetRawText())!.AsObject() : [];

    private static void Set(JsonObject all, string dialect, JsonElement kept)
    {
        all.Remove(dialect);
        if (kept.ValueKind == JsonValueKind.Object && kept.EnumerateObject().Any()) all[dialect] = JsonNode.Parse(kept.GetRawText());
    }
}
