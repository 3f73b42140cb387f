using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Feed;

/// <summary>
/// When a step was worked on and waited. One inside a for-each has a stretch and more for every item: of those the newest are kept, the
/// others as counts and as the pieces that can be seen on a bar.
/// </summary>
public sealed class StepTrack
{
    /// <summary>The most stretches that are kept of a step, those under way apart.</summary>
    public const int Most = 100;

    private const int MostPieces = 400;

    private readonly List<StepStretch> newest;
    private readonly List<StepStretch> open;
    private readonly Dictionary<string, Item> items; // by the iterations under way; "" outside of every for-each
    private List<StepStretch> pieces;

    internal StepTrack() => (newest, open, items, pieces) = ([], [], [], []);

    private StepTrack(StepTrack from)
    {
        (newest, open, pieces) = ([.. from.newest], [.. from.open], [.. from.pieces]);
        items = new Dictionary<string, Item>(from.items);
        (Count, Calls, Took, Longest) = (from.Count, from.Calls, from.Took, from.Longest);
    }

    /// <summary>Nothing yet.</summary>
    public static StepTrack None { get; } = new();

    /// <summary>The newest stretches that are over, then those under way, in the order in which they ended and began.</summary>
    public IReadOnlyList<StepStretch> Newest => [.. newest.TakeLast(Most), .. open];

    /// <summary>How many stretches there were.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them were calls.</summary>
    public int Calls { get; private set; }

    /// <summary>Whether it has waited.</summary>
    public bool HasWaited => Count > Calls;

    /// <summary>How long all of them took that are over, waits included; over all items.</summary>
    public TimeSpan Took { get; private set; }

    /// <summary>
    /// The longest time that one item took it, its waits included; null before any was over, and outside of every for-each.
    /// </summary>
    public TimeSpan? Longest { get; private set; }

    /// <summary>
    /// What can be drawn: every stretch, or for one inside a for-each the times in which any item was worked on, failed, or waited.
    /// </summary>
    public IReadOnlyList<StepStretch> Drawn(DateTimeOffset now)
    {
        List<StepStretch> all = [.. pieces, .. open];
        return all is [{ Iteration: not null }, ..] ? ItemStretches.Merge(all, now) : all;
    }

    /// <summary>The time that is over and the time that open waits are planned to take.</summary>
    public TimeSpan TookAt(DateTimeOffset now) => open.Where(s => s.IsWait).Aggregate(Took, (sum, s) => sum + (s.EndOf(now) - s.From));

    internal StepTrack Copy() => new(this);

    internal StepStretch? OpenIn(string? iteration) => open.Find(s => s.Iteration == iteration);

    /// <summary>When its last stretch in an iteration was over; null before.</summary>
    internal DateTimeOffset? LastEnd(string? iteration) => items.TryGetValue(iteration ?? "", out var item) ? item.LastEnd : null;

    /// <summary>When it was over in an iteration, or passed by; null before.</summary>
    internal DateTimeOffset? OverAt(string? iteration) => items.TryGetValue(iteration ?? "", out var item) ? item.OverAt : null;

    internal void Over(string? iteration, DateTimeOffset at) =>
        items[iteration ?? ""] = items.GetValueOrDefault(iteration ?? "") with { OverAt = at };

    internal void Open(StepStretch stretch)
    {
        open.Add(stretch);
        Count++;
        if (!stretch.IsWait) Calls++;
    }

    internal void Close(StepStretch stretch, StepStatus status, DateTimeOffset at, string? note)
    {
        open.Remove(stretch);
        var over = stretch with
        { Status = stretch.IsWait && status == StepStatus.Canceled ? StepStatus.Waiting : status, To = at, Note = note ?? stretch.Note };
        newest.Add(over);
        if (newest.Count > 2 * Most) newest.RemoveRange(0, Most);
        pieces.Add(over);
        if (over.Iteration is not null && pieces.Count > MostPieces) pieces = ItemStretches.Merge(pieces, at);
        var before = items.GetValueOrDefault(over.Iteration ?? "");
        var item = items[over.Iteration ?? ""] = before with { LastEnd = at, Took = before.Took + (at - over.From) };
        Took += at - over.From;
        if (over.Iteration is not null && !(Longest > item.Took)) Longest = item.Took;
    }

    /// <summary>Ends what is under way in an iteration and in those within it; with null everywhere.</summary>
    internal void Cut(string? iteration, DateTimeOffset at)
    {
        foreach (var stretch in open.FindAll(s => IterationPath.IsWithin(s.Iteration ?? "", iteration)))
            Close(stretch, StepStatus.Canceled, at, null);
        foreach (var over in items.Keys.Where(k => IterationPath.IsWithin(k, iteration)).ToList()) items.Remove(over);
    }

    // one item, or what is outside of every for-each
    private readonly record struct Item(TimeSpan Took, DateTimeOffset? LastEnd, DateTimeOffset? OverAt);
}
