namespace WorkflowStudio.Engine.Feed;

/// <summary>The stretches of a step inside a for-each: one and more for every item, perhaps thousands, and many at the same time.</summary>
internal static class ItemStretches
{
    // gaps that are shorter than this share of all are not seen on a bar
    private const int Pieces = 60;

    /// <summary>The times in which any item was worked on, failed, or waited: what is drawn.</summary>
    public static List<StepStretch> Merge(IReadOnlyList<StepStretch> stretches, DateTimeOffset now)
    {
        if (stretches.Count == 0) return [];
        var gap = (stretches.Max(s => s.EndOf(now)) - stretches.Min(s => s.From)) / Pieces;
        var merged = new List<StepStretch>();
        foreach (var alike in stretches.GroupBy(s => s.Status))
        {
            StepStretch? last = null;
            foreach (var next in alike.OrderBy(s => s.From))
            {
                if (last is null || next.From - last.EndOf(now) > gap)
                {
                    if (last is not null) merged.Add(last);
                    last = next;
                    continue;
                }

                last = last with
                {
                    To = last.To is { } a && next.To is { } b ? a > b ? a : b : null,
                    Planned = last.Planned > next.Planned ? last.Planned : next.Planned ?? last.Planned,
                };
            }

            merged.Add(last!);
        }

        return [.. merged.OrderBy(s => s.From)];
    }
}
