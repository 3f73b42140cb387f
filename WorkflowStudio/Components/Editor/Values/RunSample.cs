using System.Text.Json;
using WorkflowStudio.Engine.Expressions;

namespace WorkflowStudio.Components.Editor.Values;

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

/// <summary>Evaluates expressions on the data of a run that has been.</summary>
internal sealed class SampleScope(RunSample? sample, IReadOnlyList<KnownValue> values) : IScope
{
    /// <inheritdoc/>
    public JsonElement Payload => sample?.Payload ?? default;

    /// <inheritdoc/>
    public IEnumerable<JsonElement> OutputsNewestFirst => sample?.Steps.Select(s => s.Output).Where(o => o.ValueKind != JsonValueKind.Undefined) ?? [];

    /// <inheritdoc/>
    public bool TryOutput(string nodeId, out JsonElement output)
    {
        output = sample?.OutputOf(nodeId) ?? default;
        return output.ValueKind != JsonValueKind.Undefined;
    }

    /// <inheritdoc/>
    public bool TryAmbient(string name, out JsonElement value)
    {
        value = values.FirstOrDefault(v => v.Path == name)?.Sample ?? default;
        return value.ValueKind != JsonValueKind.Undefined;
    }
}
