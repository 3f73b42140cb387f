using Xunit.Abstractions;

[assembly: TestCollectionOrderer("WorkflowStudio.E2E.Support.LongestFirst", "WorkflowStudio.E2E")]

namespace WorkflowStudio.E2E.Support;

/// <summary>Begins with the tests that take minutes, so that none of them runs on alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long = ["Crash.CrashTests", "Crash.PostgresCrashTests", "Crash.PoisonTests", "Cluster.ScheduleClusterTests", "Cluster."];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections.OrderBy(Place).ThenBy(c => c.DisplayName, StringComparer.Ordinal);

    private static int Place(ITestCollection collection)
    {
        var place = Array.FindIndex(Long, name => collection.DisplayName.Contains(".E2E." + name, StringComparison.Ordinal));
        return place < 0 ? Long.Length : place;
    }
}
