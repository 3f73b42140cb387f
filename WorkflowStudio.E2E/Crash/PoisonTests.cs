using System.Diagnostics;
using WorkflowStudio.E2E.Support;

namespace WorkflowStudio.E2E.Crash;

/// <summary>A step that kills the server whenever it is called.</summary>
public sealed class PoisonTests
{
    [Fact]
    public async Task StepThatKillsTheServer_IsSetAsideAfterThreeDeathsInItsTurn_AndNobodyElseIsHarmed()
    {
        await using var ledger = await EffectLedger.StartAsync();
        await using var studio = new StudioProcess();
        var deaths = 0;
        // each life begins some minutes later by its clock: so long the run is put off between its turns
        (string, string)[] Environment() =>
            [("STUDIO_ALLOWED_HOSTS", ledger.Host), ("STUDIO_FAILPOINT", "before_step:poison"),
                ("STUDIO_CLOCK_OFFSET", TimeSpan.FromMinutes(3 * deaths).ToString("c"))];
        Assert.True(await studio.TryStartAsync(Environment()), studio.Log);
        var client = new CrashClient(studio);
        await client.SignInAsync();
        var harmless = await client.MakeAsync(CrashWorkflow.Mixed(ledger.Host));
        var poison = await client.MakeAsync(CrashWorkflow.Single("poison", ledger.Host));
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => client.StartAsync(harmless)));
        await client.StartAsync(poison);
        for (; deaths < 8 && await DiesAsync(studio, client, poison);)
        {
            await studio.KillAsync();
            deaths++;
            while (!await studio.TryStartAsync(Environment())) deaths++;
            await client.SendPendingAsync();
        }

        foreach (var run in client.Acknowledged)
            for (var i = 0; i < 3_600 && await client.StatusAsync(run) is not ("completed" or "failed" or "canceled")
                && client.Told.Count < 100; i++) await Task.Delay(50);
        Assert.False(studio.HasEnded, studio.Log);
        await studio.KillAsync();
        using var tables = new StudioTables(new SqliteStore(), studio.Folder);
        var facts = tables.Read(new CrashFacts { Acknowledged = client.Acknowledged, ToldEnds = client.Told, Calls = ledger.Calls });
        var aside = Assert.Single(facts.Runs, r => r.Status == StoredRun.Paused);

        // two make a suspect of it, three more in its own turns convict it
        Assert.Equal((5, "crashed_the_server"), (deaths, aside.ErrorCode));
        Assert.Equal(100, facts.Runs.Count(r => r.Status == StoredRun.Done));
        Assert.DoesNotContain(facts.Calls, c => c.Step == "poison");
        Assert.Equal([], CrashChecker.Check(facts with { Calls = [] }));
    }

    // the run is called again and again until the server sets it aside, and with each call the server dies
    private static async Task<bool> DiesAsync(StudioProcess studio, CrashClient client, string poison)
    {
        for (var watch = Stopwatch.StartNew(); !studio.HasEnded && watch.Elapsed < StudioProcess.Patience; await Task.Delay(20))
            if (client.Acknowledged.FirstOrDefault(run => client.WorkflowOf(run) == poison) is { } run
                && await client.StatusAsync(run) == "paused") return false;
        return studio.HasEnded;
    }
}
