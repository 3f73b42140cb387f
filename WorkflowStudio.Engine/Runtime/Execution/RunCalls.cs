using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>A call of a step.</summary>
/// <param name="Place">The step.</param>
/// <param name="Attempt">The number of the try.</param>
/// <param name="Turn">The turn for which it is made, see <see cref="RunState.TurnOf"/>.</param>
internal readonly record struct CallToMake(StepPlace Place, int Attempt, string Turn)
{
    /// <summary>
    /// Whether both are for the same turn of a step. One of an earlier turn may be under way still: its iteration was ended and began anew.
    /// </summary>
    public bool IsSameTurn(in CallToMake other) => Place == other.Place && Turn == other.Turn;

    /// <summary>Whether the step still stands there for the turn for which it is called.</summary>
    public bool IsStillMeant(RunState state) => state[Place] is not null && state.TurnOf(Place) == Turn;
}

/// <summary>What a call of a step came to.</summary>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Start">The run that it starts.</param>
internal readonly record struct StepResult(NodeOutcome Outcome, RunStart? Start);

/// <summary>The calls of one run: those that are made once their start is durable, and those under way.</summary>
internal sealed class RunCalls
{
    private readonly List<CallToMake> waiting = [];
    private readonly List<InFlight> underWay = [];

    /// <summary>Whether there is none at all.</summary>
    public bool IsEmpty => waiting.Count == 0 && underWay.Count == 0;

    /// <summary>Whether some are to be made once their start is durable.</summary>
    public bool AnyWaiting => waiting.Count > 0;

    /// <summary>Whether some are under way.</summary>
    public bool AnyUnderWay => underWay.Count > 0;

    /// <summary>Those under way.</summary>
    public IEnumerable<Task> Tasks => underWay.Select(c => (Task)c.Task);

    /// <summary>Whether the step is called already for this turn, or about to be.</summary>
    public bool Has(in CallToMake call)
    {
        foreach (var made in underWay) if (made.Made.IsSameTurn(call)) return true;
        foreach (var next in waiting) if (next.IsSameTurn(call)) return true;
        return false;
    }

    /// <summary>Keeps a call until its start is durable.</summary>
    public void Keep(in CallToMake call) => waiting.Add(call);

    /// <summary>Takes those that were kept.</summary>
    public CallToMake[] TakeKept()
    {
        CallToMake[] kept = [.. waiting];
        waiting.Clear();
        return kept;
    }

    /// <summary>Forgets those that were kept; they are decided anew when the run goes on.</summary>
    public void DropKept() => waiting.Clear();

    /// <summary>Adds a call that is under way.</summary>
    public void Add(in CallToMake made, ValueTask<StepResult> task) => underWay.Add(new InFlight(made, task.AsTask()));

    /// <summary>Takes a call that has come to something; false when there is none.</summary>
    public bool TryTakeCompleted(out CallToMake made, out Task<StepResult> task)
    {
        for (var i = underWay.Count - 1; i >= 0; i--)
        {
            if (!underWay[i].Task.IsCompleted) continue;
            (made, task) = underWay[i];
            underWay.RemoveAt(i);
            return true;
        }

        (made, task) = (default, null!);
        return false;
    }

    private readonly record struct InFlight(CallToMake Made, Task<StepResult> Task);
}
