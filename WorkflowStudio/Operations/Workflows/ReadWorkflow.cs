using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>Reads one workflow for a dialect.</summary>
internal sealed class ReadWorkflow(WorkflowStore store, WorkflowAccess access, AuditTrail audit)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewWorkflows;

    /// <summary>The workflow with the definition of a version, or of its draft before the first.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The workflow.</param>
    /// <param name="choice">The version.</param>
    /// <param name="needed">What the caller needs, where it asks to do something else.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Result<DefinedWorkflow>> RunAsync(
        Caller caller, Guid id, VersionChoice choice = VersionChoice.Active, Permission needed = Needs,
        CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(needed) is { } keyless) return keyless;
        if (await store.FindAsync(await access.SeenAsync(caller, cancellationToken), id, cancellationToken) is not { } row)
            return new OperationProblem.NotFound("workflow");
        if (!(await access.RightsAsync(caller, row, cancellationToken)).Has(needed)) return caller.LackingThere(needed);
        await audit.NoteOpenedAsync(caller, row, cancellationToken);
        return (await DefinedWorkflow.OfAsync(store, [row], choice, cancellationToken))[0];
    }
}
