using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Tests.Support;

/// <summary>Workflows that listen for events of a practice, and of which events runs were started.</summary>
internal static class PracticeListeners
{
    /// <summary>Makes a workflow for each event.</summary>
    public static void Listen(this PracticeFixture practice, params string[] events)
    {
        using var db = practice.CreateDbContext();
        foreach (var name in events)
        {
            var workflow = new WorkflowRow
            {
                Id = practice.Ids.New(), WorkspaceId = practice.Tenant.WorkspaceId, Environment = practice.Tenant.Environment, Name = name,
                Slug = name, Origin = "studio", TriggerType = "event", Status = WorkflowStatus.Active,
            };
            var version = new WorkflowVersionRow
            {
                WorkflowId = workflow.Id,
                Number = 1,
                EditorState = "{}",
                Definition = StoredDefinitions.Text(
                    WorkflowDefinition.Empty with { Trigger = new WorkflowTrigger { Type = "event", Event = name } }),
            };
            db.AddRange(workflow, version);
            db.SaveChanges();
            workflow.ActiveSerial = version.Serial;
            db.SaveChanges();
        }
    }

    /// <summary>The events of which runs were started, in their order.</summary>
    public static List<string> Told(this PracticeFixture practice)
    {
        using var db = practice.CreateDbContext();
        var names = db.Workflows.ToDictionary(w => w.Id, w => w.Name);
        return [.. practice.Writer.Starts.Select(s => names[s.Run.WorkflowId])];
    }
}
