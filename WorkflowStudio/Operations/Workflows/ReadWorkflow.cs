using WorkflowStudio.Engine.Storage.Workflows;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>Reads one workflow for a dialect.</summary>
internal sealed class ReadWorkflow(WorkflowStore store)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewWorkflows;

    /// <summary>The workflow with the definition of a version, or of its draft before the first.</summary>
    public async Task<Result<DefinedWorkflow>> RunAsync(
        Caller caller, Guid id, VersionChoice choice = VersionChoice.Active, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        if (await store.FindAsync(caller.Tenant, id, cancellationToken) is not { } row) return new OperationProblem.NotFound("workflow");
        return (await DefinedWorkflow.OfAsync(store, [row], choice, cancellationToken))[0];
    }
}
