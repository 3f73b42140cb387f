using System.Text.Json;
using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Components.Editor.Inspector.Fields;

/// <summary>One setting: its label, the control of its kind, its problem or hint. Any kind of value may be an expression instead.</summary>
public sealed partial class SettingField
{
    private bool wantsExpression;
    private (string Text, JsonElement Value)? written;

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

    // the hint stays beside an error: it says how the field is meant
    private bool HasHint => Field.Description.Length > 0 && !Bare;

    private string? NoteId => (Problem is not null, HasHint) switch
    {
        (true, true) => $"{Id}-note {Id}-hint",
        (true, false) => $"{Id}-note",
        (false, true) => $"{Id}-hint",
        _ => null,
    };

    private IReadOnlyList<FieldChoice> Choices { get; set; } = [];

    private string Chosen => Context.Outside.Chosen(Field, Written);

    private bool IsText => Field.Kind is FieldKind.Text or FieldKind.DateTime;

    // any value is written as text; lists and objects as JSON, in the same field, so that it keeps the focus while it becomes one
    private bool IsPlainText => (IsText && Choices.Count == 0) || Field.Kind == FieldKind.Any;

    // a list or an object can be an expression as a whole too
    private bool IsExpression => Context.Expressions
        && (wantsExpression || (Value.ValueKind == JsonValueKind.String && Template.Contains(Value.GetString()!) && !IsPlainText));

    private bool CanSwitch => Context.Expressions && !IsPlainText && Field.Kind is not (FieldKind.Object or FieldKind.Map or FieldKind.Any);

    private bool IsSwitch => Field.Kind == FieldKind.Boolean && !IsExpression;

    private bool HasOneControl => IsExpression || Field.Kind is not (FieldKind.List or FieldKind.Map or FieldKind.Object);

    private bool IsOn => (Value.ValueKind == JsonValueKind.Undefined ? Field.Default : Value).ValueKind == JsonValueKind.True;

    private bool IsSms => Path.Contains("sms", StringComparison.OrdinalIgnoreCase) || Context.Sms;

    private string Written => Value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null && Field.Choices.Count > 0
        && Field.Default.ValueKind == JsonValueKind.String
        ? Field.Default.GetString()!
        : SettingText.Write(Value);

    // as it was typed, while it means the same
    private string Shown =>
        Context.UnreadAt(Path)?.Text ?? (written is { } typed && SettingText.Same(typed.Value, Value) ? typed.Text : Written);

    private string? Placeholder => Field.Default.ValueKind != JsonValueKind.Undefined ? SettingText.Write(Field.Default)
        : Context.ExampleAt(Path) is { } example ? $"For example {example}" : null;

    private int Lines => Field.Editor switch
    {
        FieldEditor.Message => 4,
        _ when Field.Verbatim => 8,
        FieldEditor.MultiLine => 3,
        _ => Shown.Contains('\n') || (Field.Kind == FieldKind.Any && !Bare) ? 3 : 1,
    };

    protected override void OnParametersSet() => Choices = Field.Names is null ? Field.Choices : Context.Outside.For(Field);

    private Task Set(JsonElement value) => ValueChanged.InvokeAsync(value);

    private async Task SetText(string text)
    {
        if (wantsExpression && Template.Contains(text)) wantsExpression = false; // it is one now, whatever it was to be
        if (!SettingText.TryRead(Field, text, out var value, out var why))
        {
            await Context.KeepUnread(Path, text, $"{Field.Title}: {why}");
            return;
        }
        written = (text, value);
        Context.TakeUnread(Path);
        await Set(value);
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
}
