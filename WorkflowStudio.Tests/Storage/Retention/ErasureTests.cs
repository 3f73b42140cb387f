using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Documents;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Writing;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Api.Webhooks;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Postgres;

namespace WorkflowStudio.Tests.Storage.Retention;

/// <summary>What hangs on a workflow alone goes when it is erased, more of it than one write takes.</summary>
public abstract class ErasureTests(StudioApp app)
{
    private const int MoreThanTwoPieces = 205;

    [Fact]
    public async Task Erased_TakesItsDocumentsAndTheLinesOfItsTriggersAlong()
    {
        var practice = await app.PracticeAsync();
        var (erased, kept) = (await FilledAsync(practice), await FilledAsync(practice));

        var done = await app.Get<DeleteWorkflow>().RunAsync(practice.Owner, erased, "graph");

        Assert.True(done.Ok);
        Assert.Equal((0, 0), await CountAsync(erased));
        Assert.Equal((MoreThanTwoPieces, MoreThanTwoPieces), await CountAsync(kept));
    }

    [Fact]
    public async Task Erased_TakesDocumentsThatItsRunsHadInheritedAlong_AndGivesTheirRoomBack()
    {
        var practice = await app.PracticeAsync();
        var (cameTo, erased) = (await FilledAsync(practice, 0), await FilledAsync(practice, 0));
        var (tenant, now) = (practice.Owner.Tenant, app.Get<TimeProvider>().GetUtcNow());
        var (first, last, other) = (NewIds.Next(), NewIds.Next(), NewIds.Next());
        await app.Get<IStudioWriter>().WriteAsync(tenant.WorkspaceId, write =>
        {
            Assert.True(StoredDocuments.Take(write.Db, tenant.WorkspaceId, 4, long.MaxValue));
            foreach (var (run, workflow) in new[] { (first, erased), (last, erased), (other, cameTo) })
                write.Db.Add(new RunRow
                {
                    Id = run, WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, WorkflowId = workflow, VersionSerial = 1,
                    Cause = "webhook", Status = RunStatus.Done, CreatedAt = now, FinishedAt = now, RetryOf = run == last ? first : null,
                });
            foreach (var run in new[] { first, last, last, other })
            {
                var document = Document(tenant, cameTo, now);
                document.RunId = run;
                write.Db.Add(document);
            }

            return 0;
        });

        Assert.True((await app.Get<DeleteWorkflow>().RunAsync(practice.Owner, erased, "graph")).Ok);

        await using var db = await app.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
        Assert.Equal([other], await db.Set<DocumentRow>().Where(d => d.WorkflowId == cameTo).Select(d => d.RunId!.Value).ToListAsync());
        Assert.Equal(1, await db.Workspaces.Where(w => w.Id == tenant.WorkspaceId).Select(w => w.DocumentBytes).SingleAsync());
        Assert.Empty(await db.Runs.Where(r => r.WorkflowId == erased).ToListAsync());
    }

    private async Task<Guid> FilledAsync(TestPractice practice, int rows = MoreThanTwoPieces)
    {
        Assert.True(ShownId.TryRead(await practice.HookAsync(), out var workflow));
        var (tenant, now) = (practice.Owner.Tenant, app.Get<TimeProvider>().GetUtcNow());
        await app.Get<IStudioWriter>().WriteAsync(tenant.WorkspaceId, write =>
        {
            foreach (var _ in Enumerable.Range(0, rows))
                write.Db.AddRange(Document(tenant, workflow, now), Line(tenant, workflow, now));
            return write.Db.SaveChanges();
        });
        return workflow;
    }

    private static DocumentRow Document(Tenant tenant, Guid workflow, DateTimeOffset now) => new()
    {
        Id = NewIds.Next(),
        WorkspaceId = tenant.WorkspaceId,
        Environment = tenant.Environment,
        CreatedAt = now,
        Name = "a.txt",
        ContentType = "text/plain",
        Size = 1,
        Sha256 = new byte[32],
        Content = [1],
        WorkflowId = workflow,
    };

    private static TriggerLogRow Line(Tenant tenant, Guid workflow, DateTimeOffset now) => new()
    {
        WorkspaceId = tenant.WorkspaceId,
        Environment = tenant.Environment,
        At = now,
        WorkflowId = workflow,
        Cause = "webhook",
    };

    private async Task<(int Documents, int Lines)> CountAsync(Guid workflow)
    {
        await using var db = await app.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
        return (await db.Set<DocumentRow>().CountAsync(d => d.WorkflowId == workflow),
            await db.Set<TriggerLogRow>().CountAsync(t => t.WorkflowId == workflow));
    }
}

[Collection(StudioAppTests.Name)]
public sealed class SqliteErasureTests(StudioApp app) : ErasureTests(app);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresErasureTests(PostgresServer server) : ErasureTests(server.Studio);
