using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using WorkflowStudio.Api.Dialects.Graph;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Mcp.Tools;

/// <summary>Lists workflows.</summary>
internal sealed class FindWorkflows(ListWorkflows list) : McpTool
{
    private const int Usual = 20;

    public override string Name => "find_workflows";

    public override string Title => "Find workflows";

    public override string Description =>
        "Lists the workflows of the practice, the last changed first. read_workflow tells the steps of one.";

    public override Permission Needs => ListWorkflows.Needs;

    protected override JsonObject Arguments => new()
    {
        ["search"] = Text("A part of the name or of the description."),
        ["status"] = Word("Only those that stand so.", "active", "paused", "draft"),
        ["page"] = Number("The page, from 1.", 1, 100_000),
        ["limit"] = Number("How many on a page; 20 when left out.", 1, ListWorkflows.MaxTake),
    };

    public override async Task<CallToolResult> CallAsync(Caller caller, McpArguments arguments, CancellationToken cancellationToken)
    {
        var (page, limit) = (arguments.Number("page", 1, 1, 100_000), arguments.Number("limit", Usual, 1, ListWorkflows.MaxTake));
        var status = GraphTranslator.StatusOf(arguments.Text("status"));
        if (arguments.Has("status") && status is null) arguments.Wrong("status", "The status has to be active, paused or draft.");
        if (arguments.Refusal is { } refusal) return McpResults.Refused(refusal);
        var filter = new WorkflowFilter(arguments.Text("search"), status, null, (page - 1) * limit, limit);
        var listed = await list.WithDefinitionsAsync(caller, filter, VersionChoice.Active, cancellationToken);
        return McpResults.Of(listed, found => new JsonObject
        {
            ["workflows"] = new JsonArray([.. found.Items.Select(w => WorkflowArguments.Facts(w.Workflow))]),
            ["total"] = found.Total,
        });
    }
}
