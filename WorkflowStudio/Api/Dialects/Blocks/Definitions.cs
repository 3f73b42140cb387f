using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>What workflows can be made of, and whether some blocks would run.</summary>
internal sealed class BlocksDefinitions(CheckWorkflow check, NodeCatalog types) : IDialectEndpoints
{
    private readonly Lazy<ApiAnswer> all = new(() => All(types));

    public IDialect Dialect => BlocksDialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Get("/definitions", CheckWorkflow.Needs, _ => Task.FromResult(all.Value));
        routes.Post("/validate", CheckWorkflow.Needs, call => call.WithObjectAsync(
            body => Task.FromResult(Check(call, body)), levels: BlocksNodes.MaxDepth));
    }

    private ApiAnswer Check(ApiCall call, JsonElement body)
    {
        var fields = new BodyReader(body);
        foreach (var field in new[] { "trigger_type", "workflow_blocks" }.Where(f => !fields.Has(f))) fields.Missing(field);
        if (fields.Has("trigger_type") && (fields.Text("trigger_type") is not { } type || !BlocksTranslator.IsType(type)))
            fields.Wrong("trigger_type", BlocksTranslator.WrongType);
        if (fields.Has("workflow_blocks") && fields.Field("workflow_blocks").ValueKind != JsonValueKind.Array)
            fields.Wrong("workflow_blocks", BlocksTranslator.WrongBlocks);
        if (fields.Refusal is { } refusal) return BlocksProblems.Of(refusal);
        var blocks = body.GetProperty("workflow_blocks");
        var read = BlocksReader.Read(blocks, types);
        // how the trigger is set is not part of this question, so only the steps are asked for
        var definition = BlocksExtension.With(WorkflowDefinition.Empty, read);
        var found = check.Run(call.Caller, definition);
        if (!found.Ok) return BlocksProblems.Of(found.Problem);
        WorkflowProblem[] errors = [.. found.Value.Where(p => p.Severity == ProblemSeverity.Error)];
        return BlocksAnswers.Checked(BlocksTranslator.Issues(read, errors), BlocksTranslator.ActionTypes(blocks));
    }

    private static ApiAnswer All(NodeCatalog types)
    {
        var actions = types.Types.Where(t => BlockTypes.BlockOf(t.Type) is null).Concat(UnbuiltSteps.All)
            .OrderBy(t => t.Type, StringComparer.Ordinal);
        return BlocksAnswers.Plain(StatusCodes.Status200OK, new JsonObject
        {
            ["trigger_types"] = new JsonArray([.. BlocksTriggers.Types.Select(t => Trigger(t, types))]),
            ["action_types"] = new JsonArray([.. actions.Select(t => new JsonObject
            {
                ["type"] = t.Type, ["title"] = t.Title, ["description"] = t.Description, ["available"] = !UnbuiltSteps.Contains(t),
                ["input_schema"] = JsonSchemas.Of(t.Settings),
            })]),
            ["block_types"] = new JsonArray([.. BlockTypes.All.Select(b => Block(b.Block, types.Type(b.Node)!))]),
        });
    }

    private static JsonObject Trigger(string name, NodeCatalog types)
    {
        var trigger = BlocksTriggers.Of(name)!;
        var type = types.Trigger(trigger.Type)!;
        var told = new JsonObject
        { ["type"] = name, ["title"] = type.Title, ["description"] = type.Description, ["input_schema"] = JsonSchemas.Of(type.Settings) };
        if (trigger.Type == "event") told["event"] = trigger.Event;
        return told;
    }

    private static JsonObject Block(string block, NodeType type) => new()
    {
        ["type"] = block,
        ["title"] = type.Title,
        ["description"] = type.Description,
        ["branches"] = new JsonArray([.. Branches(block).Select(b => JsonValue.Create(b))]),
        ["input_schema"] = BlockSchemas.Of(block, type),
    };

    private static string[] Branches(string block) => block switch
    {
        "if-else" => ["then", "else"],
        "switch" => ["default"],
        "for-each" => ["body"],
        _ => [],
    };
}
