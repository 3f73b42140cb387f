using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Storage.Workflows;

public abstract class WorkflowWritesTests(TestStore store) : EngineSuite(store)
{
    [Fact]
    public async Task CancelRuns_OfEveryStatus_AsksThoseThatAreNotOver()
    {
        await using var engine = await CreateAsync();
        var ids = engine.Get<IdFactory>();
        var workflow = ids.New();
        var found = await engine.Writer.WriteAsync(w =>
        {
            foreach (var status in Enum.GetValues<RunStatus>())
            {
                DateTimeOffset? finished =
                    status is RunStatus.Done or RunStatus.Failed or RunStatus.Canceled ? engine.Clock.GetUtcNow() : null;
                w.Db.Runs.Add(
                    new RunRow { Id = ids.New(), WorkflowId = workflow, Cause = "manual", Status = status, FinishedAt = finished });
            }

            w.Db.SaveChanges();
            w.CancelRuns(workflow, Guid.Empty, "Dana", engine.Clock.GetUtcNow());
            w.Db.SaveChanges();
            return w.Db.RunInbox.Where(i => i.Kind == RunRequestKind.Cancel && i.By == "Dana").Select(i => i.RunId).ToList()
                .Select(id => w.Db.Runs.Find(id)!.Status).Order().ToList();
        });

        Assert.Equal([RunStatus.Queued, RunStatus.Running, RunStatus.Waiting, RunStatus.Paused], found);
    }
}
