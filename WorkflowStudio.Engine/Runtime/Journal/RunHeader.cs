using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Journal;

/// <summary>The part of a run's header that changes.</summary>
public readonly record struct RunHeader(
    RunStatus Status, string? CurrentNode, int StepsDone, DateTimeOffset? WakeAt, string? ErrorCode, string? ErrorMessage,
    DateTimeOffset? FinishedAt);
