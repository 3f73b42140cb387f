using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Practice;

/// <summary>Lists what runs ask people, and decides it for members.</summary>
public sealed class Approvals(ApprovalStore store, RunAccess runs, WorkflowAccess access)
{
    /// <summary>The open ones, the oldest first; or those that are closed, the newest first.</summary>
    public async Task<Result<List<ApprovalView>>> ListAsync(Caller caller, bool open, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ViewData) is { } refusal) return refusal;
        return (await store.ListAsync(await access.SeenAsync(caller, cancellationToken), open, cancellationToken)).ToList();
    }

    /// <summary>The open ones of a run, the oldest first; of a test run of a draft, too, where the caller sees those.</summary>
    public async Task<Result<List<ApprovalView>>> OfRunAsync(Caller caller, Guid runId, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ViewData) is { } refusal) return refusal;
        var run = await runs.FindAsync(caller, runId, Permission.ViewRuns, cancellationToken: cancellationToken);
        if (!run.Ok) return run.Problem;
        if (run.Value.IsVeiled) return new List<ApprovalView>();
        return (await store.OfRunAsync(run.Value.Tenant, runId, cancellationToken)).ToList();
    }

    /// <summary>Decides, in the name of the caller.</summary>
    public async Task<Result<ApprovalView>> DecideAsync(
        Caller caller, Guid id, bool approve, string comment, CancellationToken cancellationToken)
    {
        if (caller.RefuseKey(Permission.DecideApprovals) is { } keyless) return keyless;
        var found = await store.FindAsync(caller.Tenant, id, cancellationToken)
            ?? (caller.SeesTests ? await store.FindAsync(caller.Sandbox, id, cancellationToken) : null);
        // one that hangs on no workflow is asked of the workspace
        var refused = found?.WorkflowId == Guid.Empty
            ? caller.Refuse(Permission.DecideApprovals)
            : await access.RefuseAsync(
                caller, found?.WorkflowId ?? Guid.Empty, Permission.DecideApprovals, "approval", cancellationToken);
        if (refused is not null) return refused;
        if (found is null) return new OperationProblem.NotFound("approval");
        var decided = await store.DecideAsync(found.Tenant, id, approve, caller.Name, comment.Trim(), cancellationToken);
        return Answered(decided);
    }

    internal static Result<ApprovalView> Answered(Answer<ApprovalView> answer)
    {
        if (answer.Has(out var view, out var problem)) return view;
        return problem.Code == "approval_unknown"
            ? new OperationProblem.NotFound("approval")
            : new OperationProblem.Conflict(problem.Code, problem.Message);
    }
}

/// <summary>
/// What somebody may do with the link to an approval: see it and decide it. The link is the permission; there is no caller.
/// </summary>
public sealed class PublicApproval(ApprovalStore store)
{
    /// <summary>The approval of the link, or null.</summary>
    public Task<ApprovalView?> FindAsync(string token, CancellationToken cancellationToken) => store.ByTokenAsync(token, cancellationToken);

    /// <summary>Decides, in the name of whom the link was sent to.</summary>
    public async Task<Result<ApprovalView>> DecideAsync(string token, bool approve, string comment, CancellationToken cancellationToken)
    {
        if (await store.ByTokenAsync(token, cancellationToken) is not { } approval) return new OperationProblem.NotFound("approval");
        var by = approval.AskedOf.Length > 0 ? approval.AskedOf : "somebody with the link";
        return Approvals.Answered(await store.DecideAsync(approval.Tenant, approval.Id, approve, by, comment.Trim(), cancellationToken));
    }
}
