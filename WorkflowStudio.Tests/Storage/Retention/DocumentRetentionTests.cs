using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Practice.Documents;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Storage.Retention;

/// <summary>What a post brought goes with the last run that names it.</summary>
public abstract class DocumentRetentionTests(TestStore kind) : IAsyncLifetime
{
    private RetentionFixture store = null!;

    public async Task InitializeAsync() => store = await RetentionFixture.CreateAsync(kind);

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task Pass_OldRuns_TakeTheirDocumentsAlong()
    {
        var (old, young) = (await store.AddAsync(RunStatus.Done, 91), await store.AddAsync(RunStatus.Done, 89));
        foreach (var size in new[] { 3, 4, 3 << 20, 2 << 20 }) await FileAsync(old, size);
        await FileAsync(young, 5);

        await store.PassAsync();

        Assert.Equal([(young, 5)], await FilesAsync());
        Assert.Equal(5, await TotalAsync());
        Assert.Equal(0, await store.RowsAsync("run_remains", old));
    }

    [Fact]
    public async Task Pass_ARunThatIsRepeated_LeavesItsDocumentsToTheRepetition()
    {
        var first = await store.AddAsync(RunStatus.Failed, 181);
        var second = await store.AddAsync(RunStatus.Failed, 150);
        var child = await store.AddAsync(RunStatus.Failed, 140);
        await LinkAsync(second, w => w.SetProperty(r => r.RetryOf, first));
        await LinkAsync(child, w => w.SetProperty(r => r.ParentId, second));
        await FileAsync(first, 7);

        await store.PassAsync();
        Assert.Equal([(second, 7)], await FilesAsync());
        Assert.Equal(7, await TotalAsync());

        store.Harness.Clock.Advance(TimeSpan.FromDays(35));
        await store.PassAsync();
        Assert.Equal([(child, 7)], await FilesAsync());

        store.Harness.Clock.Advance(TimeSpan.FromDays(10));
        await store.PassAsync();
        Assert.Empty(await FilesAsync());
        Assert.Equal(0, await TotalAsync());
    }

    [Fact]
    public async Task Pass_ARunWhoseEventStartedOneThatIsNotOver_LeavesItsDocumentsToIt()
    {
        var posted = await store.AddAsync(RunStatus.Done, 91);
        var listened = await store.AddAsync(RunStatus.Waiting, 91);
        var over = await store.AddAsync(RunStatus.Done, 10);
        var stranger = await store.AddAsync(RunStatus.Waiting, 91);
        foreach (var run in new[] { listened, over }) await LinkAsync(run, w => w.SetProperty(r => r.RootId, posted));
        await LinkAsync(stranger, w => w.SetProperty(r => r.RootId, over));
        await FileAsync(posted, 7);

        await store.PassAsync();
        Assert.Equal((false, true), (await store.ExistsAsync(posted), await store.ExistsAsync(listened)));
        Assert.Equal([(listened, 7)], await FilesAsync());

        var now = store.Harness.Clock.GetUtcNow();
        await LinkAsync(listened, w => w.SetProperty(r => r.Status, RunStatus.Done).SetProperty(r => r.FinishedAt, now));
        store.Harness.Clock.Advance(TimeSpan.FromDays(89));
        await store.PassAsync();
        Assert.Equal([(listened, 7)], await FilesAsync());

        store.Harness.Clock.Advance(TimeSpan.FromDays(2));
        await store.PassAsync();
        Assert.Empty(await FilesAsync());
        Assert.Equal(0, await TotalAsync());
    }

    private Task LinkAsync(
        Guid run, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<WorkflowStudio.Engine.Storage.Rows.RunRow>> set) =>
        store.Harness.Writer.WriteAsync(w => w.Db.Runs.Where(r => r.Id == run).ExecuteUpdate(set));

    private Task FileAsync(Guid run, int size) => store.Harness.Writer.WriteAsync(w =>
    {
        Assert.True(StoredDocuments.Take(w.Db, EngineHarness.Tenant.WorkspaceId, size, long.MaxValue));
        w.Db.Add(new DocumentRow
        {
            Id = NewIds.Next(), WorkspaceId = EngineHarness.Tenant.WorkspaceId, Environment = EngineHarness.Tenant.Environment,
            CreatedAt = store.Harness.Clock.GetUtcNow(), Name = "a.txt", ContentType = "text/plain", Size = size, Sha256 = new byte[32],
            Content = new byte[size], RunId = run,
        });
        return 0;
    });

    private async Task<IEnumerable<(Guid?, long)>> FilesAsync() => await store.Harness.Writer.WriteAsync(w =>
        w.Db.Set<DocumentRow>().Select(d => new { d.RunId, d.Size }).ToList().Select(d => (d.RunId, d.Size)).ToList());

    private Task<long> TotalAsync() => store.Harness.Writer.WriteAsync(w =>
        w.Db.Workspaces.Where(o => o.Id == EngineHarness.Tenant.WorkspaceId).Select(o => o.DocumentBytes).Single());
}
