using System.Text.Json;

namespace WorkflowStudio.Operations.Editing;

/// <summary>The data of a run that has been, for previews and for the step's input and output.</summary>
/// <param name="RunId">The run.</param>
/// <param name="At">When it started.</param>
/// <param name="Payload">What it started with.</param>
/// <param name="Steps">The steps, the one that ended last first.</param>
public sealed record RunSample(Guid RunId, DateTimeOffset At, JsonElement Payload, IReadOnlyList<StepSample> Steps)
{
    /// <summary>The output of a step; undefined when it has none.</summary>
    public JsonElement OutputOf(string stepId) => Steps.FirstOrDefault(s => s.StepId == stepId)?.Output ?? default;
}

/// <summary>What one step was given and what it answered in that run.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Input">Its settings with the expressions resolved.</param>
/// <param name="Output">Its output; undefined when it has none.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
public sealed record StepSample(string StepId, JsonElement Input, JsonElement Output, string? Error);
