using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Runs;

/// <summary>How a run stands and what it has done, for clients that poll.</summary>
internal sealed class ReadRun(RunAccess access, IVersionStore versions, RunViews views, NodeCatalog catalog, TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewRuns;

    /// <summary>The most lines of one answer.</summary>
    public const int MaxLines = 1_000;

    /// <summary>The most for-each steps of one answer, those inside of others counted once for each iteration.</summary>
    public const int MaxLoops = 20;

    /// <summary>The most iterations of one for-each in an answer.</summary>
    public const int MaxIterations = 100;

    public Task<Result<ExecutionStatus>> StatusAsync(Caller caller, Guid runId, CancellationToken cancellationToken = default) =>
        StatusAsync(caller, runId, Needs, cancellationToken);

    /// <summary>The same for whoever needs another permission: who may control a run is told how it stands.</summary>
    public async Task<Result<ExecutionStatus>> StatusAsync(
        Caller caller, Guid runId, Permission needed, CancellationToken cancellationToken = default)
    {
        var found = await access.FindAsync(caller, runId, needed, "execution", tests: false, cancellationToken);
        if (!found.Ok) return found.Problem;
        var (run, isVeiled) = (found.Value.Row, found.Value.IsVeiled);
        // who sees a run need not see the one that started it
        var parent = run.ParentId is { } id && (await access.FindAsync(caller, id, Needs, cancellationToken: cancellationToken)).Ok
            ? run.ParentId
            : null;
        var version = await versions.FindVersionAsync(run.VersionSerial, cancellationToken)
            ?? throw new InvalidOperationException($"Run {runId} has no version {run.VersionSerial}.");
        var nodes = version.Definition.Nodes;
        var current = Enumerable.Range(0, nodes.Count).FirstOrDefault(i => nodes[i].Id == run.CurrentNode, -1);
        return new ExecutionStatus(
            run.Id,
            run.WorkflowId,
            run.Status,
            current >= 0 ? current : run.Status == RunStatus.Done ? nodes.Count : Math.Clamp(run.StepsDone, 0, nodes.Count),
            run.CurrentNode,
            run.StepsDone,
            nodes.Count,
            run.CreatedAt,
            run.FinishedAt,
            (run.FinishedAt ?? clock.GetUtcNow()) - run.CreatedAt,
            GoesOnAt(run),
            run.ErrorCode,
            isVeiled && run.ErrorMessage is not null ? RunVeil.Hidden : run.ErrorMessage)
        {
            IsHeld = run is { Gate: RunGate.Held, Status: RunStatus.Queued },
            RetryOf = run.RetryOf,
            ParentId = parent,
            IsTest = run.IsTest,
            // only the journal knows of iterations, so it is read where there can be some
            Loops = nodes.Any(n => catalog.Find(n.Type)?.BodyPort is not null) ? await LoopsAsync(found.Value, cancellationToken) : [],
        };
    }

    // while it waits for a time, or the engine has paused it
    private static DateTimeOffset? GoesOnAt(RunRow run) =>
        run.Status == RunStatus.Waiting || (run.Status == RunStatus.Paused && run.ErrorCode is not null)
            ? WakeTimes.Meant(run.WakeAt, run.CreatedAt)
            : null;

    private async Task<IReadOnlyList<LoopView>> LoopsAsync(FoundRun run, CancellationToken cancellationToken)
    {
        try
        {
            return await views.ReadAsync(run, cancellationToken) is { } view
                ? [.. view.Iterations.All.Take(MaxLoops)]
                : [];
        }
        catch (UnreadableRunException)
        {
            return []; // the engine pauses such a run, and its header says why
        }
    }

    /// <summary>The lines after a place in the journal, in order.</summary>
    public async Task<Result<IReadOnlyList<RunLogEntry>>> LogAsync(
        Caller caller, Guid runId, long after, int limit, CancellationToken cancellationToken = default)
    {
        var found = await access.FindAsync(caller, runId, Needs, "execution", tests: false, cancellationToken);
        if (!found.Ok) return found.Problem;
        RunLogEntry[] lines = [.. (await access.History.EntriesAsync(runId, after, limit, cancellationToken))
            .Select(e => RunLogEntry.Of(found.Value.IsVeiled ? RunVeil.Over(e) : e))];
        return lines;
    }
}

/// <summary>How a run stands.</summary>
/// <param name="RunId">The run.</param>
/// <param name="WorkflowId">Its workflow.</param>
/// <param name="Status">Its status.</param>
/// <param name="CurrentIndex">The place, from 0, of the step it stands at or failed at; the number of steps once it ended well, else of
/// those done.</param>
/// <param name="CurrentNode">The step it stands at or failed at, or null.</param>
/// <param name="StepsDone">How many steps have run to their end: those that were skipped or canceled have not.</param>
/// <param name="Steps">How many steps there are.</param>
/// <param name="StartedAt">When it was accepted.</param>
/// <param name="FinishedAt">When it ended, or null.</param>
/// <param name="Elapsed">The time since it was accepted, to its end or to now.</param>
/// <param name="WaitsUntil">When it goes on by itself, while it waits for a time or the engine has paused it.</param>
/// <param name="ErrorCode">Why it failed, as a code.</param>
/// <param name="ErrorMessage">Why it failed, for people.</param>
internal sealed record ExecutionStatus(
    Guid RunId, Guid WorkflowId, RunStatus Status, int CurrentIndex, string? CurrentNode, int StepsDone, int Steps,
    DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, TimeSpan Elapsed, DateTimeOffset? WaitsUntil, string? ErrorCode,
    string? ErrorMessage)
{
    /// <summary>Whether it waits for its turn: as many runs as its workflow may have are under way.</summary>
    public bool IsHeld { get; init; }

    /// <summary>The run that it repeats.</summary>
    public Guid? RetryOf { get; init; }

    /// <summary>The run that started it.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>Whether it is a test run of a draft.</summary>
    public bool IsTest { get; init; }

    /// <summary>Its for-each steps that have begun.</summary>
    public IReadOnlyList<LoopView> Loops { get; init; } = [];
}
