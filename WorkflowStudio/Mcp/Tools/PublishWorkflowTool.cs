using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Mcp.Tools;

/// <summary>Lets the draft of a workflow run.</summary>
internal sealed class PublishWorkflowTool(GetWorkflow get, PublishWorkflow publish) : McpTool
{
    public override string Name => "publish_workflow";

    public override string Title => "Publish a workflow";

    public override string Description =>
        "Makes the draft of a workflow the version that runs, and turns a new workflow on. Errors refuse it and are answered with their "
        + "fixes.";

    public override Permission Needs => Permission.ManageWorkflows;

    public override bool IsReadOnly => false;

    protected override JsonObject Arguments => new()
    {
        ["workflow"] = Text("The id, wf_…."),
        ["note"] = Text("What was changed, for the history."),
    };

    protected override IReadOnlyList<string> Required => ["workflow"];

    public override async Task<CallToolResult> CallAsync(Caller caller, McpArguments arguments, CancellationToken cancellationToken)
    {
        var (id, note) = (arguments.Id("workflow"), arguments.Text("note") ?? "");
        if (arguments.Refusal is { } refusal) return McpResults.Refused(refusal);
        var opened = await get.RunAsync(caller, id, cancellationToken);
        if (!opened.Ok) return McpResults.Refused(opened.Problem);
        return McpResults.Of(await publish.RunAsync(caller, id, opened.Value.Revision, note, cancellationToken), done => new JsonObject
        {
            ["workflow"] = ShownId.Workflow(id),
            ["version"] = done.Version,
            ["status"] = done.Status == WorkflowStatus.Active ? "active" : "paused",
        });
    }
}
