using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Runtime;

/// <summary>What is asked of a run and the answer to it are stored together, or not at all.</summary>
public abstract class RunRequestTests(TestStore store) : EngineSuite(store)
{
    [Fact]
    public async Task Request_WithAnAnswer_StoresBothOnce()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var id = await engine.RunAsync(Flows.Of("trigger > a:echo"));
        await engine.Runs.RequestAsync(EngineHarness.Tenant, id, RunRequestKind.Pause, null, "Ada", Answer("first"));
        Assert.Equal((1, "first"), (engine.InboxCount(id), await StoredAsync(engine)));

        // another node was quicker with the same key: nothing is asked a second time
        await Assert.ThrowsAnyAsync<DbException>(
            () => engine.Runs.RequestAsync(EngineHarness.Tenant, id, RunRequestKind.Pause, null, "Ada", Answer("second")));
        await Assert.ThrowsAnyAsync<DbException>(
            () => engine.Runs.SignalAsync(EngineHarness.Tenant, id, "news", default, "Ada", Answer("third")));
        Assert.Equal((1, "first"), (engine.InboxCount(id), await StoredAsync(engine)));
    }

    [Fact]
    public async Task Request_ToARunThatIsOver_StoresNoAnswer()
    {
        await using var engine = await StartAsync(ScriptedNode.Echo());
        var id = await engine.RunAsync(Flows.Of("trigger > a:echo"));
        await engine.UntilAsync(id, RunStatus.Done);
        Assert.Equal(
            RunStatus.Done, await engine.Runs.RequestAsync(EngineHarness.Tenant, id, RunRequestKind.Cancel, null, "Ada", Answer("late")));
        Assert.Equal((0, null), (engine.InboxCount(id), await StoredAsync(engine)));
    }

    private static KeptAnswer Answer(string body) =>
        new(EngineHarness.Tenant, "POST", "/cancel", "once", [1], DateTimeOffset.UnixEpoch) { Status = 202, Body = body };

    private static async Task<string?> StoredAsync(EngineHarness engine)
    {
        await using var db = await engine.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
        return (await db.Idempotency.SingleOrDefaultAsync())?.Body;
    }
}
