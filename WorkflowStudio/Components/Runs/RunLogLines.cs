using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Runs;

/// <summary>
/// The lines of a run's log that are at hand: the newest, and before them as many as were asked for. A journal may have 200,000 entries.
/// </summary>
/// <param name="format">How times are written.</param>
internal sealed class RunLogLines(StudioFormat format)
{
    /// <summary>How many lines are kept as long as nobody asks for earlier ones, and up to twice that.</summary>
    public const int Most = 1_000;

    private const int MostExtended = 20_000;

    private readonly List<RunLogLine> lines = [];
    private long first = 1; // the entry with which the lines begin
    private long last; // the newest entry that was taken
    private RunEvent? newest;
    private bool isExtended;

    /// <summary>The lines, oldest first.</summary>
    public IReadOnlyList<RunLogLine> All => lines;

    /// <summary>Whether the journal has entries before them.</summary>
    public bool HasEarlier => first > 1;

    /// <summary>Takes what has come since the last time.</summary>
    public void Take(RunWatch run)
    {
        if (run.Entries is not [var oldest, ..]) return;
        // more came than is held, or this is the first time: the lines begin anew. What was before the oldest entry is not known, so it
        // tells no line.
        if (oldest.Seq > last + 1)
        {
            lines.Clear();
            (first, last, newest, isExtended) = (oldest.Seq + 1, oldest.Seq, oldest.Event, false);
        }

        for (var i = (int)(last - oldest.Seq + 1); i < run.Entries.Count; i++) Add(run, run.Entries[i]);
        if (lines.Count < (isExtended ? MostExtended : 2 * Most)) return;
        (first, isExtended) = (lines[^Most].Seq, false);
        lines.RemoveRange(0, lines.Count - Most);
    }

    /// <summary>Reads the entries before, as many as <see cref="Most"/>.</summary>
    public async Task ExtendAsync(RunWatch run, CancellationToken cancellationToken)
    {
        var from = first;
        var earlier = await run.BeforeAsync(from, Most + 1, cancellationToken);
        if (from != first || earlier.Count == 0) return; // the lines began anew meanwhile
        isExtended = true;
        RunEvent? before = null;
        var read = new List<RunLogLine>();
        foreach (var entry in earlier)
        {
            if (before is not null || entry.Seq == 1)
                if (RunLogLine.Of(run, before, entry, format) is { } line) read.Add(line);
            before = entry.Event;
        }

        first = earlier[0].Seq == 1 ? 1 : earlier[0].Seq + 1;
        lines.InsertRange(0, read);
    }

    private void Add(RunWatch run, JournalEntry entry)
    {
        if (RunLogLine.Of(run, newest, entry, format) is { } line) lines.Add(line);
        (last, newest) = (entry.Seq, entry.Event);
    }
}
