using WorkflowStudio.E2E.Support;

namespace WorkflowStudio.E2E.Crash;

/// <summary>An orderly stop in the middle of work.</summary>
public sealed class StopTests
{
    private const int Runs = 200;

    [Fact]
    public async Task Stopped_WithCallsUnderWay_HandsItsWorkBack()
    {
        await using var ledger = await EffectLedger.StartAsync();
        ledger.Slowness = TimeSpan.FromMinutes(5);
        await using var studio = new StudioProcess();
        var client = await BeginAsync(ledger, studio);
        await studio.AskToStopAsync();
        Assert.True(await studio.HasEndedWithinAsync(StudioProcess.Patience)); // the calls would take five minutes
        await studio.KillAsync();
        Assert.Equal([], Crashed(studio));

        (ledger.Slowness, ledger.Life) = (TimeSpan.Zero, 2);
        Assert.True(await studio.TryStartAsync(("STUDIO_ALLOWED_HOSTS", ledger.Host)), studio.Log);
        foreach (var run in client.Acknowledged)
            for (var i = 0; i < 3_600 && await client.StatusAsync(run) is not "completed"; i++) await Task.Delay(50);
        await studio.KillAsync();
        Assert.Equal([], Crashed(studio));
        using var tables = new StudioTables(new SqliteStore(), studio.Folder);
        var facts = tables.Read(new CrashFacts { Acknowledged = client.Acknowledged, ToldEnds = client.Told, Calls = ledger.Calls });
        Assert.Equal([], CrashChecker.Check(facts));
        Assert.Equal((Runs, Runs), (facts.Runs.Count(r => r.Status == StoredRun.Done), facts.Calls.Count(c => c.Step == "after")));
        Assert.All(facts.Calls.Where(c => c.Step == "slow").GroupBy(c => c.Key), calls => Assert.Equal(2, calls.Count()));
    }

    [Fact]
    public async Task Stopped_AndKilledWhileItHandsBack_LosesNothing()
    {
        await using var ledger = await EffectLedger.StartAsync();
        await using var studio = new StudioProcess();
        Assert.True(
            await studio.TryStartAsync(("STUDIO_ALLOWED_HOSTS", ledger.Host), ("STUDIO_FAILPOINT", "hand_back_written:3")), studio.Log);
        await studio.AskToStopAsync();
        Assert.True(await studio.HasEndedWithinAsync(StudioProcess.Patience));
        await studio.KillAsync();
        Assert.True(await studio.TryStartAsync(("STUDIO_ALLOWED_HOSTS", ledger.Host)), studio.Log);
        var client = new CrashClient(studio);
        await client.SignInAsync();
        await client.StartAsync(await client.MakeAsync(CrashWorkflow.Single("first", ledger.Host)));
        for (var i = 0; i < 3_600 && await client.StatusAsync(client.Acknowledged[0]) is not "completed"; i++) await Task.Delay(50);

        Assert.Single(ledger.Calls);
    }

    private static async Task<CrashClient> BeginAsync(EffectLedger ledger, StudioProcess studio)
    {
        ledger.Life = 1;
        Assert.True(await studio.TryStartAsync(("STUDIO_ALLOWED_HOSTS", ledger.Host)), studio.Log);
        var client = new CrashClient(studio);
        await client.SignInAsync();
        var slow = await client.MakeAsync(CrashWorkflow.Slow(ledger.Host));
        for (var i = 0; i < Runs / 20; i++) await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.StartAsync(slow)));
        Assert.Equal(Runs, client.Acknowledged.Count);
        for (var i = 0; i < 3_600 && ledger.Calls.Count < Runs; i++) await Task.Delay(50);
        Assert.Equal(Runs, ledger.Calls.Count);
        return client;
    }

    private static IReadOnlyList<string> Crashed(StudioProcess studio)
    {
        using var tables = new StudioTables(new SqliteStore(), studio.Folder);
        return tables.Runs("\"Crashes\"<>0");
    }
}
