using Microsoft.AspNetCore.Components;
using WorkflowStudio.Engine.Practice.Forms;

namespace WorkflowStudio.Components.Practice.Forms;

/// <summary>A field of a form as people fill it in, with what is wrong with it or what helps.</summary>
public sealed partial class FormFieldBox
{
    [Parameter, EditorRequired]
    public FormField Field { get; set; } = null!;

    /// <summary>What stands in it.</summary>
    [Parameter]
    public string Text { get; set; } = "";

    [Parameter]
    public string? Problem { get; set; }

    /// <summary>The id of the field of a key, to which links lead.</summary>
    public static string IdOf(string key) => $"field-{key}";

    private string Id => IdOf(Field.Key);

    private string? Invalid => Problem is null ? null : "true";

    private string? Described => (Problem is not null, Field.Hint.Length > 0) switch
    {
        (true, true) => $"{Id}-wrong {Id}-hint",
        (true, false) => $"{Id}-wrong",
        (false, true) => $"{Id}-hint",
        _ => null,
    };

    private string Optional => Field.Required ? "" : " (optional)";

    private string Type => Field.Type switch
    {
        FormFieldType.Email => "email",
        FormFieldType.Phone => "tel",
        FormFieldType.Date => "date",
        _ => "text",
    };

    private string? Mode => Field.Type == FormFieldType.Number ? "decimal" : null;

    // what a phone knows of its owner it may fill in
    private string? FillsIn => Field.Type switch
    {
        FormFieldType.Email => "email",
        FormFieldType.Phone => "tel",
        _ => Field.Key switch
        {
            "name" => "name",
            "first_name" => "given-name",
            "last_name" => "family-name",
            "postal_code" or "zip" => "postal-code",
            "city" => "address-level2",
            "address" => "street-address",
            _ => null,
        },
    };

    private RenderFragment Label => tree =>
    {
        tree.OpenElement(0, "label");
        tree.AddAttribute(1, "for", Id);
        tree.AddContent(2, Field.Label);
        if (!Field.Required)
        {
            tree.OpenElement(3, "small");
            tree.AddContent(4, " (optional)");
            tree.CloseElement();
        }

        tree.CloseElement();
    };
}
