using System.Text.RegularExpressions;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Graph;

/// <summary>
/// Each message of the graph dialect as it was recorded. Clients hold on to these for years: a field may be added to a definition, but none
/// is renamed, left out or put elsewhere (docs/adr/0009-graph-is-the-models-json.md).
/// </summary>
[Collection(StudioAppTests.Name)]
public sealed partial class RecordedTests(StudioApp app)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "WorkflowStudio.Tests", "Api", "Dialects", "Graph", "Recorded");

    public static TheoryData<string> Names => [.. MessageCase.All.Select(m => m.Name)];

    /// <summary>
    /// STUDIO_WRITE_RECORDED=1 writes those that are not there. None is ever written anew: whoever changes one has told the clients of it.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Message_IsAsItWasRecorded(string name)
    {
        var played = await MessageCase.All.Single(m => m.Name == name).PlayAsync(new MessagePlay(app, await app.GraphPracticeAsync()));
        var file = Path.Combine(Folder, name + ".txt");
        var write = Environment.GetEnvironmentVariable("STUDIO_WRITE_RECORDED") == "1";
        if (write && !File.Exists(file)) await File.WriteAllTextAsync(file, played);
        Assert.True(
            File.Exists(file), $"There is no {name}.txt. STUDIO_WRITE_RECORDED=1 writes it; a file that is there is never changed.");
        Assert.Equal(await File.ReadAllTextAsync(file), played);
    }

    [Fact]
    public void Recorded_AreThoseThatAreBroughtAbout() => Assert.Equal(
        MessageCase.All.Select(m => m.Name).Order(StringComparer.Ordinal),
        Directory.GetFiles(Folder).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Fact]
    public void Recorded_NameEveryCodeOfThePage()
    {
        var page = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "api.md"));
        string[] beside = ["The codes are", "409 answers"];
        var codes = page.Where(l => StatusRow().IsMatch(l) || beside.Any(b => l.Contains(b, StringComparison.Ordinal)))
            .SelectMany(l => Code().Matches(l)).Select(m => m.Groups[1].Value).Except(["wake", "for_each"]).ToHashSet();
        var recorded = Directory.GetFiles(Folder).SelectMany(f => ToldCode().Matches(File.ReadAllText(f)))
            .Select(m => m.Groups[1].Value).ToHashSet();
        Assert.True(codes.Count > 30, "The page's codes were not found: has its form changed?");
        Assert.Empty(codes.Except(recorded));
    }

    [Fact]
    public void Recorded_HoldNoSecretAndNothingThatDiffers() =>
        Assert.All(Directory.GetFiles(Folder), f => Assert.DoesNotMatch(Differing(), File.ReadAllText(f)));

    [GeneratedRegex(@"^\| \d{3} \|")]
    private static partial Regex StatusRow();

    [GeneratedRegex("`([a-z]+(?:_[a-z]+)+|unauthorized|forbidden|unreadable|unavailable)`")]
    private static partial Regex Code();

    [GeneratedRegex("\"code\":\"([a-z_]+)\"")]
    private static partial Regex ToldCode();

    [GeneratedRegex(@"sk_(live|test)_\w|[0-9a-f]{32}|\b20\d\d-\d\d-\d\dT")]
    private static partial Regex Differing();
}
