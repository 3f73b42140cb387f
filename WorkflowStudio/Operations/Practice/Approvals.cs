using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Practice.Approvals;

namespace WorkflowStudio.Operations.Practice;

/// <summary>Lists what runs ask people, and decides it for members.</summary>
public sealed class Approvals(ApprovalStore store)
{
    /// <summary>The open ones, the oldest first; or those that are closed, the newest first.</summary>
    public async Task<Result<List<ApprovalView>>> ListAsync(Caller caller, bool open, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ManageData) is { } refusal) return refusal;
        return (await store.ListAsync(caller.Tenant, open, cancellationToken)).ToList();
    }

    /// <summary>The open ones of a run, the oldest first; of a test run of a draft, too, where the caller sees those.</summary>
    public async Task<Result<List<ApprovalView>>> OfRunAsync(Caller caller, Guid runId, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ManageData) is { } refusal) return refusal;
        var open = await store.OfRunAsync(caller.Tenant, runId, cancellationToken);
        if (open.Count == 0 && caller.SeesTests) open = await store.OfRunAsync(caller.Sandbox, runId, cancellationToken);
        return open.ToList();
    }

    /// <summary>Decides, in the name of the caller.</summary>
    public async Task<Result<ApprovalView>> DecideAsync(
        Caller caller, Guid id, bool approve, string comment, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ManageData) is { } refusal) return refusal;
        var tenant =
            caller.SeesTests && await store.FindAsync(caller.Tenant, id, cancellationToken) is null ? caller.Sandbox : caller.Tenant;
        var decided = await store.DecideAsync(tenant, id, approve, caller.Name, comment.Trim(), cancellationToken);
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
