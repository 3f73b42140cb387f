using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime;

/// <summary>Hears of entries once they are durable.</summary>
public interface IRunFeed
{
    /// <summary>Tells the subscribers. Never blocks and never fails: a slow subscriber gets a gap.</summary>
    void Publish(RunIdentity run, IReadOnlyList<JournalEntry> entries);
}
