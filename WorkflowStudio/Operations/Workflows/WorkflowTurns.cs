namespace WorkflowStudio.Operations.Workflows;

/// <summary>
/// Whoever changes a workflow on this node waits for the one before; others are not held up. An entry lasts as long as somebody waits.
/// </summary>
internal sealed class WorkflowTurns
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Line> lines = [];

    /// <summary>Takes a turn until it is disposed of; null when others have taken too long.</summary>
    public async Task<IDisposable?> TakeAsync(Guid id, TimeSpan longest, CancellationToken cancellationToken)
    {
        Line? line;
        lock (gate)
        {
            if (!lines.TryGetValue(id, out line)) lines[id] = line = new Line();
            line.Count++;
        }

        var turn = new Turn(this, id, line);
        try
        {
            turn.IsTaken = await line.Gate.WaitAsync(longest, cancellationToken);
        }
        finally
        {
            if (!turn.IsTaken) turn.Dispose();
        }

        return turn.IsTaken ? turn : null;
    }

    private sealed class Line
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public int Count { get; set; }
    }

    private sealed class Turn(WorkflowTurns turns, Guid id, Line line) : IDisposable
    {
        public bool IsTaken { get; set; }

        public void Dispose()
        {
            if (IsTaken) line.Gate.Release();
            lock (turns.gate)
                if (--line.Count == 0) turns.lines.Remove(id);
        }
    }
}
