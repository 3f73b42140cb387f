using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Api.Dialects.Graph;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Mcp.Tools;

/// <summary>Workflows as tools take and tell them: in the words of the graph dialect, which are the model's own.</summary>
internal static class WorkflowArguments
{
    private static readonly string[] Parts = ["trigger", "nodes", "link_connections", "settings"];

    /// <summary>The parts of a definition.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Properties =>
    [
        new("trigger", Described("object", "How runs start: {\"type\":\"manual\"|\"webhook\"|\"event\"|\"schedule\", \"event\"?, "
            + "\"config\"?, \"constraints\"?}. A schedule has config.cron and config.timezone.")),
        new("nodes", Described("array", "The steps: [{\"id\",\"type\",\"name\"?,\"config\"?,\"on_error\"?,\"retry\"?}]. "
            + "read_step_type tells what config a type takes.")),
        new("link_connections", Described("array", "What follows what: [{\"from\":\"trigger\" or a node id, \"from_port\"?, \"to\"}]. "
            + "Ports are told by read_step_type; the first is taken when none is named.")),
        new("settings", Described("object", "Settings of the whole workflow: timezone, timeout, concurrency, variables. Often left out.")),
    ];

    /// <summary>The body in graph's words that the arguments stand for, with what is missing taken from elsewhere.</summary>
    public static JsonElement Body(McpArguments arguments, string name, JsonElement definition)
    {
        var body = new JsonObject { ["name"] = name, ["status"] = "draft" };
        foreach (var part in Parts)
            if (arguments.Has(part)) body[part] = Node(arguments.Field(part));
            else if (definition.ValueKind == JsonValueKind.Object && definition.TryGetProperty(part, out var kept)) body[part] = Node(kept);
        body["trigger"] ??= new JsonObject { ["type"] = "manual" };
        body["nodes"] ??= new JsonArray();
        body["link_connections"] ??= new JsonArray();
        return JsonElement.Parse(body.ToJsonString());
    }

    /// <summary>Reads a definition, or says which of its parts cannot be read.</summary>
    public static Result<WorkflowDefinition> Read(JsonElement body)
    {
        var read = GraphTranslator.TryRead(body, out var workflow, out var problems);
        // a draft may be without steps
        var left = problems.Where(p => p.Code != WorkflowProblemCodes.NoSteps).ToList();
        return read || left.Count == 0
            ? workflow.Definition
            : new OperationProblem.Invalid("The workflow cannot be read as it is.", left);
    }

    /// <summary>A definition in graph's words.</summary>
    public static JsonElement Written(WorkflowDefinition definition) => JsonElement.Parse(WorkflowJson.Write(definition));

    /// <summary>What is told of a workflow in every result.</summary>
    public static JsonObject Facts(WorkflowFacts workflow) => new()
    {
        ["workflow"] = ShownId.Workflow(workflow.Id),
        ["name"] = workflow.Name,
        ["description"] = workflow.Description,
        ["status"] = workflow.Status switch { WorkflowStatus.Active => "active", WorkflowStatus.Paused => "paused", _ => "draft" },
        ["trigger_type"] = workflow.TriggerType,
        ["version"] = workflow.Version,
        ["has_unpublished_changes"] = workflow.HasDraft,
    };

    private static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText());

    private static JsonObject Described(string type, string description) => new() { ["type"] = type, ["description"] = description };
}
