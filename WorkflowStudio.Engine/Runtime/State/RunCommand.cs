using System.Text.Json;
using WorkflowStudio.Engine.Runtime.Plans;

namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>What the decider wants done next. The executor does it and answers with an event.</summary>
public abstract record RunCommand
{
    private RunCommand()
    {
    }

    /// <summary>Call a step.</summary>
    /// <param name="Place">The step.</param>
    /// <param name="Attempt">The number of the try.</param>
    public sealed record ExecuteStep(StepPlace Place, int Attempt) : RunCommand;

    /// <summary>Record that the run went another way.</summary>
    public sealed record SkipStep(StepPlace Place) : RunCommand;

    /// <summary>Record that a disabled step was passed through.</summary>
    public sealed record PassStep(StepPlace Place) : RunCommand;

    /// <summary>Record that a round begins anew.</summary>
    /// <param name="Place">The step at which it begins.</param>
    public sealed record BeginRound(StepPlace Place) : RunCommand;

    /// <summary>Record the end of an iteration, with what it collected.</summary>
    /// <param name="Loop">The step whose items are run through.</param>
    /// <param name="Path">The iteration that is over, see <see cref="RunEvent.Iteration"/>.</param>
    /// <param name="Failure">Why it failed; null when it ended well.</param>
    public sealed record EndIteration(PlanStep Loop, string Path, RunFailure? Failure) : RunCommand;

    /// <summary>Record the end of a for-each, with what its iterations collected.</summary>
    /// <param name="Place">The step whose items were run through.</param>
    public sealed record EndLoop(StepPlace Place) : RunCommand;

    /// <summary>Record the end.</summary>
    /// <param name="Failure">Why it failed; null when it ended well.</param>
    public sealed record Finish(RunFailure? Failure) : RunCommand
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
