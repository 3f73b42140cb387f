using System.Text.Json;
using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Components.Editor.Inspector.Fields;

/// <summary>
/// The fields of a schema. What is seldom changed is under "More". Settings the schema does not know are kept as they are.
/// </summary>
public sealed partial class SettingsFields
{
    [CascadingParameter]
    private SettingContext Context { get; set; } = SettingContext.None;

    [Parameter, EditorRequired]
    public NodeSchema Schema { get; set; } = NodeSchema.None;

    /// <summary>The settings; an object or undefined.</summary>
    [Parameter]
    public JsonElement Value { get; set; }

    /// <summary>The place of these settings, "" at the top.</summary>
    [Parameter]
    public string Path { get; set; } = "";

    [Parameter]
    public EventCallback<JsonElement> ValueChanged { get; set; }

    private bool HasProblemInMore => Schema.Fields.Any(f => f.Advanced && Context.ProblemAt(JsonPlace.Property(Path, f.Name)) is not null);

    // what does not matter with the present choice is not asked for, unless something is wrong with it
    private bool IsShown(SchemaField field)
    {
        if (field.When is not { } when || Context.ProblemAt(JsonPlace.Property(Path, field.Name)) is not null) return true;
        var other = JsonEdit.Get(Value, when.Field);
        if (IsNone(other)) other = Schema.Field(when.Field)?.Default ?? default;
        if (IsNone(other)) return false; // nothing is chosen yet
        return other.ValueKind != JsonValueKind.String || Engine.Expressions.Template.Contains(other.GetString()!)
            || when.Values.Contains(other.GetString());
    }

    private static bool IsNone(JsonElement value) => value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;
}
