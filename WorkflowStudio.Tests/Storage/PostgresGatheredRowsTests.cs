using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;
using WorkflowStudio.Tests.Support.Postgres;

namespace WorkflowStudio.Tests.Storage;

/// <summary>Changes of headers that gather to one statement: what came last stands, and nothing is lost.</summary>
[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresGatheredRowsTests(PostgresServer server)
{
    [Fact]
    public async Task Headers_ThatAreChangedTwiceInOneCommit_AreAsTheLastChangeSaid()
    {
        await using var engine = await EngineHarness.CreateAsync(server, [ScriptedNode.Echo()]);
        var version = await engine.PublishAsync(Flows.Of("trigger > a:echo"));
        var runs = new List<RunIdentity>();
        for (var i = 0; i < 100; i++) runs.Add((await engine.Journal.LoadAsync(await engine.StartRunAsync(version), default))!.Run);
        var epochs = new long[RunBell.Shards];
        for (var shard = 0; shard < epochs.Length; shard++)
            epochs[shard] = await engine.Journal.ClaimAsync(shard, engine.Clock.GetUtcNow(), default);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(engine.Clock.GetUtcNow().ToUnixTimeMilliseconds());

        await Task.WhenAll(runs.SelectMany(run => new Task[]
        {
            engine.Journal.AppendAsync(
                Append(run, 2, new RunHeader(RunStatus.Running, "a", 0, now.AddMinutes(1), null, null, null)), default),
            engine.Journal.AppendAsync(
                Append(run, 3, new RunHeader(RunStatus.Waiting, "a", 1, now.AddMinutes(2), null, null, null)), default),
            engine.Journal.SetCrashesAsync(run, epochs[run.Shard], 0, 0, default),
            engine.Journal.PostponeAsync(run.RunId, run.Shard, epochs[run.Shard], now.AddMinutes(3), default),
        }));

        await using var db = await engine.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
        var rows = await db.Runs.ToListAsync();
        Assert.Equal([(RunStatus.Waiting, 3L, 1, now.AddMinutes(3), 0)],
            rows.Select(r => (r.Status, r.LastSeq, r.StepsDone, r.WakeAt!.Value, r.Crashes)).Distinct());

        RunAppend Append(RunIdentity run, long seq, RunHeader header) =>
            new(run, epochs[run.Shard], [new JournalEntry(seq, now, new RunEvent.Log("a", 1, Engine.Nodes.NodeLogLevel.Info, "x"))], header,
                [], [], []);
    }
}
