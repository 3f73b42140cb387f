using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Queries;

namespace WorkflowStudio.Operations.Runs;

/// <summary>A run as lists show it.</summary>
/// <param name="Until">Until when it waits, or when the engine tries it again that paused it; null when it does not, or waits for a signal
/// alone.</param>
/// <param name="Problem">Why it failed, or why the engine paused it, for people.</param>
/// <param name="IsHeld">Whether it waits for its turn: as many runs as its workflow may have are under way.</param>
/// <param name="IsTest">Whether it is a test run of a draft.</param>
public sealed record RunLine(
    Guid Id, Guid WorkflowId, string Workflow, RunStatus Status, string Cause, string? Subject, int StepsDone, int StepsTotal,
    DateTimeOffset? Until, string? Problem, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, bool IsHeld = false, bool IsTest = false)
{
    /// <summary>Whether it waits for somebody to approve or reject something.</summary>
    public bool AsksApproval { get; init; }

    internal static RunLine From(RunListRow row, int steps, bool asks) => new(
        row.Id, row.WorkflowId, row.WorkflowName, row.Status, row.Cause, row.Subject, row.StepsDone, steps,
        row.WaitsUntil, row.ErrorMessage, row.CreatedAt, row.FinishedAt,
        row is { Gate: RunGate.Held, Status: RunStatus.Queued }, row.IsTest)
    {
        AsksApproval = asks,
    };
}

/// <summary>A page of runs, newest first.</summary>
/// <param name="Next">What the next page is asked for with; null at the end.</param>
/// <param name="SearchedAll">False when the search stopped before the oldest run: the next page goes on from there.</param>
public sealed record RunListPage(IReadOnlyList<RunLine> Runs, Guid? Next, bool SearchedAll);

/// <summary>What a list of runs is narrowed to. Null means any.</summary>
/// <param name="Status">A status; <see cref="RunStatus.Running"/> stands for queued runs, too.</param>
/// <param name="WorkflowId">One workflow.</param>
/// <param name="Cause">What started the run: <c>webhook</c>, <c>manual</c>, <c>api</c>.</param>
/// <param name="Text">A part of the subject or of the workflow's name, or the id of a run.</param>
/// <param name="Tests">Test runs of drafts instead of real work.</param>
public sealed record RunFilter(
    RunStatus? Status = null, Guid? WorkflowId = null, string? Cause = null, string? Text = null, bool Tests = false)
{
    /// <summary>No filter.</summary>
    public static RunFilter None { get; } = new();

    // test runs are found by the environment of their workflows, for they are in the sandbox themselves
    internal RunRowFilter ToRows(StudioEnvironment workflows = StudioEnvironment.Live) => new(
        Status switch
        {
            null => null,
            RunStatus.Running or RunStatus.Queued => [RunStatus.Queued, RunStatus.Running],
            { } status => [status],
        },
        WorkflowId, Cause, Text, TestsOf: Tests ? workflows : null);
}
