using Xunit.Abstractions;

[assembly: TestCollectionOrderer("WorkflowStudio.E2E.Support.LongestFirst", "WorkflowStudio.E2E")]
// most of these tests wait for servers that are dead: a third one finds room on two cores
[assembly: CollectionBehavior(MaxParallelThreads = 3)]

namespace WorkflowStudio.E2E.Support;

/// <summary>Begins with the tests that take minutes, so that none of them runs on alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
        [".E2E.Crash.CrashTests", ".E2E.Crash.PostgresCrashTests", ".E2E.Crash.PoisonTests", ".E2E.Cluster.ScheduleClusterTests",
            StudioCollection.Name, ".E2E.Cluster."];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(Place).ThenBy(c => c.DisplayName, StringComparer.Ordinal);

    private static int Place(ITestCollection collection)
    {
        var place = Array.FindIndex(Long, name => collection.DisplayName.Contains(name, StringComparison.Ordinal));
        return place < 0 ? Long.Length : place;
    }
}
