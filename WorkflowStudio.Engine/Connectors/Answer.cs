namespace WorkflowStudio.Engine.Connectors;

/// <summary>
/// What a connector answers: a value, or the reason why there is none. Expected failures come this way, never as exceptions.
/// </summary>
/// <param name="Value">The value; the default when <paramref name="Problem"/> is set.</param>
/// <param name="Problem">Why there is no value; null when there is one.</param>
public readonly record struct Answer<T>(T? Value, ConnectorProblem? Problem)
{
    /// <summary>A value is an answer.</summary>
    public static implicit operator Answer<T>(T value) => new(value, null);

    /// <summary>A problem is an answer.</summary>
    public static implicit operator Answer<T>(ConnectorProblem problem) => new(default, problem);

    /// <summary>True with the value, or false with the problem.</summary>
    public bool Has(out T value, out ConnectorProblem problem)
    {
        value = Value!;
        problem = Problem!;
        return Problem is null;
    }
}

/// <summary>Why a connector could not do what it was asked.</summary>
/// <param name="Code">A stable name, for example <c>slot_taken</c>.</param>
/// <param name="Message">Cause, then remedy, for people.</param>
/// <param name="Retryable">Whether another try could go better.</param>
public sealed record ConnectorProblem(string Code, string Message, bool Retryable = false)
{
    /// <summary>The code of an effect of which nobody knows whether it happened.</summary>
    public const string OutcomeUnknown = "outcome_unknown";

    /// <summary>How long the other side wants to be left alone before another try; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>Where an effect comes from, and the key under which it happens once.</summary>
/// <param name="Key">Unique in the tenant; a second call with the same key answers what the first did and does nothing. At most 200
/// characters.</param>
/// <param name="RunId">The run, or null when a person did it on a page.</param>
/// <param name="WorkflowId">The workflow of the run.</param>
/// <param name="NodeId">The step of the run.</param>
public sealed record EffectSource(string Key, Guid? RunId = null, Guid? WorkflowId = null, string? NodeId = null)
{
    /// <summary>The call, where several share the key and have to know which of them did it; null where none do.</summary>
    public string? CallKey { get; init; }
}
