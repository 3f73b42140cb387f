using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>
/// What the model has no place for (<see cref="KeptFields"/>): nothing that runs looks there, and the studio gives it back as it is. What
/// the model says itself is not in it, so it can never contradict a change in the studio.
/// </summary>
/// <param name="Steps">By the id of the node: what was sent and the model says otherwise (<see cref="BlockKept"/>).</param>
/// <param name="Tree">How the steps were nested, where the links alone do not say it (<see cref="BlockTreeJson"/>).</param>
internal sealed record BlocksExtension(JsonObject Steps, JsonObject? Tree)
{
    /// <summary>In what is kept of a step: whether it was an Action or a Block, where its type says otherwise.</summary>
    public const string Kind = "kind";

    /// <summary>In what is kept of a step: what was sent instead of a step.</summary>
    public const string Raw = "raw";

    /// <summary>In what is kept of a step: its fields that were sent otherwise.</summary>
    public const string Fields = "fields";

    /// <summary>In what is kept of a step: its branches that were left out, or were no lists.</summary>
    public const string Branches = "branches";

    private const string StepsField = "steps";
    private const string TreeField = "tree";

    /// <summary>What a definition keeps; empty when it keeps nothing or something else.</summary>
    public static BlocksExtension Of(WorkflowDefinition definition)
    {
        var kept = All(definition);
        var tree = kept.Field(TreeField);
        return new BlocksExtension(kept.Field(StepsField).Copy(), tree.ValueKind == JsonValueKind.Object ? tree.Copy() : null);
    }

    /// <summary>One more value that is kept, or undefined.</summary>
    public static JsonElement Get(WorkflowDefinition definition, string field) => All(definition).Field(field);

    /// <summary>Whether a step was sent as a block or as an action; null when its type says it.</summary>
    public static bool? WasBlock(JsonObject steps, WorkflowNode node) => Text(steps[node.Id] as JsonObject, Kind) switch
    {
        "Block" => true,
        "Action" => false,
        _ => null,
    };

    /// <summary>The definition with these steps, and with what is kept of them instead of what was.</summary>
    public static WorkflowDefinition With(WorkflowDefinition definition, ReadBlocks read) => Set(
        Set(definition with { Nodes = read.Nodes, Links = read.Links }, StepsField, read.Kept.Steps.Count > 0 ? read.Kept.Steps : null),
        TreeField, read.Kept.Tree);

    /// <summary>The definition with a value kept, or without it.</summary>
    public static WorkflowDefinition Set(WorkflowDefinition definition, string field, JsonNode? value)
    {
        var kept = All(definition).Copy();
        if (value is null) kept.Remove(field);
        else kept[field] = value.DeepClone();
        return KeptFields.With(definition, BlocksDialect.Instance.Name, kept.ToElement());
    }

    /// <summary>What is kept of the id of a step: what was sent as such, or null.</summary>
    public static JsonNode? SentId(JsonObject steps, string id) => BlockKept.SentIn((steps[id] as JsonObject)?[Fields] as JsonObject, "id");

    private static JsonElement All(WorkflowDefinition definition) => KeptFields.Of(definition, BlocksDialect.Instance.Name);

    private static string? Text(JsonObject? notes, string field) =>
        notes?[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
