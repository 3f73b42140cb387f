using System.Globalization;
using Xunit.Abstractions;

namespace WorkflowStudio.E2E.Crash;

/// <summary>The promises of the engine, held against a real server that is killed: 50 times, or as often as <c>STUDIO_CRASH_KILLS</c> says.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Killed_AgainAndAgain_KeepsEveryPromise()
    {
        var kills = Number("STUDIO_CRASH_KILLS", 50);
        var seed = Number("STUDIO_CRASH_SEED", 1);
        await using var harness = new CrashHarness(kills, seed);
        var facts = await harness.RunAsync();
        var violations = CrashChecker.Check(facts);
        var report = string.Create(
            CultureInfo.InvariantCulture,
            $"{harness.Killed} kills (seed {seed}), {facts.Acknowledged.Count} acknowledged starts, {facts.Runs.Count} runs, {facts.Calls.Count} calls outside, {facts.Entries.Count} entries; {string.Join(", ", harness.Reached.OrderBy(r => r.Key).Select(r => $"{r.Key} {r.Value}"))}");
        output.WriteLine(report);
        if (Environment.GetEnvironmentVariable("STUDIO_CRASH_REPORT") is { Length: > 0 } file) await File.WriteAllLinesAsync(file, [report, .. violations]);

        Assert.True(violations.Count == 0, $"{report}\n{string.Join('\n', violations.Take(50))}");
        Assert.True(facts.Acknowledged.Count > 3 * kills, $"Only {facts.Acknowledged.Count} starts were answered: the rounds do no work.");
        Assert.True(facts.Calls.Count > 3 * kills, $"Only {facts.Calls.Count} calls arrived: the rounds do no work.");
    }

    private static int Number(string variable, int preset) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : preset;
}
