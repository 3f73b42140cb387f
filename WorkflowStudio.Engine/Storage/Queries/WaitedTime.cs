namespace WorkflowStudio.Engine.Storage.Queries;

/// <summary>The time in which at least one step of a run waited. Waits of parallel branches that overlap count once.</summary>
internal static class WaitedTime
{
    /// <summary>Sums the waits of one run.</summary>
    /// <param name="changes">Its parked (true) and woken (false) steps, in the order of the journal.</param>
    public static TimeSpan Of(IEnumerable<(DateTimeOffset At, string Node, bool Parked)> changes)
    {
        var parked = new HashSet<string>();
        var total = TimeSpan.Zero;
        DateTimeOffset since = default;
        foreach (var (at, node, isParked) in changes)
        {
            if (isParked)
            {
                if (parked.Count == 0) since = at;
                parked.Add(node);
            }
            else if (parked.Remove(node) && parked.Count == 0)
            {
                total += at - since;
            }
        }

        return total;
    }
}
