using System.Globalization;
using System.Text.RegularExpressions;
using WorkflowStudio.Tests.Api.Dialects.Graph;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Blocks;

/// <summary>
/// Each message of the blocks dialect as it was recorded; see <see cref="RecordedTests"/>. Only the definitions are not: they grow with the
/// catalog, and their form is read in <see cref="BlocksApiTests"/>.
/// </summary>
[Collection(StudioAppTests.Name)]
public sealed partial class BlocksRecordedTests(StudioApp app)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "WorkflowStudio.Tests", "Api", "Dialects", "Blocks", "Recorded");

    public static TheoryData<string> Names => [.. BlocksMessages.All.Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Message_IsAsItWasRecorded(string name)
    {
        var play = new MessagePlay(app, await app.PracticeAsync());
        var played = Same(await BlocksMessages.All.Single(m => m.Name == name).PlayAsync(play));
        var file = Path.Combine(Folder, name + ".txt");
        var write = Environment.GetEnvironmentVariable("STUDIO_WRITE_RECORDED") == "1";
        if (write && !File.Exists(file)) await File.WriteAllTextAsync(file, played);
        Assert.True(
            File.Exists(file), $"There is no {name}.txt. STUDIO_WRITE_RECORDED=1 writes it; a file that is there is never changed.");
        Assert.Equal(await File.ReadAllTextAsync(file), played);
    }

    [Fact]
    public void Recorded_AreThoseThatAreBroughtAbout() => Assert.Equal(
        BlocksMessages.All.Select(m => m.Name).Order(StringComparer.Ordinal),
        Directory.GetFiles(Folder).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    // ids are numbered in the order in which they stand; numbers of versions and lengths of time say only what they are
    private static string Same(string text)
    {
        var ids = new List<string>();
        text = Id().Replace(text, m =>
        {
            if (!ids.Contains(m.Value)) ids.Add(m.Value);
            return $"UUID{(ids.IndexOf(m.Value) + 1).ToString(CultureInfo.InvariantCulture)}";
        });
        return Number().Replace(text, "${1}0");
    }

    [GeneratedRegex("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex("(\"(?:id|workflow_id|duration_in_seconds)\":)[0-9.]+")]
    private static partial Regex Number();
}
