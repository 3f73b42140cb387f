using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Tests.Events;

/// <summary>Undoes the transaction in which a run ends, after all others heard of it.</summary>
internal sealed class Cut(Func<bool> isOut) : IAnnouncer
{
    public bool MayStartRuns(RunAppend append) => false;

    public void Started(WriteSession session, RunStart start)
    {
        // only ends are cut
    }

    public void Appended(WriteSession session, RunAppend append)
    {
        if (append.Header.FinishedAt is not null && isOut()) throw new InvalidTimeZoneException("cut");
    }

    public void Changed(WriteSession session, WorkflowRow workflow, WorkflowChange change)
    {
        // only ends are cut
    }
}
