using System.Diagnostics.CodeAnalysis;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Operations;

/// <summary>Why an operation was not done. Dialects and pages translate it; the words are already for people.</summary>
public abstract record OperationProblem(string Code, string Message)
{
    /// <summary>There is none, or it belongs to somebody else: the two cannot be told apart.</summary>
    public sealed record NotFound(string What) : OperationProblem("not_found", $"There is no {What} with this id.");

    /// <summary>The caller may not. <paramref name="Scope"/> is the scope that a key would need.</summary>
    public sealed record Forbidden(string Why, string? Scope) : OperationProblem("forbidden", Why)
    {
        /// <summary>The public name of the permission that is missing.</summary>
        public string? Permission { get; init; }
    }

    /// <summary>It contradicts the present state.</summary>
    public sealed record Conflict(string ConflictCode, string Why) : OperationProblem(ConflictCode, Why)
    {
        /// <summary>The status of the run that it contradicts; null when it is about no run.</summary>
        public RunStatus? Run { get; init; }

        /// <summary>
        /// When that came about which it contradicts; null where nobody asks. Whoever shows it says so in the zone of whoever reads.
        /// </summary>
        public DateTimeOffset? Since { get; init; }

        /// <summary>How long it is until it does not contradict any more; null where nobody knows.</summary>
        public TimeSpan? RetryAfter { get; init; }

        /// <summary>The same in whole seconds, for a header.</summary>
        public int? Seconds => RetryAfter is { } time ? Math.Max(1, (int)Math.Ceiling(time.TotalSeconds)) : null;
    }

    /// <summary>The caller wanted to change another state than the present one.</summary>
    public sealed record Stale(string What) : OperationProblem(
        "precondition_failed",
        $"The {What} was changed meanwhile: its ETag is not one that If-Match names. Read it again, then change it.");

    /// <summary>The request is wrong; <paramref name="Problems"/> says where.</summary>
    public sealed record Invalid(string Why, IReadOnlyList<WorkflowProblem> Problems) : OperationProblem("validation_failed", Why);
}

/// <summary>What an operation came to: a value, or the problem that stopped it.</summary>
public readonly record struct Result<T>
{
    private Result(T? value, OperationProblem? problem) => (Value, Problem) = (value, problem);

    /// <summary>The value, when there is no problem.</summary>
    public T? Value { get; }

    /// <summary>The problem, or null.</summary>
    public OperationProblem? Problem { get; }

    /// <summary>Whether it was done.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool Ok => Problem is null;

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(OperationProblem problem) => new(default, problem);
}
