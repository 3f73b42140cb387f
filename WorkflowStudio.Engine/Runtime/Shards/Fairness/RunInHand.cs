using WorkflowStudio.Engine.Runtime.Execution;

namespace WorkflowStudio.Engine.Runtime.Shards.Fairness;

/// <summary>A run in hand. A ring before its execution exists is kept for it.</summary>
internal sealed class RunInHand
{
    private readonly Lock own = new();
    private RunExecution? execution;
    private bool rung;

    /// <summary>Whose it is; null when that is not known.</summary>
    public Guid? Workspace { get; set; }

    /// <summary>Completes when the run is no longer in hand.</summary>
    public Task Done { get; set; } = Task.CompletedTask;

    /// <summary>Says that something is wanted of the run.</summary>
    public void Ring()
    {
        lock (own)
        {
            rung = true;
            execution?.Ring();
        }
    }

    /// <summary>Gives it its execution, and the ring that came before.</summary>
    public void Attach(RunExecution next)
    {
        lock (own)
        {
            execution = next;
            if (rung) next.Ring();
            rung = false;
        }
    }

    /// <summary>After the execution has ended: whether it was rung since it was attached.</summary>
    public bool TakeRing()
    {
        lock (own)
        {
            execution = null;
            var was = rung;
            rung = false;
            return was;
        }
    }
}
