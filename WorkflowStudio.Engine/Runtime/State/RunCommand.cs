using System.Text.Json;

namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>What the decider wants done next. The executor does it and answers with an event.</summary>
/// <param name="Iteration">The iterations in which the step stands; null outside of every for-each.</param>
public abstract record RunCommand(string? Iteration)
{
    /// <summary>Call a step.</summary>
    /// <param name="Step">Its index in the plan.</param>
    /// <param name="Attempt">The number of the try.</param>
    /// <param name="Iteration">Its iterations.</param>
    public sealed record ExecuteStep(int Step, int Attempt, string? Iteration = null) : RunCommand(Iteration);

    /// <summary>Record that the run went another way.</summary>
    public sealed record SkipStep(int Step, string? Iteration = null) : RunCommand(Iteration);

    /// <summary>Record that a disabled step was passed through.</summary>
    public sealed record PassStep(int Step, string? Iteration = null) : RunCommand(Iteration);

    /// <summary>Record that a round begins anew.</summary>
    /// <param name="Step">The step at which it begins.</param>
    /// <param name="Iteration">Its iterations.</param>
    public sealed record BeginRound(int Step, string? Iteration = null) : RunCommand(Iteration);

    /// <summary>Record the end of an iteration, with what it collected.</summary>
    /// <param name="Step">The step whose items are run through.</param>
    /// <param name="Iteration">The iteration that is over.</param>
    /// <param name="Failure">Why it failed; null when it ended well.</param>
    public sealed record EndIteration(int Step, string Iteration, RunFailure? Failure) : RunCommand(Iteration);

    /// <summary>Record the end of a for-each, with what its iterations collected.</summary>
    /// <param name="Step">The step whose items were run through.</param>
    /// <param name="Iteration">Its own iterations.</param>
    public sealed record EndLoop(int Step, string? Iteration = null) : RunCommand(Iteration);

    /// <summary>Record the end.</summary>
    /// <param name="Failure">Why it failed; null when it ended well.</param>
    public sealed record Finish(RunFailure? Failure) : RunCommand((string?)null)
    {
        /// <summary>What the run gives; undefined for nothing.</summary>
        public JsonElement Output { get; init; }

        /// <summary>Why it ends before every step is over; null when all are.</summary>
        public string? Early { get; init; }
    }
}

/// <summary>Why a run, or an iteration, failed.</summary>
public sealed record RunFailure(string Code, string Message);

/// <summary>The answer of the decider.</summary>
/// <param name="State">The state after the event.</param>
/// <param name="Commands">What to do next, in this order.</param>
public readonly record struct Decision(RunState State, IReadOnlyList<RunCommand> Commands);
