namespace WorkflowStudio.Engine.Scripting;

/// <summary>
/// Who runs next: the workspaces take turns, and one has all places but one, so that nobody waits behind another workspace's endless
/// scripts. Safe for all threads.
/// </summary>
internal sealed class ScriptQueue(int places)
{
    private readonly object gate = new(); // one that can be waited at
    private readonly List<Line> lines = [];
    private bool closed;

    private int PerWorkspace => Math.Max(1, places - 1);

    /// <summary>Takes work; false when too much of its workspace stands in line.</summary>
    public bool TryAdd(ScriptJob job)
    {
        lock (gate)
        {
            var line = lines.Find(l => l.Workspace == job.Workspace);
            if (line is null) lines.Add(line = new Line(job.Workspace));
            if (line.Waiting.Count >= ScriptLimits.LongestLine) return false;
            line.Waiting.Enqueue(job);
            Monitor.Pulse(gate);
            return true;
        }
    }

    /// <summary>
    /// Gives the next that may run, for as long as it takes until there is one; null when there is none for a while. False when the queue
    /// is closed.
    /// </summary>
    public bool TryTake(TimeSpan idle, out ScriptJob? job)
    {
        lock (gate)
        {
            job = null;
            while (!closed && (job = Next()) is null)
                if (!Monitor.Wait(gate, idle)) break;
            return !closed;
        }
    }

    /// <summary>Lets go of whoever waits for work.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Says that one has run.</summary>
    public void Done(ScriptJob job)
    {
        lock (gate)
        {
            var line = lines.Find(l => l.Workspace == job.Workspace)!;
            line.Running--;
            if (line.IsEmpty) lines.Remove(line);
            Monitor.Pulse(gate); // what waited for this place is looked for again
        }
    }

    private ScriptJob? Next()
    {
        foreach (var line in lines)
        {
            while (line.Running < PerWorkspace && line.Waiting.TryDequeue(out var job))
            {
                if (!job.Begin()) continue; // nobody waits for it any more
                line.Running++;
                lines.Remove(line);
                lines.Add(line);
                return job;
            }
        }

        lines.RemoveAll(l => l.IsEmpty);
        return null;
    }

    private sealed class Line(Guid workspace)
    {
        public Guid Workspace => workspace;

        public Queue<ScriptJob> Waiting { get; } = new();

        public int Running { get; set; }

        public bool IsEmpty => Running == 0 && Waiting.Count == 0;
    }
}

/// <summary>A script in line or under way.</summary>
/// <param name="workspace">Whose it is.</param>
/// <param name="request">The script.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class ScriptJob(Guid workspace, ScriptRequest request, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ScriptAnswer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int taken;

    public Guid Workspace => workspace;

    public ScriptRequest Request => request;

    public CancellationToken Canceled => cancellationToken;

    /// <summary>Done when it has a place.</summary>
    public Task Begun => begun.Task;

    /// <summary>What came of it.</summary>
    public Task<ScriptAnswer> Answer => answer.Task;

    /// <summary>Takes it out of the line to be run; false when it was given up.</summary>
    public bool Begin()
    {
        if (Interlocked.Exchange(ref taken, 1) != 0) return false;
        begun.SetResult();
        return true;
    }

    /// <summary>Gives it up; false when it runs already.</summary>
    public bool GiveUp() => Interlocked.Exchange(ref taken, 1) == 0;

    public void Complete(ScriptAnswer came) => answer.TrySetResult(came);
}
