using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Mcp.Tools;

/// <summary>
/// The active workflows whose trigger is meant for AI clients, each a tool: its arguments are the data of the run (by
/// <c>trigger.config.input_schema</c>, a JSON Schema), its answer is the output.
/// </summary>
internal sealed class WorkflowTools(ListWorkflows list, StartRun start, AwaitRun wait)
{
    /// <summary>The event that marks such a trigger.</summary>
    public const string Trigger = "ai-trigger";

    private const string Prefix = "workflow_";
    private const int LongestName = 60;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(RunWorkflow.LongestWait);

    /// <summary>The tools of a caller that may start runs, at most 100.</summary>
    public async Task<IReadOnlyList<Tool>> ListAsync(Caller caller, CancellationToken cancellationToken) =>
        [.. (await FoundAsync(caller, cancellationToken)).Select(w => new Tool
        {
            Name = NameOf(w.Workflow),
            Title = w.Workflow.Name,
            Description = w.Workflow.Description.Length > 0 ? w.Workflow.Description : $"Runs the workflow {w.Workflow.Name}.",
            InputSchema = SchemaOf(w.Definition.Trigger.Config),
            Annotations = new ToolAnnotations { Title = w.Workflow.Name, ReadOnlyHint = false, OpenWorldHint = true },
        })];

    /// <summary>Runs the workflow of a tool; null when there is none of the name.</summary>
    public async Task<CallToolResult?> CallAsync(Caller caller, string name, JsonElement arguments, CancellationToken cancellationToken)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var found = (await FoundAsync(caller, cancellationToken)).FirstOrDefault(w => NameOf(w.Workflow) == name);
        return found is null
            ? null
            : await RunWorkflow.StartAsync(start, wait, caller, found.Workflow.Id, arguments, LongestWait, cancellationToken);
    }

    /// <summary>The name of a workflow's tool: its slug, which never changes.</summary>
    public static string NameOf(WorkflowFacts workflow)
    {
        var name = new StringBuilder(Prefix);
        foreach (var c in workflow.Slug) name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        if (name.Length <= LongestName) return name.ToString();
        // cut where it is long, and told apart by the id
        var id = workflow.Id.ToString("N", CultureInfo.InvariantCulture)[^8..];
        return string.Concat(name.ToString().AsSpan(0, LongestName - 9), "_", id);
    }

    private async Task<IReadOnlyList<DefinedWorkflow>> FoundAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller.Refuse(StartRun.Needs) is not null) return [];
        var filter = new WorkflowFilter(Status: WorkflowStatus.Active, Take: ListWorkflows.MaxTake) { TriggerEvent = Trigger };
        return (await list.WithDefinitionsAsync(caller, filter, VersionChoice.Active, cancellationToken)).Value?.Items ?? [];
    }

    private static JsonElement SchemaOf(JsonElement config)
    {
        if (config.ValueKind == JsonValueKind.Object && config.TryGetProperty("input_schema", out var schema)
            && schema.ValueKind == JsonValueKind.Object && (!schema.TryGetProperty("type", out var type) || type.ValueEquals("object")))
        {
            var own = JsonNode.Parse(schema.GetRawText())!.AsObject();
            own["type"] = "object";
            return JsonElement.Parse(own.ToJsonString());
        }

        return JsonElement.Parse("""{"type":"object","description":"The data of the run."}""");
    }
}
