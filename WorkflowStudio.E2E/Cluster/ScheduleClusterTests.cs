using WorkflowStudio.E2E.Crash;
using WorkflowStudio.E2E.Support;
using WorkflowStudio.Tests.Support.Postgres;

namespace WorkflowStudio.E2E.Cluster;

/// <summary>
/// Schedules of every minute on two nodes of which one or both are killed while they fire: every occurrence has exactly one run.
/// </summary>
[NeedsPostgres]
public sealed class ScheduleClusterTests
{
    // the longer version: STUDIO_CLUSTER_ROUNDS=10
    private static readonly int Rounds =
        int.TryParse(Environment.GetEnvironmentVariable("STUDIO_CLUSTER_ROUNDS"), out var rounds) ? rounds : 1;

    private static readonly string[] Points = ["start_written:2", "start_durable:2", "start_written:4", "start_durable:5"];

    [Fact]
    public async Task Schedules_NodesKilledWhileTheyFire_EachOccurrenceHasOneRun()
    {
        await using var store = await PostgresStore.StartAsync();
        await using var ledger = await EffectLedger.StartAsync();
        await using var first = new StudioProcess(database: store.ConnectionString);
        await using var second = new StudioProcess(database: store.ConnectionString);
        var pair = new ScheduledPair(store, ledger, first, second);
        await pair.MakeSchedulesAsync(3);
        for (var round = 0; round < Rounds; round++)
        {
            await pair.MissSomeAsync(Points[2 * round % Points.Length]);
            await pair.MissSomeAsync(Points[((2 * round) + 1) % Points.Length]);
            await pair.KillAtTheMinuteAsync(TimeSpan.FromMilliseconds(150 * (round % 7)));
        }

        await pair.CatchUpAsync();
        Assert.Equal([], pair.Violations());
        Assert.True(pair.Died > 0, "No node died at a fail point.");
    }
}

/// <summary>Two nodes whose clocks are ahead by the same time, and the schedules that they share.</summary>
internal sealed class ScheduledPair(CrashStore store, EffectLedger ledger, StudioProcess first, StudioProcess second)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly List<string> workflows = [];
    private TimeSpan ahead;

    /// <summary>How many nodes died at a fail point.</summary>
    public int Died { get; private set; }

    private DateTimeOffset Now => TimeProvider.System.GetUtcNow() + ahead;

    public async Task MakeSchedulesAsync(int count)
    {
        await StartAsync(null);
        var client = new CrashClient(first);
        await client.SignInAsync();
        for (var i = 0; i < count; i++) workflows.Add((await client.MakeAsync(CrashWorkflow.Timed(ledger.Host)))["wf_".Length..]);
    }

    /// <summary>Some minutes pass without anybody; both nodes come back and die at a point while they make up for them.</summary>
    public async Task MissSomeAsync(string point)
    {
        await KillAsync();
        ahead += 4 * Minute;
        await StartAsync(point);
        await Task.WhenAll(first.HasEndedWithinAsync(TimeSpan.FromSeconds(5)), second.HasEndedWithinAsync(TimeSpan.FromSeconds(5)));
        Died += (first.HasEnded ? 1 : 0) + (second.HasEnded ? 1 : 0);
        await KillAsync();
    }

    /// <summary>A minute comes while both are there, and one of them is killed a moment after it; the other one goes on.</summary>
    public async Task KillAtTheMinuteAsync(TimeSpan after)
    {
        // it has to come soon after both are there
        ahead += Minute - TimeSpan.FromTicks((Now + TimeSpan.FromSeconds(25)).Ticks % Minute.Ticks);
        await StartAsync(null);
        await Task.Delay(Minute - TimeSpan.FromTicks(Now.Ticks % Minute.Ticks) + after);
        await first.KillAsync();
        await UntilCaughtUpAsync();
    }

    public async Task CatchUpAsync()
    {
        await KillAsync();
        await StartAsync(null);
        await UntilCaughtUpAsync();
        await KillAsync();
    }

    /// <summary>What is wrong with the occurrences; nobody runs.</summary>
    public IReadOnlyList<string> Violations()
    {
        using var tables = new StudioTables(store, "");
        var facts = tables.Read(new CrashFacts { Now = Now });
        var schedules = workflows.ConvertAll(tables.Schedule);
        var all = schedules.SelectMany(s => s.Occurrences).Select(o => o.Run).ToHashSet();
        return
        [
            .. schedules.SelectMany(s => CrashScheduleChecks.Of(
                facts with { Schedule = s, Runs = [.. facts.Runs.Where(r => s.Occurrences.Any(o => o.Run == r.Id))] })),
            .. facts.Runs.Where(r => r.Cause == "schedule" && !all.Contains(r.Id)).Select(r => $"run {r.Id} has no occurrence"),
        ];
    }

    private Task StartAsync(string? point)
    {
        (string, string)[] environment = [("STUDIO_ALLOWED_HOSTS", ledger.Host),
            ("STUDIO_CLOCK_OFFSET", ahead.ToString("c", System.Globalization.CultureInfo.InvariantCulture))];
        if (point is not null) environment = [.. environment, ("STUDIO_FAILPOINT", point)];
        return Task.WhenAll(first.TryStartAsync(environment), second.TryStartAsync(environment));
    }

    private async Task KillAsync()
    {
        await first.KillAsync();
        await second.KillAsync();
        store.Bury("");
    }

    // the tables are read beside the node that runs: it is not thrown out
    private async Task UntilCaughtUpAsync()
    {
        await using var connection = new Npgsql.NpgsqlConnection(store.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        for (var i = 0; i < 1_800; i++)
        {
            await using var command = new Npgsql.NpgsqlCommand("""SELECT count(*) FROM schedules s JOIN workflows w ON w."Id"=s."WorkflowId" WHERE w."Name"='Timed' AND s."HandledUntil"<@now""", connection);
            command.Parameters.AddWithValue("now", (Now - Minute).ToUnixTimeMilliseconds());
            if ((long)(await command.ExecuteScalarAsync())! == 0) return;
            await Task.Delay(100);
        }
    }
}
