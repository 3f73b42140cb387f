using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Retention;

namespace WorkflowStudio.Operations.Retention;

/// <summary>Says how long the runs of the caller's workspace and environment are kept.</summary>
internal sealed class ReadRetention(RetentionStore store)
{
    public async Task<Result<RetentionRules>> RunAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Permission.ViewRuns) is { } refused) return refused;
        return await store.ReadAsync(caller.Tenant, cancellationToken);
    }
}

/// <summary>Changes how long they are kept. What is old enough goes with the next pass, within ten minutes.</summary>
internal sealed class SetRetention(RetentionStore store, IStudioWriter writer)
{
    public async Task<Result<RetentionRules>> RunAsync(Caller caller, RetentionChange change, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Permission.ManageSettings) is { } refused) return refused;
        var now = await store.ReadAsync(caller.Tenant, cancellationToken);
        var next = new RetentionRules(
            change.Done ?? now.Done, change.Failed ?? now.Failed, change.Canceled ?? now.Canceled, change.Pack ?? now.Pack);
        if (!next.IsValid)
            return new OperationProblem.Invalid($"Days have to be whole numbers from 0 (for ever) to {RetentionRules.MostDays}.",
                [WorkflowProblem.Error("invalid_days", "days", null, "Out of bounds.")]);
        await writer.WriteAsync(
            caller.Tenant.WorkspaceId, write => { RetentionStore.Set(write, caller.Tenant, next); return 0; }, cancellationToken);
        return next;
    }
}

/// <summary>What is to be changed, in days; null leaves it as it is.</summary>
internal sealed record RetentionChange(int? Done, int? Failed, int? Canceled, int? Pack);
