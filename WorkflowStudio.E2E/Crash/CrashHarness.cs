using WorkflowStudio.E2E.Support;

namespace WorkflowStudio.E2E.Crash;

/// <summary>Kills the real server in the middle of its work, again and again, at random moments and at each fail point, and gathers the facts.</summary>
internal sealed class CrashHarness(int kills, int seed) : IAsyncDisposable
{
    private static readonly TimeSpan PointPatience = TimeSpan.FromSeconds(20);

    private readonly Random random = new(seed);
    private readonly StudioProcess studio = new();
    private readonly Dictionary<int, DateTimeOffset> lives = [];
    private readonly HashSet<string> canceled = [];
    private readonly Dictionary<string, int> reached = [];
    private EffectLedger ledger = null!;
    private CrashClient client = null!;
    private string[] workflows = [];

    /// <summary>How often each place was reached: the names of points, and <c>random</c>.</summary>
    public IReadOnlyDictionary<string, int> Reached => reached;

    /// <summary>How often the server has died.</summary>
    public int Killed { get; private set; }

    /// <summary>Kills as often as asked for, lets everything come to its end, and answers what is known.</summary>
    public async Task<CrashFacts> RunAsync()
    {
        ledger = await EffectLedger.StartAsync();
        client = new CrashClient(studio);
        await DieWhileMigratingAsync();
        Assert.True(await StartAsync());
        await client.SignInAsync();
        var child = await client.MakeAsync(CrashWorkflow.Child(ledger.Host));
        workflows =
        [
            await client.MakeAsync(CrashWorkflow.Mixed(ledger.Host)), await client.MakeAsync(CrashWorkflow.Listed(ledger.Host, child)), await client.MakeAsync(Checkout.Example("graph-create.json")),
        ];
        await studio.KillAsync();
        for (var life = 0; Killed < kills; life++) await LiveAndDieAsync(life);
        return await FinishAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await studio.DisposeAsync();
        await ledger.DisposeAsync();
    }

    private async Task DieWhileMigratingAsync()
    {
        Assert.False(await StartAsync("migration_run:1"), "The tables were made and the fail point was not passed.");
        Died("migration_run");
    }

    private async Task LiveAndDieAsync(int life)
    {
        var points = CrashPoints.AtWork;
        var atPoint = life % 3 != 0;
        var (name, most) = points[life * 2 / 3 % points.Count];
        if (name == "inbox_taken" || life % 4 == 0) AskToCancel();
        var setting = atPoint ? $"{name}:{1 + random.Next(most)}" : null;
        if (!await StartAsync(setting))
        {
            Died(name);
            return;
        }

        if (atPoint) await WorkUntilDeadAsync();
        else await Task.WhenAny(WorkAsync(12), Task.Delay(20 + random.Next(1_500)));
        var byItself = atPoint && await studio.HasEndedWithinAsync(atPoint ? PointPatience / 4 : TimeSpan.Zero);
        await studio.KillAsync();
        Died(byItself ? name : "random");
    }

    private async Task WorkUntilDeadAsync()
    {
        var until = Environment.TickCount64 + PointPatience.TotalMilliseconds;
        for (var i = 0; i < 10 && !studio.HasEnded && Environment.TickCount64 < until; i++) await WorkAsync(4);
    }

    private async Task WorkAsync(int starts)
    {
        await client.SendPendingAsync();
        await Task.WhenAll(Enumerable.Range(0, starts).Select(i => client.StartAsync(workflows[i % 6 == 5 ? 2 : i % 2], i % 2 == 1 ? CrashWorkflow.Event : null)));
        if (client.Acknowledged is { Count: > 3 } known) await client.StatusAsync(known[random.Next(known.Count)]);
    }

    // while nobody runs: what is stored then has to be done by the next life
    private void AskToCancel()
    {
        using var file = new StudioFile(studio.Folder);
        var open = file.Runs("\"Status\" IN (0,1,2) AND \"FinishedAt\" IS NULL").Where(r => !canceled.Contains(r)).ToList();
        if (open.Count == 0) return;
        var run = open[random.Next(open.Count)];
        file.Request(run, 1);
        canceled.Add(run);
    }

    private async Task<CrashFacts> FinishAsync()
    {
        for (var round = 0; round < 3; round++)
        {
            Assert.True(await StartAsync(), studio.Log);
            for (var i = 0; i < 20 && await client.SendPendingAsync() > 0; i++) await Task.Delay(200);
            await UntilAllRestAsync();
            await studio.AskToStopAsync();
            Assert.True(await studio.HasEndedWithinAsync(TimeSpan.FromSeconds(30)), "The server did not stop within 30 s.");
            await studio.KillAsync();
            if (!TryAgainWhatWasSetAside()) break;
        }

        using var file = new StudioFile(studio.Folder);
        return file.Read(new CrashFacts { Acknowledged = client.Acknowledged, ToldEnds = client.Told, CancelAsked = canceled, Lives = lives, Calls = ledger.Calls });
    }

    // three deaths in a row in the turn of a suspect look like its own doing: somebody looks and tries again
    private bool TryAgainWhatWasSetAside()
    {
        using var file = new StudioFile(studio.Folder);
        var aside = file.Runs("\"Status\"=6 AND \"ErrorCode\"='crashed_the_server'");
        foreach (var run in aside) file.Request(run, 5);
        if (aside.Count > 0) reached["set aside"] = reached.GetValueOrDefault("set aside") + aside.Count;
        return aside.Count > 0;
    }

    private async Task UntilAllRestAsync()
    {
        var open = client.Acknowledged.ToHashSet();
        var until = Environment.TickCount64 + 60_000 + (kills * 200);
        var quiet = 0;
        while (open.Count > 0 && quiet < 5 && Environment.TickCount64 < until)
        {
            var before = open.Count;
            var busy = false;
            foreach (var run in open.ToArray())
            {
                var status = await client.StatusAsync(run);
                if (status is "completed" or "failed" or "canceled") open.Remove(run);
                else if (status is not ("waiting" or "paused")) busy = true;
            }

            // what waits for hours is as far as it comes; short waits and retries are over within a second or two
            quiet = busy || open.Count < before ? 0 : quiet + 1;
            await Task.Delay(1_000);
        }
    }

    private Task<bool> StartAsync(string? point = null)
    {
        ledger.Life++;
        lives[ledger.Life] = TimeProvider.System.GetUtcNow();
        (string, string)[] environment = [("STUDIO_ALLOWED_HOSTS", ledger.Host), .. point is null ? [] : new (string, string)[] { ("STUDIO_FAILPOINT", point) }];
        return studio.TryStartAsync(environment);
    }

    private void Died(string where)
    {
        Killed++;
        reached[where] = reached.GetValueOrDefault(where) + 1;
    }
}
