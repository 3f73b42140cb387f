using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Journal;

/// <summary>Entries to be appended, and the header that goes with them.</summary>
/// <param name="Run">The run.</param>
/// <param name="Epoch">The owner's epoch.</param>
/// <param name="Entries">The entries, in order; may be empty when only the header moves.</param>
/// <param name="Header">The header afterwards.</param>
/// <param name="Waits">The steps that began to wait.</param>
/// <param name="EndedWaits">The steps that no longer wait.</param>
/// <param name="InboxTaken">The requests that are journaled with it, by id. Not "all up to an id": another node's request may become
/// durable later and yet have the smaller id.</param>
public sealed record RunAppend(
    RunIdentity Run, long Epoch, IReadOnlyList<JournalEntry> Entries, RunHeader Header,
    IReadOnlyList<RunWait> Waits, IReadOnlyList<WaitPlace> EndedWaits, IReadOnlyList<long> InboxTaken)
{
    /// <summary>Runs that this one starts, in the same transaction.</summary>
    public IReadOnlyList<RunStart> Starts { get; init; } = [];

    /// <summary>Whether the run gets on by it: a step that writes lines and then kills the server does not.</summary>
    public bool GetsOn
    {
        get
        {
            for (var i = 0; i < Entries.Count; i++)
                if (Entries[i].Event is not RunEvent.Log) return true;
            return false;
        }
    }

    /// <summary>Whether the run is set aside: then it is not due before the header says so, whatever lies in its inbox.</summary>
    public bool IsSetAside { get; init; }

    /// <summary>
    /// The concurrency rule of the run's workflow: when the run is over, the next one that is held begins. Null for none.
    /// </summary>
    public ConcurrencyRule? Concurrency { get; init; }

    /// <summary>What a parent that waits for this run is told when it is over; undefined for none.</summary>
    public JsonElement Result { get; init; }
}
