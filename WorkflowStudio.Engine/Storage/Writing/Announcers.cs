using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Writing;

/// <summary>All who hear of runs and workflows, one after the other.</summary>
internal sealed class Announcers(IEnumerable<IAnnouncer> all) : IAnnouncer
{
    private readonly IAnnouncer[] all = [.. all];

    public bool MayStartRuns(RunAppend append)
    {
        foreach (var one in all)
            if (one.MayStartRuns(append)) return true;
        return false;
    }

    public void Started(WriteSession session, RunStart start)
    {
        foreach (var one in all) one.Started(session, start);
    }

    public void Appended(WriteSession session, RunAppend append)
    {
        foreach (var one in all) one.Appended(session, append);
    }

    public void Changed(WriteSession session, WorkflowRow workflow, WorkflowChange change)
    {
        foreach (var one in all) one.Changed(session, workflow, change);
    }
}
