using Microsoft.AspNetCore.Components;
using WorkflowStudio.Engine.Practice.Tables;

namespace WorkflowStudio.Components.Practice.Records;

/// <summary>A field of a record in a form, with what is wrong with it or what should be known of it.</summary>
public sealed partial class RecordField
{
    [Parameter, EditorRequired]
    public PracticeField Field { get; set; } = null!;

    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    [Parameter]
    public EventCallback<string> TextChanged { get; set; }

    [Parameter]
    public string? Problem { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    // one dialog is open at a time
    private string Id => $"record-{Field.Name}";

    private string? Invalid => Problem is null ? null : "true";

    private string? Described => Problem is null && Field.Hint.Length == 0 ? null : $"{Id}-said";

    private string Type => Field.Kind switch
    {
        FieldKind.Day => "date",
        FieldKind.Time => "time",
        _ => "text",
    };

    private string? Mode => Field.Kind switch
    {
        FieldKind.Number => "decimal",
        FieldKind.Whole => "numeric",
        FieldKind.Email => "email",
        FieldKind.Phone => "tel",
        FieldKind.Link => "url",
        _ => null,
    };

    private Task Changed(string? text) => TextChanged.InvokeAsync(text ?? "");
}
