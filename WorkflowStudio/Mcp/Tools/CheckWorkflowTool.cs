using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Mcp.Tools;

/// <summary>Checks a definition without storing it.</summary>
internal sealed class CheckWorkflowTool(CheckWorkflow check) : McpTool
{
    public override string Name => "check_workflow";

    public override string Title => "Check a workflow";

    public override string Description =>
        "Says everything that is wrong with a workflow before it is made: place, reason and, where it is known, the fix. "
        + "Nothing is stored.";

    public override Permission Needs => CheckWorkflow.Needs;

    protected override JsonObject Arguments => new(WorkflowArguments.Properties);

    protected override IReadOnlyList<string> Required => ["trigger", "nodes", "link_connections"];

    public override Task<CallToolResult> CallAsync(Caller caller, McpArguments arguments, CancellationToken cancellationToken)
    {
        var read = WorkflowArguments.Read(WorkflowArguments.Body(arguments, "Checked", default));
        return Task.FromResult(!read.Ok ? McpResults.Refused(read.Problem) : McpResults.Of(check.Run(caller, read.Value), problems =>
            new JsonObject
            {
                ["can_be_published"] = problems.All(p => p.Severity != Engine.Model.ProblemSeverity.Error),
                ["problems"] = McpResults.Problems(problems),
            }));
    }
}
