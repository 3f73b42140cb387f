using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using WorkflowStudio.Api;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Mcp.Tools;

/// <summary>The step types there are.</summary>
internal sealed class ListStepTypes(NodeCatalog catalog) : McpTool
{
    public override string Name => "list_step_types";

    public override string Title => "List step types";

    public override string Description => "The step types and the triggers that a workflow can be made of, with a line each.";

    public override Permission Needs => Permission.ViewWorkflows;

    protected override JsonObject Arguments => [];

    public override Task<CallToolResult> CallAsync(Caller caller, McpArguments arguments, CancellationToken cancellationToken) =>
        Task.FromResult(McpResults.Ok(new JsonObject
        {
            ["step_types"] = new JsonArray([.. catalog.Types.Select(t => new JsonObject
            {
                ["type"] = t.Type,
                ["title"] = t.Title,
                ["group"] = t.Group.ToString().ToLowerInvariant(),
                ["does"] = t.Description,
            })]),
            ["triggers"] = new JsonArray([.. catalog.Triggers.Select(t => new JsonObject
            { ["type"] = t.Type, ["title"] = t.Title, ["does"] = t.Description })]),
        }));
}

/// <summary>One step type: settings, ports, output.</summary>
internal sealed class ReadStepType(NodeCatalog catalog) : McpTool
{
    public override string Name => "read_step_type";

    public override string Title => "Read a step type";

    public override string Description =>
        "The config that nodes of a type take (as JSON Schema, with an example), their ports, and the fields of their output, which later "
        + "nodes read as {{ $node.<id>.<field> }}.";

    public override Permission Needs => Permission.ViewWorkflows;

    protected override JsonObject Arguments => new() { ["type"] = Text("The type, such as set or appointment_booking.") };

    protected override IReadOnlyList<string> Required => ["type"];

    public override Task<CallToolResult> CallAsync(Caller caller, McpArguments arguments, CancellationToken cancellationToken)
    {
        var name = arguments.NeededText("type");
        var type = catalog.Type(name);
        if (arguments.Problems.Count == 0 && type is null)
            arguments.Wrong("type", $"There is no step type {name}.{NearestName.Hint(name, catalog.KnownTypes)}");
        return Task.FromResult(arguments.Refusal is { } refusal ? McpResults.Refused(refusal) : McpResults.Ok(Told(type!)));
    }

    private static JsonObject Told(NodeType type) => new()
    {
        ["type"] = type.Type,
        ["title"] = type.Title,
        ["does"] = type.Description,
        ["config"] = JsonSchemas.Of(type.Settings),
        ["example_config"] = JsonNode.Parse(type.Example),
        ["ports"] = new JsonArray([.. type.Outputs.Select(p => (JsonNode)p.Id)]),
        ["output"] = JsonSchemas.Of(type.Output),
        ["can_run"] = !UnbuiltSteps.Contains(type),
    };
}
