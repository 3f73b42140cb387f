using System.Text.Json;
using WorkflowStudio.Engine.Expressions;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>A setting that a step resolves itself (<see cref="NodeShape.ItemSettings"/>), read once for all its items.</summary>
internal sealed class ItemTemplate
{
    private readonly NodeType type;
    private readonly string setting;
    private readonly IScope? around;
    private readonly SettingsTemplate template;

    /// <summary>Reads the setting of a call.</summary>
    public ItemTemplate(NodeType type, NodeInput input, string setting)
    {
        (this.type, this.setting, around) = (type, setting, input.Scope);
        var value = input.Settings.TryGetProperty(setting, out var given) ? given : default;
        var alone = value.ValueKind == JsonValueKind.Undefined
            ? value
            : JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { [setting] = value }, NodeJson.Options);
        template = SettingsTemplate.Compile(alone, null, path => type.MayBeMissing(input.Settings, path));
    }

    /// <summary>The setting without an item.</summary>
    public Resolved Resolve() => Resolve(new ItemScope(around, default, 0));

    /// <summary>The setting for one item.</summary>
    public Resolved Resolve(JsonElement item, int index) => Resolve(new ItemScope(around, item, index)) is var resolved
        && resolved.Failed is { } failed
        ? resolved with { Failed = failed with { Message = $"Item {index + 1}: {failed.Message}" } }
        : resolved;

    /// <summary>The setting in a scope of its own.</summary>
    public Resolved Resolve(IScope scope)
    {
        var resolution = template.Resolve(scope);
        if (!resolution.Succeeded)
            return new Resolved(default, SettingsFailure.Of(type, resolution.Problems));
        return new Resolved(resolution.Value.TryGetProperty(setting, out var value) ? value : default, null);
    }

    /// <summary>What a setting came to.</summary>
    /// <param name="Value">The value; undefined when there is none.</param>
    /// <param name="Failed">Why there is none; null when nothing failed.</param>
    public readonly record struct Resolved(JsonElement Value, NodeOutcome.Failed? Failed);
}
