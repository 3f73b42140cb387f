using System.Diagnostics.CodeAnalysis;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Workflows;

namespace WorkflowStudio.Operations.Access;

/// <summary>
/// Asks for somebody what they see and what they may do with one workflow. What they do not see is answered like what is not there, and
/// costs the same queries; what they see and may not do names the permission.
/// </summary>
public sealed class WorkflowAccess(HiddenWorkflows hidden, GrantStore grants)
{
    /// <summary>What somebody sees of their workspace and environment, for lists.</summary>
    public ValueTask<Seen> SeenAsync(Caller caller, CancellationToken cancellationToken) =>
        hidden.OfAsync(caller.Tenant, caller.Sight, cancellationToken);

    /// <summary>What somebody sees of their sandbox.</summary>
    public async ValueTask<Seen> SeenAsync(Caller caller, bool sandbox, CancellationToken cancellationToken)
    {
        var seen = await SeenAsync(caller, cancellationToken);
        return sandbox ? seen with { Tenant = caller.Sandbox } : seen;
    }

    /// <summary>
    /// Why somebody may not do something with a workflow of their workspace, a deleted one, too; null when they may. For one that is not
    /// there as well, with the empty id.
    /// </summary>
    public async ValueTask<OperationProblem?> RefuseAsync(
        Caller caller, Guid workflowId, Permission permission, string what, CancellationToken cancellationToken)
    {
        var seen = await SeenAsync(caller, cancellationToken);
        if (seen.Sight.SeesAll && permission != Permission.ShareWorkflows) return caller.Refuse(permission);
        return await grants.StandingAsync(caller.Tenant.WorkspaceId, workflowId, caller.Sight, cancellationToken) is not { } standing
            ? new OperationProblem.NotFound(what)
            : WorkflowRights.Allows(caller, standing, permission) ? null : caller.LackingThere(permission);
    }

    /// <summary>All that somebody may do with a workflow that they see.</summary>
    public async ValueTask<Permissions> RightsAsync(Caller caller, WorkflowRow workflow, CancellationToken cancellationToken)
    {
        var standing = workflow.Visibility == WorkflowVisibility.Shared && !caller.SeesAll
            ? await grants.StandingAsync(workflow.WorkspaceId, workflow.Id, caller.Sight, cancellationToken)
            : WorkflowStanding.Of(workflow);
        return standing is null ? default : WorkflowRights.Of(caller, standing);
    }

    /// <summary>Those among these workflows that somebody sees.</summary>
    public async Task<IReadOnlySet<Guid>> SeenAmongAsync(
        Caller caller, IReadOnlyCollection<Guid> workflowIds, CancellationToken cancellationToken) =>
        await grants.AmongAsync(workflowIds, (await SeenAsync(caller, cancellationToken)).Sight, cancellationToken);

    /// <summary>Those among these runs of the workspace whose workflow somebody sees, in their order.</summary>
    public async Task<IReadOnlyList<Guid>> SeenRunsAsync(
        Caller caller, IReadOnlyList<Guid> runIds, CancellationToken cancellationToken)
    {
        var seen = await SeenAsync(caller, cancellationToken);
        if (seen.Sight.SeesAll || runIds.Count == 0) return runIds;
        var workflows = await grants.WorkflowsOfAsync(runIds, cancellationToken);
        var visible = await grants.AmongAsync([.. workflows.Values.Distinct()], seen.Sight, cancellationToken);
        return [.. runIds.Where(r => workflows.TryGetValue(r, out var workflow) && visible.Contains(workflow))];
    }
}

/// <summary>The same question inside a piece of writing.</summary>
internal static class WorkflowAccessWrites
{
    /// <summary>
    /// Refuses whoever may do something with no workflow at all: a key without the scope. People may have been granted single ones.
    /// </summary>
    public static OperationProblem? RefuseKey(this Caller caller, Permission permission) =>
        caller.IsPerson ? null : caller.Refuse(permission);

    /// <summary>The workflow, to be changed; or why not.</summary>
    /// <param name="write">The piece of writing.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The workflow.</param>
    /// <param name="permission">What they want to do.</param>
    /// <param name="row">The workflow.</param>
    /// <param name="refused">Why not.</param>
    /// <param name="level">The level of a grant that it needs, where that is more than the permission does.</param>
    public static bool TryWorkflow(
        this StudioWrite write, Caller caller, Guid id, Permission permission, [NotNullWhen(true)] out WorkflowRow? row,
        [NotNullWhen(false)] out OperationProblem? refused, GrantLevel? level = null)
    {
        row = write.FindWorkflow(caller.Seen, id);
        refused = row is null ? new OperationProblem.NotFound("workflow") : write.Refuse(caller, row, permission, level);
        return refused is null;
    }

    /// <summary>Why somebody who sees a workflow may not do something with it; null when they may.</summary>
    public static OperationProblem? Refuse(
        this StudioWrite write, Caller caller, WorkflowRow row, Permission permission, GrantLevel? level = null)
    {
        var standing = row.Visibility == WorkflowVisibility.Shared && !caller.SeesAll
            ? GrantStore.Standing(write, row.WorkspaceId, row.Id, caller.Sight)
            : WorkflowStanding.Of(row);
        return standing is not null && WorkflowRights.Allows(caller, standing, permission, level) ? null : caller.LackingThere(permission);
    }
}
