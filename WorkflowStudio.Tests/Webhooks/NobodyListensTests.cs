using System.Text.Json;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Engine.Storage.Writing;
using WorkflowStudio.Engine.Webhooks;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Webhooks;

/// <summary>What webhooks cost those who have none, and the courier that looks for some.</summary>
public sealed class NobodyListensTests
{
    [Fact]
    public async Task Append_WhereNobodyListens_TakesNoMemory()
    {
        await using var desk = await WebhookDesk.CreateAsync(TestStore.Sqlite);
        await desk.ListenAsync(caller: WebhookDesk.InSandbox);
        var announcer = desk.Engine.Get<IAnnouncer>();
        await desk.HappenAsync(); // who listens is read once
        Assert.Equal(0, Taken(announcer));
    }

    [Fact]
    public async Task Append_OfWhatNobodyHearsOf_TakesNoMemory()
    {
        await using var desk = await WebhookDesk.CreateAsync(TestStore.Sqlite);
        await desk.ListenAsync(WebhookDialect.Blocks);
        var announcer = desk.Engine.Get<IAnnouncer>();
        await desk.HappenAsync(); // who listens is read once
        Assert.Equal(0, Taken(announcer));
    }

    [Fact]
    public async Task Lanes_AreReadFromTheirIndexAlone()
    {
        await using var desk = await WebhookDesk.CreateAsync(TestStore.Sqlite);
        await using var connection = await desk.Engine.Get<StudioDatabase>().OpenAsync(default);
        await using var command = JournalReading.Command(connection, $"EXPLAIN QUERY PLAN {DeliveryLanes.Sql}");
        await using var reader = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await reader.ReadAsync()) plan.Add(reader.GetString(3));
        Assert.DoesNotContain(plan, l => l.Contains("TEMP B-TREE", StringComparison.Ordinal));
        Assert.All(
            plan.Where(l => l.Contains("webhook_deliveries", StringComparison.Ordinal)
                || l.StartsWith("SEARCH d", StringComparison.Ordinal)),
            l => Assert.Contains("IX_webhook_deliveries_EndpointId_NextTryAt", l, StringComparison.Ordinal));
    }

    // the least of some rounds: what is made once is no cost of an append
    private static long Taken(IAnnouncer announcer)
    {
        var (append, least) = (Append(), long.MaxValue);
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1_000; i++) announcer.Appended(null!, append);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static RunAppend Append()
    {
        var run = new RunIdentity(Guid.Empty, EngineHarness.Tenant, Guid.Empty, 1, 0);
        JournalEntry[] entries = [.. Enumerable.Range(2, 8).Select(i =>
            new JournalEntry(i, DateTimeOffset.UnixEpoch, new RunEvent.StepCompleted("a", 1, JsonElement.Parse("{}"), null)))];
        return new RunAppend(run, 1, entries, default, [], [], []);
    }
}
