using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Workflows;

namespace WorkflowStudio.Operations.Access;

/// <summary>Says who sees a workflow, grants it to users and roles, and gives it to another owner.</summary>
internal sealed class ShareWorkflow(IStudioWriter writer, Sharing sharing, WorkflowStore workflows, GrantStore grants)
{
    /// <summary>What the caller needs: for a workflow of their own, or one that was granted to them so far.</summary>
    public const Permission Needs = Permission.ShareWorkflows;

    /// <summary>Sets visibility and who it is shared with, as far as they are given.</summary>
    public Task<Result<SharingFacts>> SetAsync(
        Caller caller, Guid id, SharingWish wish, CancellationToken cancellationToken = default) =>
        ChangeAsync(caller, id, (write, row) => sharing.Apply(write, caller, row, wish), cancellationToken);

    /// <summary>Grants it to a user or a role; a level of null takes the grant away.</summary>
    public Task<Result<SharingFacts>> GrantAsync(
        Caller caller, Guid id, Guid granteeId, GrantLevel? level, CancellationToken cancellationToken = default) =>
        ChangeAsync(caller, id, (write, row) => sharing.Grant(write, caller, row, granteeId, level), cancellationToken);

    /// <summary>Makes another member its owner.</summary>
    public Task<Result<SharingFacts>> HandOverAsync(
        Caller caller, Guid id, Guid userId, CancellationToken cancellationToken = default) =>
        ChangeAsync(caller, id, (write, row) => sharing.HandOver(write, caller, row, userId), cancellationToken);

    private async Task<Result<SharingFacts>> ChangeAsync(
        Caller caller, Guid id, Func<StudioWrite, WorkflowRow, OperationProblem?> change, CancellationToken cancellationToken)
    {
        if (caller.RefuseKey(Needs) is { } keyless) return keyless;
        var problem = await writer.WriteAsync(
            caller.Tenant.WorkspaceId,
            write => write.TryWorkflow(caller, id, Needs, out var row, out var refused) ? change(write, row) : refused,
            cancellationToken);
        if (problem is not null) return problem;
        // whoever gave it away may not see it any more, and is told all the same what they did
        var now = await workflows.FindAsync(caller.Tenant, id, cancellationToken);
        return now is null ? new OperationProblem.NotFound("workflow") : await ReadSharing.OfAsync(grants, now, cancellationToken);
    }
}

/// <summary>Tells how workflows are shared.</summary>
internal sealed class ReadSharing(WorkflowStore workflows, WorkflowAccess access, GrantStore grants)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewWorkflows;

    /// <summary>How one workflow is shared.</summary>
    public async Task<Result<SharingFacts>> RunAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(Needs) is { } keyless) return keyless;
        if (await workflows.FindAsync(await access.SeenAsync(caller, cancellationToken), id, cancellationToken) is not { } row)
            return new OperationProblem.NotFound("workflow");
        if (await access.RefuseAsync(caller, id, Needs, "workflow", cancellationToken) is { } refused) return refused;
        return await OfAsync(grants, row, cancellationToken);
    }

    /// <summary>The grants of workflows that the caller has been shown, in one query.</summary>
    public async Task<Result<Dictionary<Guid, IReadOnlyList<GrantFacts>>>> OfShownAsync(
        Caller caller, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var seen = await access.SeenAmongAsync(caller, ids, cancellationToken);
        var found = await grants.OfAllAsync(seen, cancellationToken);
        return seen.ToDictionary<Guid, Guid, IReadOnlyList<GrantFacts>>(
            id => id, id => [.. found[id].Select(g => new GrantFacts(g.GranteeId, g.IsRole, g.Level))]);
    }

    internal static async Task<SharingFacts> OfAsync(GrantStore grants, WorkflowRow row, CancellationToken cancellationToken) => new(
        row.Id, row.Name, row.Visibility, row.OwnerId,
        [.. (await grants.OfAsync(row.Id, cancellationToken)).Select(g => new GrantFacts(g.GranteeId, g.IsRole, g.Level))]);
}

/// <summary>Says who sees what is made in the studio, until somebody says otherwise.</summary>
internal sealed class SetDefaultVisibility(IStudioWriter writer, AuditTrail audit)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageSettings;

    public async Task<Result<WorkflowVisibility>> RunAsync(
        Caller caller, WorkflowVisibility visibility, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await writer.WriteAsync<Result<WorkflowVisibility>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                if (WorkspaceStore.Find(write, caller.Tenant.WorkspaceId) is not { } row) return new OperationProblem.NotFound("workspace");
                row.DefaultVisibility = visibility;
                audit.Add(write, caller, AuditActions.DefaultVisibilityChanged, null, row.Name,
                    $"It is {visibility.ToString().ToLowerInvariant()}.");
                return visibility;
            },
            cancellationToken);
    }
}
