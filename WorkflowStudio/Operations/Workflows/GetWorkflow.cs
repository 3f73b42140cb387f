using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Workflows;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>One workflow with what its editor needs.</summary>
internal sealed class GetWorkflow(WorkflowStore store, WorkflowValidator validator)
{
    /// <summary>The draft where there is one, else the active version.</summary>
    public async Task<Result<OpenWorkflow>> RunAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Permission.ViewWorkflows) is { } refused) return refused;
        if (await store.FindAsync(caller.Tenant, id, cancellationToken) is not { } row) return new OperationProblem.NotFound("workflow");
        var json = row.DraftDefinition ?? (await store.VersionAsync(row.ActiveSerial!.Value, cancellationToken))!.Definition;
        var definition = StoredDefinitions.Definition(json);
        return new OpenWorkflow(WorkflowFacts.Of(row), definition, StoredDefinitions.Editor(row.EditorState), row.DraftRevision,
            validator.Validate(definition));
    }
}

/// <summary>A workflow as its editor shows it.</summary>
/// <param name="Workflow">Its names and status.</param>
/// <param name="Definition">The draft's definition, or the active version's.</param>
/// <param name="Editor">The layout.</param>
/// <param name="Revision">The draft's revision: a save names it.</param>
/// <param name="Problems">What the validator finds.</param>
internal sealed record OpenWorkflow(
    WorkflowFacts Workflow, WorkflowDefinition Definition, EditorState Editor, int Revision, IReadOnlyList<WorkflowProblem> Problems);
