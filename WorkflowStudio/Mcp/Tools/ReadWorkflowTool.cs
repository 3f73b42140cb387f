using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using System.Text.Json;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Mcp.Tools;

/// <summary>Reads one workflow, its draft where there is one.</summary>
internal sealed class ReadWorkflowTool(GetWorkflow get) : McpTool
{
    public override string Name => "read_workflow";

    public override string Title => "Read a workflow";

    public override string Description =>
        "Tells trigger, nodes and links of a workflow (of its unpublished changes, where there are some), and what is wrong with them.";

    public override Permission Needs => Permission.ViewWorkflows;

    protected override JsonObject Arguments => new() { ["workflow"] = Text("The id, wf_….") };

    protected override IReadOnlyList<string> Required => ["workflow"];

    public override async Task<CallToolResult> CallAsync(Caller caller, McpArguments arguments, CancellationToken cancellationToken)
    {
        var id = arguments.Id("workflow");
        if (arguments.Refusal is { } refusal) return McpResults.Refused(refusal);
        return McpResults.Of(await get.RunAsync(caller, id, cancellationToken), open =>
        {
            var told = WorkflowArguments.Facts(open.Workflow);
            told["definition"] = JsonNode.Parse(WorkflowArguments.Written(open.Definition).GetRawText());
            told["problems"] = McpResults.Problems(open.Problems);
            return told;
        });
    }
}
