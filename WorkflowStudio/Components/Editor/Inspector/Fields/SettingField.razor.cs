using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Components.Editor.Inspector.Fields;

/// <summary>One setting: its label, the control of its kind, its problem or hint. Any kind of value may be an expression instead.</summary>
public sealed partial class SettingField
{
    private bool wantsExpression;
    private string? unreadable;

    [CascadingParameter]
    private SettingContext Context { get; set; } = SettingContext.None;

    [Parameter, EditorRequired]
    public SchemaField Field { get; set; } = null!;

    /// <summary>The place below the step's config.</summary>
    [Parameter, EditorRequired]
    public string Path { get; set; } = "";

    /// <summary>The value; undefined when none is given.</summary>
    [Parameter]
    public JsonElement Value { get; set; }

    /// <summary>Undefined takes the setting out.</summary>
    [Parameter]
    public EventCallback<JsonElement> ValueChanged { get; set; }

    /// <summary>Without label and hint: an entry of a list or map, which has its own.</summary>
    [Parameter]
    public bool Bare { get; set; }

    private string Id => Context.IdOf(Path);

    private StepProblem? Problem => Context.ProblemAt(Path);

    private bool IsInvalid => Problem is { IsError: true };

    private string? NoteId => Problem is not null || (Field.Description.Length > 0 && !Bare) ? $"{Id}-note" : null;

    private IReadOnlyList<FieldChoice> Choices { get; set; } = [];

    private string Chosen => Context.Outside.Chosen(Field, Written);

    private bool IsText => Field.Kind is FieldKind.Text or FieldKind.DateTime;

    // any value is written as text, until it is a list or an object
    private bool IsPlainText => (IsText && Choices.Count == 0) || (Field.Kind == FieldKind.Any && Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array));

    // a list or an object can be an expression as a whole too
    private bool IsExpression => Context.Expressions && (wantsExpression || (Value.ValueKind == JsonValueKind.String && Template.Contains(Value.GetString()!) && !IsPlainText));

    private bool CanSwitch => Context.Expressions && !IsPlainText && Field.Kind is not (FieldKind.Object or FieldKind.Map or FieldKind.Any);

    private bool IsSwitch => Field.Kind == FieldKind.Boolean && !IsExpression;

    private bool HasOneControl => IsExpression || Field.Kind is not (FieldKind.List or FieldKind.Map or FieldKind.Object);

    private bool IsOn => (Value.ValueKind == JsonValueKind.Undefined ? Field.Default : Value).ValueKind == JsonValueKind.True;

    private bool IsSms => Path.Contains("sms", StringComparison.OrdinalIgnoreCase) || Context.Sms;

    private string Written => Value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => Field.Choices.Count > 0 && Field.Default.ValueKind == JsonValueKind.String ? Field.Default.GetString()! : "",
        JsonValueKind.String => Value.GetString()!,
        _ => Value.GetRawText(),
    };

    private string? DefaultText => Field.Default.ValueKind switch
    {
        JsonValueKind.Undefined => null,
        JsonValueKind.String => Field.Default.GetString(),
        _ => Field.Default.GetRawText(),
    };

    private int Lines => Field.Editor switch { FieldEditor.Message => 4, FieldEditor.MultiLine => 3, _ => Written.Contains('\n') ? 3 : 1 };

    protected override void OnParametersSet() => Choices = Field.Names is null ? Field.Choices : Context.Outside.For(Field);

    private Task Set(JsonElement value) => ValueChanged.InvokeAsync(value);

    private Task SetText(string text)
    {
        if (wantsExpression && Template.Contains(text)) wantsExpression = false; // it is one now, whatever it was to be
        unreadable = null;
        if (Field.Kind == FieldKind.Any && !Template.Contains(text) && text.TrimStart() is ['{' or '[', ..])
            return JsonReading.TryRead(text, out var json, out unreadable) ? Set(json) : Task.CompletedTask; // meant as JSON: told, not taken as text
        return Set(text.Length == 0 ? default : IsText || Template.Contains(text) ? JsonEdit.Text(text) : Read(text));
    }

    private Task SwitchMode()
    {
        if (!IsExpression)
        {
            wantsExpression = true;
            return Task.CompletedTask;
        }
        wantsExpression = false;
        return Set(default);
    }

    private JsonElement Read(string text) => Field.Kind == FieldKind.Any ? JsonEdit.Any(text) :
        NumberText.TryRead(text, out var number) ? JsonEdit.Number(number) : JsonEdit.Text(text);
}
