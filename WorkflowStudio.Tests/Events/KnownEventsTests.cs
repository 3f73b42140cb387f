using WorkflowStudio.Engine.Model;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Events;

/// <summary>What forms offer and pages tell of the events that are raised here.</summary>
public sealed class KnownEventsTests
{
    [Fact]
    public void Events_OfTheCatalog_AreToldByTheDocsAndCanBeListenedFor()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "api.md"));

        Assert.All(KnownEvents.All, e => Assert.True(EventName.IsWellFormed(e.Name)));
        Assert.All(KnownEvents.All, e => Assert.Contains($"`{e.Name}`", page, StringComparison.Ordinal));
        Assert.Equal(KnownEvents.All.Count, KnownEvents.All.DistinctBy(e => e.Name).Count());
    }
}
