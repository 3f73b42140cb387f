using System.Text.RegularExpressions;
using WorkflowStudio.Tests.Api.Dialects.Graph;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Practice;

/// <summary>Each message of the interface to practice data as it was recorded; see those of graph.</summary>
[Collection(StudioAppTests.Name)]
public sealed partial class RecordedTests(StudioApp app)
{
    private static readonly string Folder =
        Path.Combine(Repository.Root, "WorkflowStudio.Tests", "Api", "Dialects", "Practice", "Recorded");

    public static TheoryData<string> Names => [.. PracticeMessages.All.Select(m => m.Name)];

    /// <summary>STUDIO_WRITE_RECORDED=1 writes those that are not there. None is ever written anew.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Message_IsAsItWasRecorded(string name)
    {
        var played = await PracticeMessages.All.Single(m => m.Name == name).PlayAsync(new MessagePlay(app, await app.PracticeAsync()));
        var file = Path.Combine(Folder, name + ".txt");
        if (Environment.GetEnvironmentVariable("STUDIO_WRITE_RECORDED") == "1" && !File.Exists(file))
        {
            Directory.CreateDirectory(Folder);
            await File.WriteAllTextAsync(file, played);
        }

        Assert.True(File.Exists(file), $"There is no {name}.txt. STUDIO_WRITE_RECORDED=1 writes it.");
        Assert.Equal(await File.ReadAllTextAsync(file), played);
    }

    [Fact]
    public void Recorded_AreThoseThatAreBroughtAbout() => Assert.Equal(
        PracticeMessages.All.Select(m => m.Name).Order(StringComparer.Ordinal),
        Directory.GetFiles(Folder).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Fact]
    public void Recorded_HoldNoSecretAndNothingThatDiffers() =>
        Assert.All(Directory.GetFiles(Folder), f => Assert.DoesNotMatch(Differing(), File.ReadAllText(f)));

    [GeneratedRegex(@"sk_(live|test)_\w|[0-9a-f]{32}|\b20(?!01)\d\d-\d\d-\d\dT")]
    private static partial Regex Differing();
}
