using System.Globalization;
using WorkflowStudio.Tests.Support.Postgres;
using Xunit.Abstractions;

namespace WorkflowStudio.E2E.Crash;

/// <summary>
/// The promises of the engine, held against a real server that is killed: 40 times over SQLite, or as often as <c>STUDIO_CRASH_KILLS</c>
/// says.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Killed_AgainAndAgain_KeepsEveryPromise()
    {
        await using var store = new SqliteStore();
        await CrashRun.KeepsEveryPromiseAsync(store, (Kills: 40, Seed: 1), "", output);
    }
}

/// <summary>The same over PostgreSQL, 15 times.</summary>
[NeedsPostgres]
public sealed class PostgresCrashTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Killed_AgainAndAgain_KeepsEveryPromise()
    {
        await using var store = await PostgresStore.StartAsync();
        await CrashRun.KeepsEveryPromiseAsync(store, (Kills: 15, Seed: 2), ".postgres", output);
    }
}

/// <summary>One harness from its first kill to its report.</summary>
internal static class CrashRun
{
    public static async Task KeepsEveryPromiseAsync(CrashStore store, (int Kills, int Seed) preset, string suffix, ITestOutputHelper output)
    {
        var kills = Number("STUDIO_CRASH_KILLS", preset.Kills);
        var seed = Number("STUDIO_CRASH_SEED", preset.Seed);
        await using var harness = await CrashHarness.MakeAsync(store, kills, seed);
        var facts = await harness.RunAsync();
        var violations = CrashChecker.Check(facts);
        var details = violations.Take(20).SelectMany(v => CrashDetails.Of(v, facts, harness.Log)).ToList();
        var reached = string.Join(", ", harness.Reached.OrderBy(r => r.Key).Select(r => $"{r.Key} {r.Value}"));
        var report = string.Create(
            CultureInfo.InvariantCulture,
            $"{store.Name}: {harness.Killed} kills (seed {seed}), {facts.Acknowledged.Count} acknowledged starts, {facts.Runs.Count} runs, "
            + $"{facts.Deleted.Count} of them deleted, "
            + $"{facts.Asks.Count(a => a.IsAccepted)} of {facts.Asks.Count} requests taken, {facts.Schedule?.Occurrences.Count} "
            + $"occurrences, {facts.Calls.Count} calls outside, {facts.Entries.Count} entries; {reached}");
        output.WriteLine(report);
        if (Environment.GetEnvironmentVariable("STUDIO_CRASH_REPORT") is { Length: > 0 } file)
            await File.WriteAllLinesAsync(file + suffix, [report, .. violations, .. details]);

        Assert.True(violations.Count == 0, $"{report}\n{string.Join('\n', violations.Take(50))}");
        Assert.True(harness.HasWorked, $"The rounds do no work: {report}");
    }

    private static int Number(string variable, int preset) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : preset;
}
