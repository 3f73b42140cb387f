using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Runs;

/// <summary>The rows of a live list of runs, newest first.</summary>
internal static class RunRows
{
    /// <summary>The page after some runs have changed, see below. A run that is pushed out of it stands on the next.</summary>
    public static RunListPage Merge(RunListPage page, IReadOnlySet<Guid> changed, IReadOnlyList<RunLine> found, bool first, int most)
    {
        var rows = Merge(page.Runs, changed, found, first, most);
        var pushedOut = page.Runs.Count == most && rows.Count > 0 && rows[^1].Id != page.Runs[^1].Id;
        return page with { Runs = rows, Next = rows.Count > 0 && (page.Next is not null || pushedOut) ? rows[^1].Id : page.Next };
    }

    /// <summary>
    /// The rows after some runs have changed. A run appears once, whatever is told about it how often; one that no longer fits the filter
    /// goes; a new one comes only where the list begins with the newest.
    /// </summary>
    /// <param name="rows">The rows shown.</param>
    /// <param name="changed">The runs that have changed.</param>
    /// <param name="found">Those of them that fit the filter, as they are now.</param>
    /// <param name="first">Whether this is the first page.</param>
    /// <param name="most">The length of a page.</param>
    public static IReadOnlyList<RunLine> Merge(
        IReadOnlyList<RunLine> rows, IReadOnlySet<Guid> changed, IReadOnlyList<RunLine> found, bool first, int most)
    {
        var fitting = found.DistinctBy(r => r.Id).ToDictionary(r => r.Id);
        var kept = rows.Where(r => !changed.Contains(r.Id) || fitting.ContainsKey(r.Id))
            .Select(r => fitting.GetValueOrDefault(r.Id) ?? r).ToList();
        if (first)
        {
            var shown = kept.Select(r => r.Id).ToHashSet();
            kept.AddRange(fitting.Values.Where(r => !shown.Contains(r.Id)));
        }

        return [.. kept.OrderByDescending(r => r.Id.ToString("N"), StringComparer.Ordinal).Take(most)];
    }
}
