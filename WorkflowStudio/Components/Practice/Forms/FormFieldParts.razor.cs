using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;

namespace WorkflowStudio.Components.Practice.Forms;

/// <summary>The parts of a field of a form, to be changed, each with what is wrong with it.</summary>
public sealed partial class FormFieldParts
{
    [Parameter, EditorRequired]
    public FormDraft Draft { get; set; } = null!;

    [Parameter, EditorRequired]
    public FieldDraft Field { get; set; } = null!;

    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>Something has changed.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    /// <summary>What is wrong, or what helps, below a field.</summary>
    internal static RenderFragment Said(string id, string? problem, string hint) => tree =>
    {
        if (problem is null && hint.Length == 0) return;
        tree.OpenElement(0, "p");
        tree.AddAttribute(1, "id", id);
        tree.AddAttribute(2, "class", problem is null ? "set-hint" : "set-problem");
        if (problem is null)
        {
            tree.AddContent(3, hint);
        }
        else
        {
            tree.AddAttribute(4, "role", "alert");
            tree.OpenComponent<Icon>(5);
            tree.AddAttribute(6, nameof(Icon.Name), "error");
            tree.AddAttribute(7, nameof(Icon.Filled), true);
            tree.AddAttribute(8, nameof(Icon.Small), true);
            tree.CloseComponent();
            tree.OpenElement(9, "span");
            tree.AddContent(10, problem);
            tree.CloseElement();
        }

        tree.CloseElement();
    };

    private static string Text(ChangeEventArgs e) => e.Value as string ?? "";

    // keys may be anything while they are typed, places are not
    private string Id(string part) => $"form-field-{Draft.Fields.IndexOf(Field)}-{part}";

    private string? Invalid(string part) => Draft.Problem(Field, part) is null ? null : "true";

    private RenderFragment Note(string part, string hint) => Said(Id($"{part}-note"), Draft.Problem(Field, part), hint);

    private Task Set(Action change)
    {
        change();
        return Changed.InvokeAsync();
    }
}
