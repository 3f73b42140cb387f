using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Journal;

/// <summary>A run as it is stored.</summary>
public sealed record RunRecord(RunIdentity Run, RunStatus Status, IReadOnlyList<JournalEntry> Entries)
{
    /// <summary>How the concurrency rule treats it.</summary>
    public RunGate Gate { get; init; }

    /// <summary>
    /// How often a server died while it was in execution since it last got on; below zero while it is tried as the only suspect.
    /// </summary>
    public int Crashes { get; init; }

    /// <summary>When it has to be looked at; null when it is over.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>How often a server died while it was tried as the only suspect, since it last got on.</summary>
    public int Trials { get; init; }
}
