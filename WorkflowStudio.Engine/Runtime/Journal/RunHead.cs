using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Journal;

/// <summary>What is known of a run without its journal.</summary>
/// <param name="Run">Whose it is.</param>
/// <param name="Status">Its status.</param>
/// <param name="LastSeq">The number of its last entry.</param>
/// <param name="CurrentNode">The step it stands at.</param>
/// <param name="StepsDone">How many steps have run to their end.</param>
/// <param name="Waits">Where it waits.</param>
public sealed record RunHead(
    RunIdentity Run, RunStatus Status, long LastSeq, string? CurrentNode, int StepsDone, IReadOnlyList<WaitPlace> Waits)
{
    /// <summary>Whether nothing more happens to it.</summary>
    public bool IsOver => Status is RunStatus.Done or RunStatus.Failed or RunStatus.Canceled;
}
