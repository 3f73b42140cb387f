using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>Everything a step is given for one call. It sees no runtime, no database and no clock of its own.</summary>
public sealed record NodeInput
{
    /// <summary>The run to which the call belongs.</summary>
    public required RunFacts Run { get; init; }

    /// <summary>The step's id in its workflow.</summary>
    public required string NodeId { get; init; }

    /// <summary>The step's settings with every expression resolved; an object.</summary>
    public required JsonElement Settings { get; init; }

    /// <summary>The data that started the run; usually an object.</summary>
    public required JsonElement Payload { get; init; }

    /// <summary>The outputs of the steps that have completed, newest first.</summary>
    public required IReadOnlyList<StepOutput> Upstream { get; init; }

    /// <summary>The number of the try, from 1. A call after a wait belongs to the same try.</summary>
    public required int Attempt { get; init; }

    /// <summary>
    /// The key of the step's outside effect: the same for every call of this step in this run, also after a crash. Goes out as
    /// Idempotency-Key where the other side takes one. A step with several effects appends to it.
    /// </summary>
    public required string EffectKey { get; init; }

    /// <summary>The time of the call.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>
    /// When the step was first called, in this round of its loop: the same for every try and after a crash. Null where that is not
    /// recorded: a step without an outside effect.
    /// </summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>What the step returned as state when it waited; undefined on the first call.</summary>
    public JsonElement State { get; init; }

    /// <summary>Why the step is called.</summary>
    public NodeWake Wake { get; init; } = NodeWake.FirstCall;

    /// <summary>The item and its number when the step runs inside a for-each; null outside.</summary>
    public IterationFacts? Iteration { get; init; }

    /// <summary>How many of the links that lead to the step the run has come by.</summary>
    public int Arrived { get; init; } = 1;

    /// <summary>What the expressions of the step see, for settings that it resolves itself; null where there are no expressions.</summary>
    public IScope? Scope { get; init; }

    /// <summary>
    /// Makes a value a secret of this call: it is masked wherever it would be recorded from now on. Secret settings are so by themselves.
    /// </summary>
    public Action<string> Conceal { get; init; } = _ => { };

    /// <summary>Writes a line into the run's log. Lines become part of the journal.</summary>
    public required Action<NodeLogLevel, string> Log { get; init; }
}

/// <summary>What a step may know of its run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="WorkflowId">Its workflow.</param>
/// <param name="WorkflowName">The name of the workflow.</param>
/// <param name="Tenant">The workspace and environment.</param>
/// <param name="TimeZone">The IANA zone in which the run reads and writes dates.</param>
/// <param name="Depth">How many runs started each other until this one: 0 for a run that a person or a trigger started, at most 20.</param>
public sealed record RunFacts(Guid RunId, Guid WorkflowId, string WorkflowName, Tenant Tenant, string TimeZone, int Depth = 0);

/// <summary>Where a step stands in the innermost for-each around it.</summary>
/// <param name="Path">The numbers of the iterations from the outside in, from 0: <c>3.0</c>.</param>
/// <param name="Index">The number of the innermost iteration, from 0.</param>
/// <param name="Item">Its item.</param>
public sealed record IterationFacts(string Path, int Index, JsonElement Item);

/// <summary>The output of a completed step.</summary>
public sealed record StepOutput(string NodeId, JsonElement Output);

/// <summary>Why a step is called.</summary>
/// <param name="Kind">The reason.</param>
/// <param name="Signal">The name of the signal, when one came.</param>
/// <param name="Data">What the signal carried; undefined when nothing.</param>
public sealed record NodeWake(NodeWakeKind Kind, string? Signal, JsonElement Data)
{
    /// <summary>The step is called for the first time.</summary>
    public static NodeWake FirstCall { get; } = new(NodeWakeKind.FirstCall, null, default);
}

/// <summary>The reasons for calling a step.</summary>
public enum NodeWakeKind
{
    /// <summary>It was not called before in this try.</summary>
    FirstCall,

    /// <summary>The time it waited for has come, or somebody chose "wake now": then <see cref="NodeInput.Now"/> may be earlier.</summary>
    Time,

    /// <summary>The signal it waited for has come.</summary>
    Signal,
}

/// <summary>How important a line of the log is.</summary>
public enum NodeLogLevel
{
    /// <summary>What happened.</summary>
    Info = 0,

    /// <summary>Something people should look at.</summary>
    Warning = 1,

    /// <summary>Something went wrong.</summary>
    Error = 2,
}
