using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Mcp.Tools;

/// <summary>Changes the draft of a workflow.</summary>
internal sealed class ChangeWorkflowTool(GetWorkflow get, SaveDraft save, RenameWorkflow rename) : McpTool
{
    public override string Name => "change_workflow";

    public override string Title => "Change a workflow";

    public override string Description =>
        "Puts the given parts of a workflow in the place of what they were (nodes and link_connections are lists: give them whole). The "
        + "change is a draft: what runs stays until publish_workflow. Problems are answered.";

    public override Permission Needs => Permission.ManageWorkflows;

    public override bool IsReadOnly => false;

    protected override JsonObject Arguments => new(
    [
        new("workflow", Text("The id, wf_….")),
        new("name", Text("A new name.")),
        new("description", Text("A new description.")),
        .. WorkflowArguments.Properties,
    ]);

    protected override IReadOnlyList<string> Required => ["workflow"];

    public override async Task<CallToolResult> CallAsync(Caller caller, McpArguments arguments, CancellationToken cancellationToken)
    {
        var id = arguments.Id("workflow");
        var (name, description) = (arguments.Text("name"), arguments.Text("description"));
        if (arguments.Refusal is { } refusal) return McpResults.Refused(refusal);
        var opened = await get.RunAsync(caller, id, cancellationToken);
        if (!opened.Ok) return McpResults.Refused(opened.Problem);
        var (workflow, definition, editor, revision, _) = opened.Value;
        var body = WorkflowArguments.Body(arguments, workflow.Name, WorkflowArguments.Written(definition));
        var read = WorkflowArguments.Read(body);
        if (!read.Ok) return McpResults.Refused(read.Problem);
        if (name is not null || description is not null)
        {
            var renamed = await rename.RunAsync(
                caller, id, name ?? workflow.Name, description ?? workflow.Description, cancellationToken);
            if (!renamed.Ok) return McpResults.Refused(renamed.Problem);
        }

        var changed = read.Value with { Extensions = definition.Extensions };
        var places = editor with
        { Nodes = [.. editor.Nodes.Where(n => changed.Node(n.Id) is not null || n.Id == WorkflowDefinition.TriggerId)] };
        var saved = await save.RunAsync(caller, id, new DraftWork(revision, changed, places), cancellationToken);
        return McpResults.Of(saved, draft => new JsonObject
        {
            ["workflow"] = ShownId.Workflow(id),
            ["has_unpublished_changes"] = draft.HasDraft,
            ["problems"] = McpResults.Problems(draft.Problems),
        });
    }
}
