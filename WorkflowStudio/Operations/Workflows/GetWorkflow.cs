using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>One workflow with what its editor needs.</summary>
internal sealed class GetWorkflow(
    WorkflowStore store, WorkflowAccess access, AuditTrail audit, WorkflowValidator validator)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewWorkflows;

    /// <summary>The draft where there is one, else the active version.</summary>
    public async Task<Result<OpenWorkflow>> RunAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(Needs) is { } keyless) return keyless;
        if (await store.FindAsync(await access.SeenAsync(caller, cancellationToken), id, cancellationToken) is not { } row)
            return new OperationProblem.NotFound("workflow");
        var rights = await access.RightsAsync(caller, row, cancellationToken);
        if (!rights.Has(Needs)) return caller.LackingThere(Needs);
        await audit.NoteOpenedAsync(caller, row, cancellationToken);
        var json = row.DraftDefinition ?? (await store.VersionAsync(row.ActiveSerial!.Value, cancellationToken))!.Definition;
        var definition = StoredDefinitions.Definition(json);
        return new OpenWorkflow(WorkflowFacts.Of(row), definition, StoredDefinitions.Editor(row.EditorState), row.DraftRevision,
            validator.Validate(definition))
        { Rights = rights };
    }
}

/// <summary>A workflow as its editor shows it.</summary>
/// <param name="Workflow">Its names and status.</param>
/// <param name="Definition">The draft's definition, or the active version's.</param>
/// <param name="Editor">The layout.</param>
/// <param name="Revision">The draft's revision: a save names it.</param>
/// <param name="Problems">What the validator finds.</param>
internal sealed record OpenWorkflow(
    WorkflowFacts Workflow, WorkflowDefinition Definition, EditorState Editor, int Revision, IReadOnlyList<WorkflowProblem> Problems)
{
    /// <summary>What the caller may do with it; null where nobody asked.</summary>
    public Permissions? Rights { get; init; }
}
