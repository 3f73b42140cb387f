using System.Text.Json;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Tests.Runtime.Histories;

/// <summary>
/// Journals that were written once stand for those in the databases of practices: every later version has to read them, and to go on with
/// them in the same way. Where a change of the engine would go on otherwise, it gets a flag (<see cref="RunFlags"/>) and histories of its
/// own.
/// </summary>
public sealed class HistoryTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(History.Folder, "*.json").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Cases => [.. HistoryCase.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Files))]
    public void History_IsReadAndGoneOnWithAsItWas(string file)
    {
        var text = File.ReadAllText(Path.Combine(History.Folder, file));
        var (definition, entries) = History.Read(text);
        Assert.Equal(text, History.Write(definition, entries));
    }

    /// <summary>
    /// STUDIO_WRITE_HISTORIES=1 writes those that are not there. None is ever written anew: the databases are not, either.
    /// </summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public async Task EveryCase_HasAHistoryOfTheCurrentFlags(string name)
    {
        var wanted = HistoryCase.All.Single(c => c.Name == name);
        var file = History.FileOf(name, RunFlagSet.Current);
        if (!File.Exists(file) && Environment.GetEnvironmentVariable("STUDIO_WRITE_HISTORIES") == "1")
            await File.WriteAllTextAsync(file, History.Write(wanted.Definition, await wanted.RunAsync()));
        Assert.True(File.Exists(file),
            $"There is no {Path.GetFileName(file)}. STUDIO_WRITE_HISTORIES=1 writes it; a file that is there is never changed.");
    }

    /// <summary>The way to a run's end may change, and the old journals stay as they are; the end may not.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Engine_ComesToTheEndOfTheHistory(string name)
    {
        var wanted = HistoryCase.All.Single(c => c.Name == name);
        var (definition, entries) = History.Read(await File.ReadAllTextAsync(History.FileOf(name, RunFlagSet.Current)));
        Assert.Equal(History.End(definition, entries), History.End(wanted.Definition, await wanted.RunAsync()));
    }

    [Fact]
    public void Histories_NameEveryKindOfEvent()
    {
        var named = Directory.GetFiles(History.Folder, "*.json").SelectMany(f => History.Read(File.ReadAllText(f)).Entries)
            .Select(e => e.Event.Kind).ToHashSet();
        Assert.Equal(Enum.GetValues<RunEventKind>(), named.Order());
    }

    [Fact]
    public void RunOfANewerVersion_IsNotMisread()
    {
        var plan = Engine.Runtime.Plans.RunPlan.Of(HistoryCase.All[0].Definition, new Engine.Nodes.NodeCatalog(HistoryCase.Types()));
        var start = new RunEvent.RunStarted(JsonElement.Parse("{}")) { Flags = (RunFlags)(1 << 30) };
        var e = Assert.Throws<InvalidOperationException>(
            () => RunFold.Replay(plan, [new JournalEntry(1, DateTimeOffset.UnixEpoch, start)]));
        Assert.Contains("Update this server.", e.Message, StringComparison.Ordinal);
    }
}
