using System.Text.Json;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Journal;

/// <summary>Something that somebody wants of a run.</summary>
/// <param name="Id">Its place in the inbox; 0 before it is stored.</param>
/// <param name="Kind">What.</param>
/// <param name="NodeId">The step that is meant; null means every waiting one.</param>
/// <param name="Name">The name of a signal.</param>
/// <param name="Data">What a signal carries; undefined for nothing.</param>
/// <param name="By">Who asked.</param>
public sealed record RunRequest(long Id, RunRequestKind Kind, string? NodeId, string? Name, JsonElement Data, string? By)
{
    /// <summary>The iterations of the step that is meant; null means every one.</summary>
    public string? Iteration { get; init; }

    /// <summary>The number of the signal; 0 for none.</summary>
    public long SignalId { get; init; }

    /// <summary>
    /// Whether the run is rung for. A paused one may be one that cannot be read, and only the poll knows that: what can wait is left to it.
    /// </summary>
    internal bool Rings(RunStatus status) => status != RunStatus.Paused || Kind is RunRequestKind.Cancel or RunRequestKind.Resume;
}
