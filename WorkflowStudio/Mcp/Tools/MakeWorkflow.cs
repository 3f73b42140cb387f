using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Mcp.Tools;

/// <summary>Makes a workflow, as a draft.</summary>
internal sealed class MakeWorkflow(CreateWorkflow create, CheckWorkflow check) : McpTool
{
    /// <summary>The origin of workflows that were made through this door.</summary>
    public const string Origin = "mcp";

    public override string Name => "make_workflow";

    public override string Title => "Make a workflow";

    public override string Description =>
        "Stores a new workflow as a draft, with problems if it has some; they are answered. publish_workflow lets it run.";

    public override Permission Needs => CreateWorkflow.Needs;

    public override bool IsReadOnly => false;

    protected override JsonObject Arguments => new(
    [
        new("name", Text("What people call it, 1 to 120 characters.")),
        new("description", Text("What it is for.")),
        .. WorkflowArguments.Properties,
    ]);

    protected override IReadOnlyList<string> Required => ["name", "trigger", "nodes", "link_connections"];

    public override async Task<CallToolResult> CallAsync(Caller caller, McpArguments arguments, CancellationToken cancellationToken)
    {
        var (name, description) = (arguments.NeededText("name"), arguments.Text("description") ?? "");
        if (arguments.Refusal is { } refusal) return McpResults.Refused(refusal);
        var read = WorkflowArguments.Read(WorkflowArguments.Body(arguments, name, default));
        if (!read.Ok) return McpResults.Refused(read.Problem);
        var made = await create.RunAsync(caller,
            new NewWorkflow(name, description, WorkflowStatus.Draft, read.Value, EditorState.None, Origin), null, cancellationToken);
        return McpResults.Of(made, created =>
        {
            var told = WorkflowArguments.Facts(created.Workflow);
            told["problems"] = McpResults.Problems(check.Run(caller, read.Value).Value ?? []);
            return told;
        });
    }
}
