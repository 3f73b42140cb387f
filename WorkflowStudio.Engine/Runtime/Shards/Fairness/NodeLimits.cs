using System.Collections.Concurrent;

namespace WorkflowStudio.Engine.Runtime.Shards.Fairness;

/// <summary>What one node allows itself.</summary>
public sealed class NodeLimits
{
    /// <summary>How many runs may be in execution at once.</summary>
    public const int MostRuns = 1_024;

    /// <summary>How many of them may usually be of one workspace.</summary>
    public const int MostPerWorkspace = MostRuns * 3 / 4;

    private const int FamilyShares = 256;

    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> shares = new();
    private readonly ConcurrentDictionary<(Guid Workspace, uint Share), SemaphoreSlim> families = new();
    private long keptBytes;

    /// <summary>How long steps that are under way may go on when the app stops, before they are cut off; 10 seconds.</summary>
    public TimeSpan Farewell { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many of them may be of one workspace, so that a flood in one leaves places to the others; 768.</summary>
    public int PerWorkspace { get; init; } = MostPerWorkspace;

    /// <summary>
    /// How many of them may descend from one run, so that workflows that start each other leave places, and the processor, to the other
    /// workflows; 96.
    /// </summary>
    public int PerFamily { get; init; } = 96;

    /// <summary>
    /// How many bytes of data of new runs stay in memory while they stand in line, so that they need not be read; what is beyond is read
    /// when its turn comes; 64 MiB.
    /// </summary>
    public long KeptInLine { get; init; } = 64 * 1024 * 1024;

    internal SemaphoreSlim Runs { get; } = new(MostRuns, MostRuns);

    /// <summary>How many runs are in execution.</summary>
    internal int InExecution => MostRuns - Runs.CurrentCount;

    /// <summary>The one place for a run that may be what kills the server.</summary>
    internal SemaphoreSlim Suspects { get; } = new(1, 1);

    /// <summary>The places of one workspace.</summary>
    internal SemaphoreSlim ShareOf(Guid workspace) => shares.GetOrAdd(workspace, _ => new SemaphoreSlim(PerWorkspace, PerWorkspace));

    /// <summary>
    /// The places of the runs that descend from one. Families of a workspace may meet in the same places: there are 256 such shares.
    /// </summary>
    internal SemaphoreSlim FamilyOf(Guid workspace, Guid root) =>
        families.GetOrAdd((workspace, (uint)root.GetHashCode() % FamilyShares), _ => new SemaphoreSlim(PerFamily, PerFamily));

    /// <summary>
    /// Whether a run that was made a moment ago may stay in memory while it stands in line; then <see cref="Forget"/> follows.
    /// </summary>
    internal bool TryKeep(FreshRun run)
    {
        if (Interlocked.Add(ref keptBytes, SizeOf(run)) <= KeptInLine) return true;
        Forget(run);
        return false;
    }

    /// <summary>It is no longer in line.</summary>
    internal void Forget(FreshRun run) => Interlocked.Add(ref keptBytes, -SizeOf(run));

    private static long SizeOf(FreshRun run) => run.State.Bytes + 2_048;
}
