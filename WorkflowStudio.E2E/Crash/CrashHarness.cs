using WorkflowStudio.E2E.Support;

namespace WorkflowStudio.E2E.Crash;

/// <summary>
/// Kills the real server in the middle of its work, again and again, at random moments and at each fail point, and gathers the facts.
/// </summary>
internal sealed class CrashHarness : IAsyncDisposable
{
    private const int BetweenDays = 200;
    private static readonly TimeSpan PointPatience = TimeSpan.FromSeconds(20);

    private readonly int kills;
    private readonly int firstPoint;
    private readonly Random random;
    private readonly EffectLedger ledger;
    private readonly CrashServer server;
    private readonly CrashClient client;
    private readonly CrashControl control;
    private readonly CrashAging aging;
    private readonly HashSet<string> canceled = [];
    private string[] workflows = [];
    private string timed = "";

    private CrashHarness(CrashStore store, EffectLedger ledger, int kills, int seed)
    {
        // a few kills reach other points with another seed
        (this.ledger, this.kills, firstPoint, random) = (ledger, kills, 10 * (seed - 1), new Random(seed));
        server = new CrashServer(store, ledger);
        client = new CrashClient(server.Studio);
        control = new CrashControl(server.Studio, client, ledger, random);
        aging = new CrashAging(server, client, control);
    }

    /// <summary>How often each place was reached: the names of points, and <c>random</c>.</summary>
    public IReadOnlyDictionary<string, int> Reached => server.Reached;

    /// <summary>How often the server has died.</summary>
    public int Killed => server.Killed;

    /// <summary>
    /// Whether enough was asked and done for the promises to be held against. On a busy machine many lives end before anything is answered.
    /// </summary>
    public bool HasWorked =>
        client.Acknowledged.Count > 3 * kills && ledger.Calls.Count > 3 * kills && control.Asks.Count(a => a.IsAccepted) > kills / 10;

    /// <summary>What the server has written in all its lives.</summary>
    public string Log => server.Studio.Log;

    /// <summary>Makes a harness; the store stays the caller's.</summary>
    public static async Task<CrashHarness> MakeAsync(CrashStore store, int kills, int seed) =>
        new(store, await EffectLedger.StartAsync(), kills, seed);

    /// <summary>Kills as often as asked for, lets everything come to its end, and answers what is known.</summary>
    public async Task<CrashFacts> RunAsync()
    {
        Assert.False(await server.StartAsync("migration_run:1"), "The tables were made and the fail point was not passed.");
        await server.KillAsync("migration_run");
        Assert.True(await server.StartAsync(), server.Studio.Log);
        await MakeWorkflowsAsync();
        await server.KillAsync(null);
        for (var (life, old) = (0, kills / 2); Killed < kills || (!HasWorked && Killed < 3 * kills); life++)
        {
            if (Killed < old)
            {
                await LiveAndDieAsync(life);
                continue;
            }

            await aging.AgeAsync();
            old += BetweenDays;
        }

        await FinishAsync();
        aging.PassDay();
        aging.PassDay();
        await FinishAsync();
        using var tables = server.Tables();
        return aging.Memory.Complete(tables.Read(new CrashFacts
        {
            Acknowledged = client.Acknowledged, ToldEnds = client.Told, CancelAsked = canceled, Lives = server.Lives, Calls = ledger.Calls,
            Asks = control.Asks,
            Schedule = tables.Schedule(timed), Now = server.Now, Retention = CrashAging.Rules,
        }));
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await ledger.DisposeAsync();
    }

    private async Task MakeWorkflowsAsync()
    {
        await client.SignInAsync();
        await aging.SetRulesAsync();
        var child = await client.MakeAsync(CrashWorkflow.Child(ledger.Host));
        workflows =
        [
            await client.MakeAsync(CrashWorkflow.Mixed(ledger.Host)), await client.MakeAsync(CrashWorkflow.Listed(ledger.Host, child)),
            await client.MakeAsync(Checkout.Example("graph-create.json")), await client.MakeAsync(CrashWorkflow.Napping(ledger.Host)),
        ];
        control.Sleepers = workflows[3];
        timed = (await client.MakeAsync(CrashWorkflow.Timed(ledger.Host)))["wf_".Length..];
    }

    private async Task LiveAndDieAsync(int life)
    {
        var points = CrashPoints.AtWork;
        var atPoint = life % 3 != 0;
        var (name, most) = points[(firstPoint + (life * 2 / 3)) % points.Count];
        if (name == "inbox_taken" || life % 4 == 0) AskToCancel();
        server.Skip(TimeSpan.FromSeconds(random.Next(150)));
        if (!await server.StartAsync(atPoint ? $"{name}:{1 + random.Next(most)}" : null))
        {
            await server.KillAsync(name);
            return;
        }

        if (atPoint) await WorkUntilDeadAsync();
        else await Task.WhenAny(WorkAsync(12), Task.Delay(20 + random.Next(1_500)));
        var byItself = atPoint && await server.Studio.HasEndedWithinAsync(PointPatience / 4);
        await server.KillAsync(byItself ? name : "random", bury: life % 5 != 0);
    }

    private async Task WorkUntilDeadAsync()
    {
        var until = Environment.TickCount64 + PointPatience.TotalMilliseconds;
        for (var i = 0; i < 10 && !server.Studio.HasEnded && Environment.TickCount64 < until; i++) await WorkAsync(4);
    }

    private async Task WorkAsync(int starts)
    {
        await client.SendPendingAsync();
        await Task.WhenAll(Enumerable.Range(0, starts)
            .Select(i => client.StartAsync(workflows[i % 6 == 5 ? 2 : i % 4 == 2 ? 3 : i % 2], i % 2 == 1 ? CrashWorkflow.Event : null)));
        await control.StepAsync(more: true);
        if (client.Acknowledged is { Count: > 3 } known) await client.StatusAsync(known[random.Next(known.Count)]);
    }

    // while nobody runs: what is stored then has to be done by the next life
    private void AskToCancel()
    {
        using var tables = server.Tables();
        var open = tables.Runs("\"Status\" IN (0,1,2) AND \"FinishedAt\" IS NULL").Where(r => !canceled.Contains(r)).ToList();
        if (open.Count == 0) return;
        var run = open[random.Next(open.Count)];
        tables.Request(run, 1);
        canceled.Add(run);
    }

    private async Task FinishAsync()
    {
        for (var round = 0; round < 3; round++)
        {
            Assert.True(await server.StartAsync(), server.Studio.Log);
            await aging.SettleAsync();
            await UntilAllRestAsync();
            await aging.UntilOldIsGoneAsync();
            await aging.ReadPackedAsync();
            await server.StopAsync();
            if (!TryAgainWhatWasSetAside()) break;
        }
    }

    // three deaths in a row in the turn of a suspect look like its own doing: somebody looks and tries again
    private bool TryAgainWhatWasSetAside()
    {
        using var tables = server.Tables();
        var aside = tables.Runs("\"Status\"=6 AND \"ErrorCode\"='crashed_the_server'");
        foreach (var run in aside) tables.Request(run, 5);
        if (aside.Count > 0) server.Count("set aside", aside.Count);
        return aside.Count > 0;
    }

    private async Task UntilAllRestAsync()
    {
        var open = client.Acknowledged.Except(aging.Memory.Finished).ToHashSet();
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
}
