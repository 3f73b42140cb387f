using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>Between the fields of a workflow on the wire and its definition.</summary>
internal static class BlocksTranslator
{
    public const string WrongBlocks = "The field workflow_blocks has to be a list of steps and blocks.";

    private const string EditorField = "workflow_editor_state";

    public static string WrongType { get; } = $"The trigger_type has to be one of {string.Join(", ", BlocksTriggers.Types)}.";

    /// <summary>A body without the fields that are null: what has to be there is told as missing.</summary>
    public static JsonElement Given(JsonElement body)
    {
        var given = new JsonObject();
        foreach (var field in body.EnumerateObject().Where(f => f.Value.ValueKind != JsonValueKind.Null))
            given[field.Name] = field.Value.ToNode();
        return given.ToElement();
    }

    /// <summary>The settings of the whole, as the model writes them.</summary>
    public static JsonNode? Settings(WorkflowDefinition definition) =>
        JsonElement.Parse(WorkflowJson.Write(WorkflowDefinition.Empty with { Settings = definition.Settings })).Field("settings").ToNode();

    /// <summary>
    /// The definition after the fields of a body: those that the body does not have stay. Every problem of form at once; the trigger's type
    /// must be one of <see cref="BlocksTriggers.Types"/>, or what it is already.
    /// </summary>
    public static WorkflowDefinition Apply(
        WorkflowDefinition definition, JsonElement body, IStepTypes types, out IReadOnlyList<WorkflowProblem> problems)
    {
        var wrong = new List<WorkflowProblem>();
        problems = wrong;
        var (configuration, changed) = (BlocksTriggers.Configuration(definition).ToElement(), definition);
        if (body.TryGetProperty("trigger_type", out var type))
        {
            if (type.ValueKind == JsonValueKind.String && IsType(type.GetString()!, definition))
                changed = BlocksTriggers.WithType(changed, type.GetString()!);
            else wrong.Add(Problem("trigger_type", WrongType));
        }

        changed = BlocksTriggers.WithConfiguration(
            changed, body.TryGetProperty("trigger_configuration", out var sent) ? sent : configuration);
        if (body.TryGetProperty("trigger_constraints", out var constraints)) changed = BlocksTriggers.WithConstraints(changed, constraints);
        if (body.TryGetProperty("workflow_blocks", out var blocks)) changed = Blocks(changed, blocks, types, wrong);
        foreach (var field in body.EnumerateObject().Where(f => f.Name != "workflow_blocks" && BlocksNodes.IsTooDeep(f.Value)))
            wrong.Add(Problem(field.Name, $"The field {field.Name} is nested more than {BlocksNodes.MaxValueDepth} levels deep."));
        if (wrong.Count > 0) return definition;
        if (body.TryGetProperty(EditorField, out var editor)) changed = BlocksExtension.Set(changed, EditorField, editor.ToNode());
        if (body.TryGetProperty("settings", out var settings)) changed = WithSettings(changed, settings, wrong);
        return wrong.Count == 0 ? changed : definition;
    }

    /// <summary>The issues of blocks, as the client calls its steps.</summary>
    /// <param name="read">The blocks.</param>
    /// <param name="problems">What is wrong with the definition that they became.</param>
    public static IReadOnlyList<BlockIssue> Issues(ReadBlocks read, IEnumerable<WorkflowProblem> problems) => read.Refusal is { } refusal
        ? [new BlockIssue(null, refusal)]
        : [.. read.Issues, .. problems.Where(p => !IsTold(p, read)).Select(p => new BlockIssue(Sent(p, read), p.Message))];

    /// <summary>The types of the actions in blocks, each once, as they first stand there.</summary>
    public static IReadOnlyList<string> ActionTypes(JsonElement blocks) => [.. Actions(blocks).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether a trigger can be called so: one of those that there are, or what it is called now.</summary>
    public static bool IsType(string type, WorkflowDefinition? now = null) =>
        BlocksTriggers.Types.Contains(type) || (now is not null && BlocksTriggers.TypeOf(now.Trigger) == type);

    private static WorkflowDefinition Blocks(
        WorkflowDefinition definition, JsonElement blocks, IStepTypes types, List<WorkflowProblem> wrong)
    {
        if (blocks.ValueKind == JsonValueKind.Null) return definition; // how a workflow that does not nest is shown
        if (blocks.ValueKind != JsonValueKind.Array)
        {
            wrong.Add(Problem("workflow_blocks", WrongBlocks));
            return definition;
        }

        var read = BlocksReader.Read(blocks, types);
        if (read.Refusal is null) return BlocksExtension.With(definition, read);
        wrong.Add(Problem("workflow_blocks", read.Refusal));
        return definition;
    }

    private static WorkflowDefinition WithSettings(WorkflowDefinition definition, JsonElement settings, List<WorkflowProblem> wrong)
    {
        var json = new JsonObject { ["trigger"] = new JsonObject { ["type"] = "manual" }, ["settings"] = settings.ToNode() };
        if (WorkflowJson.TryRead(json.ToElement(), out WorkflowDefinition read, out var problems))
            return definition with { Settings = read.Settings };
        wrong.AddRange(problems);
        return definition;
    }

    // what the reader has said of a step need not be said of the node that it made of it
    private static bool IsTold(WorkflowProblem problem, ReadBlocks read) => problem.NodeId is { } id
        && ((read.Kept.Steps[id] as JsonObject)?.ContainsKey(BlocksExtension.Raw) == true
            || (problem.Code is WorkflowProblemCodes.InvalidNodeId && BlocksExtension.SentId(read.Kept.Steps, id) is not null));

    private static string? Sent(WorkflowProblem problem, ReadBlocks read) => problem.NodeId is not { } id
        ? problem.Path.StartsWith("trigger", StringComparison.Ordinal) ? "trigger" : null
        : BlocksExtension.SentId(read.Kept.Steps, id)?.ToString() ?? id;

    private static IEnumerable<string> Actions(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Step),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(b => Actions(b.Value)),
        _ => [],
    };

    private static IEnumerable<string> Step(JsonElement step) =>
        (step.Text("$kind") == "Action" && step.Text("type") is { Length: > 0 } type ? [type] : Enumerable.Empty<string>())
            .Concat(Actions(step.Field("branches"))).Concat(Groups(step.Field("groups")));

    private static IEnumerable<string> Groups(JsonElement groups) => groups.ValueKind != JsonValueKind.Array ? []
        : groups.EnumerateArray().SelectMany(
            g => Actions(g.Field("branches")).Concat(Groups(g.Field("groups"))).Concat(Actions(g.Field("then"))));

    private static WorkflowProblem Problem(string path, string message) => WorkflowProblem.Error("wrong_field", path, null, message);
}
