using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Schedules;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>Lets the newest version of a workflow run, and turns the workflow on. Errors of the validator refuse it.</summary>
internal sealed class ActivateWorkflow(
    IStudioWriter writer, WorkflowValidator validator, ConnectionUse connections, ActiveWorkflows active, ScheduleKeeper schedules,
    TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageWorkflows;

    /// <param name="caller">Who asks.</param>
    /// <param name="id">The workflow.</param>
    /// <param name="answer">Makes the answer that is stored with it, for requests with an Idempotency-Key.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Result<DefinedWorkflow>> RunAsync(
        Caller caller, Guid id, Func<DefinedWorkflow, KeptAnswer?>? answer = null, CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(Needs) is { } keyless) return keyless;
        return await writer.WriteAsync(caller.Tenant.WorkspaceId, write => Activate(write, caller, id, answer), cancellationToken);
    }

    private Result<DefinedWorkflow> Activate(
        StudioWrite write, Caller caller, Guid id, Func<DefinedWorkflow, KeptAnswer?>? answer)
    {
        if (!write.TryWorkflow(caller, id, Needs, out var row, out var refused)) return refused;
        if (row.NewestSerial is not { } newest)
            return new OperationProblem.Conflict("never_published", "This workflow has no version yet. Publish it, and it is on.");
        var text = write.VersionText(newest);
        var definition = StoredDefinitions.Definition(text);
        var errors = validator.ValidateToRun(definition, new WorkflowSelf(row.Id, row.Slug))
            .Where(p => p.Severity == ProblemSeverity.Error).ToList();
        if (errors.Count > 0) return new OperationProblem.Invalid("The workflow has errors. Correct them, then activate it.", errors);
        if (connections.Refuse(caller, write, row, definition) is { } unused) return unused;
        if (row.ActiveSerial != newest) (row.ActiveSerial, row.ActiveNumber) = (newest, row.NewestNumber);
        if (row.DraftDefinition == text) row.DraftDefinition = null;
        (row.Status, row.UpdatedAt) = (WorkflowStatus.Active, clock.GetUtcNow());
        row.Describe(definition);
        schedules.Keep(write, row);
        write.Announce(row, WorkflowChange.Updated);
        write.Save(); // counts the revision that the answer names
        write.AfterCommit(() => active.Forget(id));
        var activated = new DefinedWorkflow(WorkflowFacts.Of(row), definition);
        write.Record(answer?.Invoke(activated));
        return activated;
    }
}
