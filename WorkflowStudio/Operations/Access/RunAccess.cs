using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Operations.Access;

/// <summary>
/// Finds runs for whoever asks: those of the own environment, and for people the test runs of drafts, which are made in the sandbox. A run
/// is seen where its workflow is. One that another run started is seen by whoever sees that one, too, but without its data.
/// </summary>
public sealed class RunAccess(RunHistory history, WorkflowAccess access)
{
    /// <summary>What runs have done.</summary>
    public RunHistory History => history;

    /// <summary>The header of a run with which the caller may do something; or why not.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="runId">The run.</param>
    /// <param name="permission">What they want to do.</param>
    /// <param name="what">What it is called where it is not there.</param>
    /// <param name="tests">Whether test runs of drafts are found, too, by people.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<FoundRun>> FindAsync(
        Caller caller, Guid runId, Permission permission, string what = "run", bool tests = true,
        CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(permission) is { } keyless) return keyless;
        var run = await HeaderAsync(caller, runId, tests, cancellationToken);
        var refused = await access.RefuseAsync(caller, run?.WorkflowId ?? Guid.Empty, permission, what, cancellationToken);
        if (run is null) return refused is OperationProblem.Forbidden ? refused : new OperationProblem.NotFound(what);
        if (refused is null) return new FoundRun(run, false);
        if (refused is not OperationProblem.NotFound || run.ParentId is null) return refused;
        if (!await SeesForebearAsync(caller, run, cancellationToken)) return refused;
        return permission == Permission.ViewRuns ? new FoundRun(run, true) : caller.LackingThere(permission);
    }

    /// <summary>Whether the caller still sees a run, and whether with its data as before: asked again by whoever follows it.</summary>
    public async Task<bool> MayStayAsync(Caller caller, FoundRun found, CancellationToken cancellationToken)
    {
        var now = await FindAsync(caller, found.Row.Id, Permission.ViewRuns, cancellationToken: cancellationToken);
        return now.Ok && now.Value.IsVeiled == found.IsVeiled;
    }

    private async Task<RunRow?> HeaderAsync(Caller caller, Guid runId, bool tests, CancellationToken cancellationToken)
    {
        if (await history.HeaderAsync(caller.Tenant, runId, cancellationToken) is { } own) return own;
        return tests && caller.SeesTests && await history.HeaderAsync(caller.Sandbox, runId, cancellationToken) is { IsTest: true } test
            ? test
            : null;
    }

    private async Task<bool> SeesForebearAsync(Caller caller, RunRow run, CancellationToken cancellationToken)
    {
        foreach (var workflow in await history.ForebearsAsync(run, cancellationToken))
            if (await access.RefuseAsync(caller, workflow, Permission.ViewRuns, "run", cancellationToken) is null) return true;
        return false;
    }
}

/// <summary>A run that was found.</summary>
/// <param name="Row">Its header.</param>
/// <param name="IsVeiled">Whether it is seen without its data, for the sake of the run that started it alone.</param>
public sealed record FoundRun(RunRow Row, bool IsVeiled)
{
    /// <summary>Whose the run is.</summary>
    public Tenant Tenant => new(Row.WorkspaceId, Row.Environment);
}
