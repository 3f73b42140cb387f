using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Events;

/// <summary>
/// What a workflow's trigger did with events in the last seven days: what it refused and why, and what it started by itself.
/// </summary>
public sealed class ReadTriggerLog(WorkflowStore workflows, TriggerLog log, WorkflowAccess access)
{
    /// <summary>The length of a page.</summary>
    public const int PageLength = 50;

    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewRuns;

    /// <summary>The longest page of all workflows.</summary>
    public const int MostLines = 100;

    /// <summary>
    /// The lines of all workflows that the caller sees, newest first: of an event that reached several there are several.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="filter">Which.</param>
    /// <param name="before">Only those behind this line; null for the newest.</param>
    /// <param name="count">1 to <see cref="MostLines"/>, kept within.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<Result<TriggerLines>> AllAsync(
        Caller caller, TriggerLogFilter filter, long? before, int count, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var size = Math.Clamp(count, 1, MostLines);
        var lines = await log.ReadAsync(
            await access.SeenAsync(caller, cancellationToken), filter, before, size + 1, cancellationToken);
        return new TriggerLines([.. lines.Take(size).Select(TriggerLogLine.Of)], lines.Count > size ? lines[size - 1].Id : null);
    }

    /// <summary>
    /// The lines behind <paramref name="before"/> (a <see cref="TriggerLogLine.Id"/>; null for the newest), newest first; of one outcome
    /// when <paramref name="only"/> says so.
    /// </summary>
    public async Task<Result<TriggerLogPage>> RunAsync(
        Caller caller, Guid workflowId, long? before = null, TriggerOutcome? only = null, CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(Needs) is { } keyless) return keyless;
        var seen = await access.SeenAsync(caller, cancellationToken);
        if (await workflows.FindAsync(seen, workflowId, cancellationToken) is not { } workflow)
            return new OperationProblem.NotFound("workflow");
        if (await access.RefuseAsync(caller, workflowId, Needs, "workflow", cancellationToken) is { } refused) return refused;
        var lines = await log.ReadAsync(workflowId, only, before, PageLength + 1, cancellationToken);
        return new TriggerLogPage(workflow.Name, workflow.TriggerType, [.. lines.Take(PageLength).Select(TriggerLogLine.Of)],
            lines.Count > PageLength ? lines[PageLength - 1].Id : null);
    }
}

/// <summary>A page of a workflow's trigger log.</summary>
/// <param name="Workflow">The name of the workflow.</param>
/// <param name="TriggerType">How it starts.</param>
/// <param name="Lines">Newest first.</param>
/// <param name="Next">What the next page begins behind; null when there is none.</param>
public sealed record TriggerLogPage(string Workflow, string TriggerType, IReadOnlyList<TriggerLogLine> Lines, long? Next);

/// <summary>Lines of the trigger log.</summary>
/// <param name="Lines">Newest first.</param>
/// <param name="Next">What the next page begins behind; null when there is none.</param>
public sealed record TriggerLines(IReadOnlyList<TriggerLogLine> Lines, long? Next);

/// <summary>What a trigger did with something that came.</summary>
/// <param name="Id">Its number; a later one is larger.</param>
/// <param name="At">When.</param>
/// <param name="Cause">What asked for a run: <c>webhook</c>, <c>event</c>, <c>schedule</c>.</param>
/// <param name="Outcome">Whether a run was started.</param>
/// <param name="RunId">The run that was started.</param>
/// <param name="Reason">
/// Why none was: <c>constraints</c>, <c>own_run</c>, <c>too_deep</c>, <c>too_wide</c>, <c>too_many_runs</c>; null when one was.
/// </param>
/// <param name="Event">The name of the event; null for other causes.</param>
/// <param name="Detail">The values that the constraints saw, as JSON by path, possibly cut off.</param>
public sealed record TriggerLogLine(
    long Id, DateTimeOffset At, string Cause, TriggerOutcome Outcome, Guid? RunId, string? Reason, string? Event, string Detail)
{
    /// <summary>The workflow.</summary>
    public Guid WorkflowId { get; init; }

    /// <summary>The same for every line of one event; null for other causes.</summary>
    public string? EventId { get; init; }

    internal static TriggerLogLine Of(TriggerLogRow row) =>
        new(row.Id, row.At, row.Cause, row.Outcome, row.RunId, row.Reason, row.Event, row.Detail)
        { WorkflowId = row.WorkflowId, EventId = row.EventId };
}
