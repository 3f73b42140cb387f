using System.Text.Json;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Forms;

namespace WorkflowStudio.Components.Practice.Forms;

/// <summary>Forms in words.</summary>
internal static class FormWords
{
    /// <summary>What a field may hold, as people choose it.</summary>
    public static IReadOnlyList<(FormFieldType Type, string Text)> Types { get; } =
    [
        (FormFieldType.Text, "Text"), (FormFieldType.LongText, "Long text"), (FormFieldType.Email, "E-mail"),
        (FormFieldType.Phone, "Phone"), (FormFieldType.Number, "Number"), (FormFieldType.Date, "Day"),
        (FormFieldType.Choice, "Choice"), (FormFieldType.Checkbox, "Checkbox"),
    ];

    /// <summary>A type in a word.</summary>
    public static string Type(FormFieldType type) => Types.First(t => t.Type == type).Text;

    /// <summary>How it is shown whether a form takes anything.</summary>
    public static StatusLook Look(FormItem item) => item switch
    {
        { IsOpen: true } => new("done", "check_circle", "Open", Filled: true),
        { Form.Content.Status: FormStatus.Open } => new("waiting", "schedule", "Expired"),
        _ => new("skipped", "block", "Closed"),
    };

    /// <summary>A value that was sent, as people read it.</summary>
    public static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "Yes",
        JsonValueKind.False => "No",
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        _ => value.GetRawText(),
    };
}
