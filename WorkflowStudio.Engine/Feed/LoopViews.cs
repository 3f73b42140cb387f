using System.Text.Json;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Feed;

/// <summary>One run through the items of a for-each, for people. An inner for-each has one for each iteration around it.</summary>
public sealed class LoopView
{
    private readonly List<IterationView> iterations;

    internal LoopView(string nodeId, string? outer) => (NodeId, Outer, iterations) = (nodeId, outer, []);

    private LoopView(LoopView from)
    {
        (NodeId, Outer, iterations, Next) = (from.NodeId, from.Outer, [.. from.iterations], from.Next);
        (Running, Done, Failed, Canceled, TakenOver) = (from.Running, from.Done, from.Failed, from.Canceled, from.TakenOver);
    }

    /// <summary>The for-each.</summary>
    public string NodeId { get; }

    /// <summary>The iterations around it (<c>3.0</c>); null for one outside of every other.</summary>
    public string? Outer { get; }

    /// <summary>The iterations in the order of the items, those that have not begun among them.</summary>
    public IReadOnlyList<IterationView> Iterations => iterations;

    /// <summary>How many are under way.</summary>
    public int Running { get; private set; }

    /// <summary>How many ended well, those that were taken over from a repeated run among them.</summary>
    public int Done { get; private set; }

    /// <summary>How many failed.</summary>
    public int Failed { get; private set; }

    /// <summary>How many were cut off by the end of the run or by a failure elsewhere.</summary>
    public int Canceled { get; private set; }

    /// <summary>How many have not begun.</summary>
    public int NotStarted => iterations.Count - Running - Done - Failed - Canceled;

    /// <summary>How many were over in the run that is repeated.</summary>
    public int TakenOver { get; private set; }

    internal int Next { get; set; } // all before it have begun

    internal LoopView Copy() => new(this);

    internal void Add(IterationView iteration)
    {
        iterations.Add(iteration);
        if (iteration.TakenOver) TakenOver++;
        Count(iteration.Status, 1);
    }

    internal void Set(int index, IterationView iteration)
    {
        Count(iterations[index].Status, -1);
        iterations[index] = iteration;
        Count(iteration.Status, 1);
    }

    private void Count(StepStatus status, int by)
    {
        if (status == StepStatus.Running) Running += by;
        else if (status == StepStatus.Done) Done += by;
        else if (status == StepStatus.Failed) Failed += by;
        else if (status == StepStatus.Canceled) Canceled += by;
    }
}

/// <summary>An iteration of a for-each, for people.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Item">The item it runs for.</param>
/// <param name="Status">NotStarted, Running, Done, Failed or Canceled.</param>
public sealed record IterationView(int Index, JsonElement Item, StepStatus Status)
{
    /// <summary>When it began; null before, and for one that was taken over.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was over; null before, and for one that was taken over.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether it was over in the run that is repeated.</summary>
    public bool TakenOver { get; init; }

    /// <summary>What it collected; undefined before its end and when it failed.</summary>
    public JsonElement Output { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Why it failed, for people.</summary>
    public string? ErrorMessage { get; init; }
}

/// <summary>How often a step inside a for-each is in which status, over all iterations.</summary>
/// <param name="Running">Being worked on.</param>
/// <param name="Waiting">Waiting, or to be tried again.</param>
/// <param name="Done">Done.</param>
/// <param name="Failed">Failed for good.</param>
/// <param name="Skipped">Passed by.</param>
/// <param name="Canceled">Cut off.</param>
public readonly record struct StepTally(int Running, int Waiting, int Done, int Failed, int Skipped, int Canceled)
{
    /// <summary>How often nothing more happens to it.</summary>
    public int Over => Done + Failed + Skipped + Canceled;

    /// <summary>One status for all: what goes on before what has been.</summary>
    public StepStatus Status => this switch
    {
        { Running: > 0 } => StepStatus.Running,
        { Waiting: > 0 } => StepStatus.Waiting,
        { Failed: > 0 } => StepStatus.Failed,
        { Done: > 0 } => StepStatus.Done,
        { Canceled: > 0 } => StepStatus.Canceled,
        { Skipped: > 0 } => StepStatus.Skipped,
        _ => StepStatus.NotStarted,
    };

    internal StepTally With(StepStatus status, int by) => status switch
    {
        StepStatus.Running or StepStatus.Looping => this with { Running = Running + by },
        StepStatus.Waiting or StepStatus.Retrying => this with { Waiting = Waiting + by },
        StepStatus.Done => this with { Done = Done + by },
        StepStatus.Failed => this with { Failed = Failed + by },
        StepStatus.Skipped => this with { Skipped = Skipped + by },
        StepStatus.Canceled => this with { Canceled = Canceled + by },
        _ => this,
    };
}
