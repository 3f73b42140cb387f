using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Operations.Editing;

namespace WorkflowStudio.Components.Editor.Values;

/// <summary>Evaluates expressions on the data of a run that has been.</summary>
internal sealed class SampleScope(RunSample? sample, IReadOnlyList<KnownValue> values) : IScope
{
    /// <inheritdoc/>
    public JsonElement Payload => sample?.Payload ?? default;

    /// <inheritdoc/>
    public IEnumerable<JsonElement> OutputsNewestFirst =>
        sample?.Steps.Select(s => s.Output).Where(o => o.ValueKind != JsonValueKind.Undefined) ?? [];

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
