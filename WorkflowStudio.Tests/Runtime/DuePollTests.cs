using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Runtime;

/// <summary>One question for the shards of a node.</summary>
public abstract class DuePollTests(TestStore store) : EngineSuite(store)
{
    [Fact]
    public async Task Ask_OfAllShardsAtOnce_AnswersEachWithItsOwn_AgainAndAgain()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var version = await engine.PublishAsync(Flows.Of("trigger > a:echo"));
        var runs = new List<Guid>();
        for (var i = 0; i < 100; i++) runs.Add(await engine.StartRunAsync(version));
        engine.Clock.Advance(TimeSpan.FromSeconds(5)); // what was queued a moment ago is left to its bell
        var poll = new DuePoll(engine.Journal, engine.Clock);
        for (var round = 0; round < 2; round++)
        {
            using var gaveUp = new CancellationTokenSource();
            var one = poll.AskAsync(0, 64, gaveUp.Token);
            await gaveUp.CancelAsync();
            var answers = await Task.WhenAll(Enumerable.Range(0, RunBell.Shards).Select(shard => poll.AskAsync(shard, 64, default)));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);

            for (var shard = 0; shard < RunBell.Shards; shard++)
                Assert.Equal(runs.Where(r => RunBell.ShardOf(r) == shard).Order(), answers[shard].Order());
        }
    }
}
