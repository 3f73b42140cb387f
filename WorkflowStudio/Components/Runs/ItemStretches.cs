using WorkflowStudio.Engine.Runtime.Runs;

namespace WorkflowStudio.Components.Runs;

/// <summary>The stretches of a step inside a for-each: one and more for every item, perhaps thousands, and many at the same time.</summary>
internal static class ItemStretches
{
    // gaps that are shorter than this share of all are not seen on a bar
    private const int Pieces = 60;

    /// <summary>The times in which any item was worked on, failed, or waited: what is drawn. Those of other steps as they are.</summary>
    public static IReadOnlyList<StepStretch> Merge(IReadOnlyList<StepStretch> stretches, DateTimeOffset now)
    {
        if (stretches is not [{ Iteration: not null }, ..]) return stretches;
        var gap = (stretches.Max(s => TimelinePlan.EndOf(s, now)) - stretches.Min(s => s.From)) / Pieces;
        var merged = new List<StepStretch>();
        foreach (var alike in stretches.GroupBy(s => s.Status))
        {
            StepStretch? last = null;
            foreach (var next in alike.OrderBy(s => s.From))
            {
                if (last is null || next.From - TimelinePlan.EndOf(last, now) > gap)
                {
                    if (last is not null) merged.Add(last);
                    last = next;
                    continue;
                }

                last = last with { To = last.To is { } a && next.To is { } b ? a > b ? a : b : null, Planned = last.Planned > next.Planned ? last.Planned : next.Planned ?? last.Planned };
            }

            merged.Add(last!);
        }

        return [.. merged.OrderBy(s => s.From)];
    }

    /// <summary>The longest time that one item was worked on, its waits left out; null before any was.</summary>
    public static TimeSpan? Longest(IReadOnlyList<StepStretch> stretches)
    {
        TimeSpan? longest = null;
        foreach (var item in stretches.Where(s => !s.IsWait && s.To is not null).GroupBy(s => s.Iteration))
        {
            var worked = item.Aggregate(TimeSpan.Zero, (sum, s) => sum + (s.To!.Value - s.From));
            if (longest is null || worked > longest) longest = worked;
        }

        return longest;
    }
}
