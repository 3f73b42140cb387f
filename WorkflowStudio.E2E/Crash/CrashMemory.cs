namespace WorkflowStudio.E2E.Crash;

/// <summary>
/// The finished runs as they were last seen. Retention deletes them and packs their journals; what was seen of them still tells whether the
/// promises were kept, and what is left of them is compared with it: a run that is over never changes.
/// </summary>
internal sealed class CrashMemory
{
    private readonly Dictionary<string, (StoredRun Run, IReadOnlyList<StoredEntry> Entries)> known = [];

    private readonly List<string> unlike = [];

    /// <summary>The runs that are known to be over.</summary>
    public IReadOnlyCollection<string> Finished => known.Keys;

    /// <summary>The runs that ended before a time, in the order in which they were made.</summary>
    public List<StoredRun> OldAt(DateTimeOffset before) =>
        [.. known.Values.Select(k => k.Run).Where(r => r.FinishedAt < before).OrderBy(r => r.Id, StringComparer.Ordinal)];

    /// <summary>Remembers the finished runs of a moment.</summary>
    public void Learn(CrashFacts facts)
    {
        var entries = facts.Entries.ToLookup(e => e.Run);
        foreach (var run in facts.Runs.Where(r => r.IsOver && !facts.Packed.ContainsKey(r.Id)))
            known.TryAdd(run.Id, (run, [.. entries[run.Id]]));
    }

    /// <summary>Compares a journal with its last entry, as the API tells it.</summary>
    public void Compare(StoredRun run, long lastSeq)
    {
        if (lastSeq != run.LastSeq) unlike.Add($"log of run {run.Id}");
    }

    /// <summary>Adds what is known of runs that are deleted or packed, and says which have changed.</summary>
    public CrashFacts Complete(CrashFacts facts)
    {
        var runs = facts.Runs.ToDictionary(r => r.Id);
        var entries = facts.Entries.GroupBy(e => e.Run).ToDictionary(g => g.Key, g => g.OrderBy(e => e.Seq).ToList());
        var deleted = known.Where(k => !runs.ContainsKey(k.Key)).ToList();
        var packed = known.Where(k => runs.ContainsKey(k.Key) && !entries.ContainsKey(k.Key)).ToList();
        return facts with
        {
            Runs = [.. facts.Runs, .. deleted.Select(d => d.Value.Run)],
            Entries = [.. facts.Entries, .. deleted.Concat(packed).SelectMany(k => k.Value.Entries)],
            Deleted = [.. deleted.Select(d => d.Key)],
            Changed =
            [
                .. unlike,
                .. known.Where(k => runs.TryGetValue(k.Key, out var now) && now != k.Value.Run).Select(k => $"header of run {k.Key}"),
                .. known.Where(k => entries.TryGetValue(k.Key, out var now) && !now.SequenceEqual(k.Value.Entries.OrderBy(e => e.Seq)))
                    .Select(k => $"journal of run {k.Key}"),
            ],
        };
    }
}
