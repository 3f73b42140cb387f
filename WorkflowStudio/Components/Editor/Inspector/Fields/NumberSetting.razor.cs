using System.Text.Json;
using Microsoft.AspNetCore.Components;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Components.Editor.Inspector.Fields;

/// <summary>A number, or a template that comes to one.</summary>
public sealed partial class NumberSetting
{
    private string text = "";

    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter, EditorRequired]
    public SchemaField Field { get; set; } = null!;

    /// <summary>For numbers without a label of their own.</summary>
    [Parameter]
    public string? Label { get; set; }

    [Parameter]
    public JsonElement Value { get; set; }

    [Parameter]
    public EventCallback<JsonElement> ValueChanged { get; set; }

    [Parameter]
    public string? DescribedBy { get; set; }

    [Parameter]
    public bool Invalid { get; set; }

    /// <summary>What stands in the empty field.</summary>
    [Parameter]
    public string? Placeholder { get; set; }

    protected override void OnParametersSet() => text = SettingText.Write(Value);

    // not a field of the browser's for numbers: that hands on nothing where it cannot read one, and what was typed would be gone
    private Task Change(ChangeEventArgs args)
    {
        text = args.Value?.ToString()?.Trim() ?? "";
        SettingText.TryRead(Field, text, out var value, out _);
        return ValueChanged.InvokeAsync(value);
    }
}
