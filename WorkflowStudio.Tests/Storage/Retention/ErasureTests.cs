using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Documents;
using WorkflowStudio.Engine.Storage;
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

    private async Task<Guid> FilledAsync(TestPractice practice)
    {
        Assert.True(ShownId.TryRead(await practice.HookAsync(), out var workflow));
        var (tenant, now) = (practice.Owner.Tenant, app.Get<TimeProvider>().GetUtcNow());
        await app.Get<IStudioWriter>().WriteAsync(tenant.WorkspaceId, write =>
        {
            foreach (var _ in Enumerable.Range(0, MoreThanTwoPieces))
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
