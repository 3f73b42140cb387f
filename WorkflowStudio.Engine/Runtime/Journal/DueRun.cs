namespace WorkflowStudio.Engine.Runtime.Journal;

/// <summary>A run whose time has come.</summary>
/// <param name="RunId">The run.</param>
/// <param name="WorkspaceId">Whose it is.</param>
/// <param name="WakeAt">Since when it is due: its place among the others, with its id where the time is the same.</param>
public sealed record DueRun(Guid RunId, Guid WorkspaceId, DateTimeOffset WakeAt);
