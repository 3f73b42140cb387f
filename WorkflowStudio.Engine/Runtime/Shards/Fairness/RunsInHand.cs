namespace WorkflowStudio.Engine.Runtime.Shards.Fairness;

/// <summary>
/// The runs that a pump has in hand: those that are worked on, and those that stand in line. Whoever finds no room stays due, and the poll
/// finds it again.
/// </summary>
internal sealed class RunsInHand
{
    /// <summary>How many there may be.</summary>
    public const int Most = 4_096;

    /// <summary>How many of them may be of one workspace, so that its backlog leaves room to the others.</summary>
    public const int MostPerWorkspace = Most * 3 / 4;

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, RunInHand> runs = [];
    private readonly Dictionary<Guid, int> perWorkspace = [];

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (gate) return runs.Count;
        }
    }

    /// <summary>When each of them is no longer in hand.</summary>
    public Task[] Done
    {
        get
        {
            lock (gate) return [.. runs.Values.Select(w => w.Done)];
        }
    }

    /// <summary>Rings the run when it is in hand; false when it is not.</summary>
    public bool TryRing(Guid runId)
    {
        lock (gate)
        {
            if (!runs.TryGetValue(runId, out var known)) return false;
            known.Ring();
            return true;
        }
    }

    /// <summary>Takes a run in hand that is not; null when there is no room.</summary>
    public RunInHand? TryTake(Guid runId, Guid? workspace)
    {
        lock (gate)
        {
            var work = new RunInHand();
            if (runs.Count >= Most || (workspace is { } its && !TryCount(work, its))) return null;
            runs.Add(runId, work);
            return work;
        }
    }

    /// <summary>Says whose a run is that stands in line; false when its workspace has no more room: it has to be let go.</summary>
    public bool TryStay(RunInHand work, Guid workspace)
    {
        lock (gate) return work.Workspace is not null || TryCount(work, workspace);
    }

    /// <summary>
    /// Lets a run go that was through, unless it was rung since its execution began. Rings and this exclude each other: none is lost
    /// between.
    /// </summary>
    public bool TryLetGo(Guid runId, RunInHand work, bool through)
    {
        lock (gate)
        {
            if (work.TakeRing() || !through) return false;
            Remove(runId, work);
            return true;
        }
    }

    /// <summary>Lets a run go whatever was wanted of it.</summary>
    public void LetGo(Guid runId, RunInHand work)
    {
        lock (gate) Remove(runId, work);
    }

    private bool TryCount(RunInHand work, Guid workspace)
    {
        var count = perWorkspace.GetValueOrDefault(workspace);
        if (count >= MostPerWorkspace) return false;
        perWorkspace[workspace] = count + 1;
        work.Workspace = workspace;
        return true;
    }

    // only this one: the run may be in hand again by now
    private void Remove(Guid runId, RunInHand work)
    {
        if (!runs.TryGetValue(runId, out var known) || known != work) return;
        runs.Remove(runId);
        if (work.Workspace is not { } its) return;
        if (perWorkspace[its] == 1) perWorkspace.Remove(its);
        else perWorkspace[its]--;
    }
}
