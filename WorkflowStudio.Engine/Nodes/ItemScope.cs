using System.Text.Json;
using WorkflowStudio.Engine.Expressions;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>What expressions see while a step goes through a list: everything around, and <c>$item</c> and <c>$index</c>.</summary>
/// <param name="around">The step's own scope; null where there is none.</param>
/// <param name="item">The item.</param>
/// <param name="index">Its number, from 0.</param>
public sealed class ItemScope(IScope? around, JsonElement item, int index) : IScope
{
    /// <inheritdoc/>
    public JsonElement Payload => around?.Payload ?? default;

    /// <inheritdoc/>
    public IEnumerable<JsonElement> OutputsNewestFirst => around?.OutputsNewestFirst ?? [];

    /// <inheritdoc/>
    public bool TryOutput(string nodeId, out JsonElement output)
    {
        output = default;
        return around?.TryOutput(nodeId, out output) == true;
    }

    /// <inheritdoc/>
    public bool TryAmbient(string name, out JsonElement value)
    {
        value = name switch
        {
            AmbientNames.Item => item,
            AmbientNames.Index => JsonSerializer.SerializeToElement(index),
            _ => default,
        };
        return value.ValueKind != JsonValueKind.Undefined || around?.TryAmbient(name, out value) == true;
    }
}
