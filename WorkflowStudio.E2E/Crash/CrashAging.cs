using System.Globalization;

namespace WorkflowStudio.E2E.Crash;

/// <summary>
/// Lets runs grow old: what was asked is answered first (keys are forgotten after a day), what is over is remembered, then a day passes at
/// once and the server is killed while it packs and deletes.
/// </summary>
internal sealed class CrashAging(CrashServer server, CrashClient client, CrashControl control)
{
    private const int Days = 2;

    private readonly CrashMemory memory = new();

    /// <summary>How long runs are kept, and how long they are not packed.</summary>
    public static (TimeSpan Kept, TimeSpan Unpacked) Rules { get; } = (TimeSpan.FromDays(Days), TimeSpan.FromDays(1));

    /// <summary>The finished runs, as they were last seen.</summary>
    public CrashMemory Memory => memory;

    /// <summary>Sets the rules.</summary>
    public Task SetRulesAsync()
    {
        var days = Days.ToString(CultureInfo.InvariantCulture);
        return server.Studio.CommandAsync("practice", "retention", "--workspace", "demo", "--environment", "live", "--done", days,
            "--failed", days, "--canceled", days, "--pack", "1");
    }

    /// <summary>A day and an hour pass; the first passes are killed.</summary>
    public async Task AgeAsync()
    {
        Assert.True(await server.StartAsync(), server.Studio.Log);
        await SettleAsync();
        await server.KillAsync("random");
        PassDay();
        for (var pass = 1; pass <= 3; pass++)
        {
            var died = !await server.StartAsync($"retention_batch:{pass}")
                || await server.Studio.HasEndedWithinAsync(TimeSpan.FromSeconds(8));
            await server.KillAsync(died ? "retention_batch" : "random");
        }
    }

    /// <summary>Everything that is asked is answered, and what was paused goes on.</summary>
    public async Task SettleAsync()
    {
        for (var i = 0; i < 900 && await client.SendPendingAsync() + control.Open > 0; i++)
        {
            await control.StepAsync(more: false);
            await Task.Delay(200);
        }
    }

    /// <summary>Remembers what is over and sets the clock a day ahead; the server is dead.</summary>
    public void PassDay()
    {
        using (var tables = server.Tables()) memory.Learn(tables.Read(new CrashFacts()));
        server.Skip(TimeSpan.FromHours(25));
    }

    /// <summary>Waits until the server has deleted what is old.</summary>
    public async Task UntilOldIsGoneAsync()
    {
        // one that another run started stays as long as that one is open
        var old = memory.OldAt(server.Now - Rules.Kept).FindAll(r => r.Parent is null);
        for (var i = 0; i < 900 && old.Count > 0; i++)
        {
            if (await client.IsThereAsync(old[^1].Id)) await Task.Delay(200);
            else old.RemoveAt(old.Count - 1);
        }
    }

    /// <summary>Reads some journals that are packed by now, through the API: each has to be whole.</summary>
    public async Task ReadPackedAsync()
    {
        var packed = memory.OldAt(server.Now - Rules.Unpacked).Except(memory.OldAt(server.Now - Rules.Kept)).ToList();
        foreach (var run in packed.Where((_, i) => i % (1 + (packed.Count / 20)) == 0))
            memory.Compare(run, await client.LastSeqAsync(run.Id));
    }
}
