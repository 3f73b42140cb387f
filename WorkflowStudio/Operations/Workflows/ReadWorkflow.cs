using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>Reads one workflow for a dialect.</summary>
internal sealed class ReadWorkflow(WorkflowStore store, WorkflowAccess access, AuditTrail audit)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewWorkflows;

    /// <summary>The workflow with the definition of a version, or of its draft before the first.</summary>
    public async Task<Result<DefinedWorkflow>> RunAsync(
        Caller caller, Guid id, VersionChoice choice = VersionChoice.Active, CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(Needs) is { } keyless) return keyless;
        if (await store.FindAsync(await access.SeenAsync(caller, cancellationToken), id, cancellationToken) is not { } row)
            return new OperationProblem.NotFound("workflow");
        if (!(await access.RightsAsync(caller, row, cancellationToken)).Has(Needs)) return caller.LackingThere(Needs);
        await audit.NoteOpenedAsync(caller, row, cancellationToken);
        return (await DefinedWorkflow.OfAsync(store, [row], choice, cancellationToken))[0];
    }
}
