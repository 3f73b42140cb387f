using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Practice;

/// <summary>Makes a new practice.</summary>
public static class PracticeSetup
{
    /// <summary>Adds a workspace with what a practice needs to begin.</summary>
    public static void Add(StudioWrite write, WorkspaceRow workspace, IdFactory ids)
    {
        write.Db.Add(workspace);
        CalendarSetup.Begin(write, workspace.Id, ids, workspace.CreatedAt);
    }
}
