using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Operations.Runs;

/// <summary>Lists runs in numbered pages, for dialects.</summary>
internal sealed class ListDialectRuns(
    NumberedRunQueries queries, WorkflowStore workflows, WorkflowAccess access, RunAccess runs, StepCounts steps)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewRuns;

    /// <summary>The longest page.</summary>
    public const int MaxTake = 100;

    private const int MaxText = 200;

    /// <summary>One page, newest first. A workflow that the filter names has to be there.</summary>
    public async Task<Result<WorkflowPage<DialectRun>>> RunAsync(
        Caller caller, NumberedRunFilter filter, int skip, int take, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var seen = await access.SeenAsync(caller, cancellationToken);
        if (filter.WorkflowId is { } id && await workflows.FindAsync(seen, id, cancellationToken) is null)
            return new OperationProblem.NotFound("workflow");
        if (filter.Text?.Length > MaxText) filter = filter with { Text = filter.Text[..MaxText] };
        var (rows, total) = await queries.PageAsync(
            seen, filter, Math.Max(0, skip), Math.Clamp(take, 1, MaxTake), cancellationToken);
        var counts = await steps.OfAsync(rows.Select(r => r.VersionSerial), cancellationToken);
        return new WorkflowPage<DialectRun>([.. rows.Select(r => new DialectRun(r, counts[r.VersionSerial]))], total);
    }

    /// <summary>
    /// One run; not there when it is of another workflow than the one named. Who may control a run is told how it stands: it says what it
    /// needs.
    /// </summary>
    public async Task<Result<DialectRun>> FindAsync(
        Caller caller, Guid runId, Guid? workflowId = null, Permission needed = Needs, CancellationToken cancellationToken = default)
    {
        var found = await runs.FindAsync(caller, runId, needed, tests: false, cancellationToken: cancellationToken);
        if (!found.Ok) return found.Problem;
        var filter = new NumberedRunFilter { RunId = runId, WorkflowId = workflowId };
        var (rows, _) = await queries.PageAsync(caller.Tenant, filter, 0, 1, cancellationToken);
        if (rows is not [var row]) return new OperationProblem.NotFound("run");
        var counts = await steps.OfAsync([row.VersionSerial], cancellationToken);
        return new DialectRun(row, counts[row.VersionSerial]);
    }
}

/// <summary>A run as dialects list it.</summary>
/// <param name="Run">How it stands.</param>
/// <param name="Steps">How many steps its version has.</param>
internal sealed record DialectRun(RunListRow Run, int Steps)
{
    /// <summary>How many steps are done; the one at which it failed is not.</summary>
    public int StepsDone => Math.Max(0, Run.StepsDone - (Run is { Status: RunStatus.Failed, CurrentNode: not null } ? 1 : 0));
}
