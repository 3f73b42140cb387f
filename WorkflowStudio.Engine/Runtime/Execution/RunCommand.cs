using WorkflowStudio.Engine.Runtime.Runs;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>What the decider wants done next. The executor does it and answers with an event.</summary>
public abstract record RunCommand
{
    private RunCommand()
    {
    }

    /// <summary>Call a step.</summary>
    /// <param name="Step">Its index in the plan.</param>
    /// <param name="Attempt">The number of the try.</param>
    public sealed record ExecuteStep(int Step, int Attempt) : RunCommand;

    /// <summary>Record that the run went another way.</summary>
    public sealed record SkipStep(int Step) : RunCommand;

    /// <summary>Record that a disabled step was passed through.</summary>
    public sealed record PassStep(int Step) : RunCommand;

    /// <summary>Record the end.</summary>
    /// <param name="Failure">Why it failed; null when it ended well.</param>
    public sealed record Finish(RunFailure? Failure) : RunCommand;
}

/// <summary>Why a run failed.</summary>
public sealed record RunFailure(string Code, string Message);

/// <summary>The answer of the decider.</summary>
/// <param name="State">The state after the event.</param>
/// <param name="Commands">What to do next, in this order.</param>
public readonly record struct Decision(RunState State, IReadOnlyList<RunCommand> Commands);
