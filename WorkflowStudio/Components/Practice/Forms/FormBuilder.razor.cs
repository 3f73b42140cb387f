using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice.Forms;

/// <summary>What a form asks, to be changed: its texts and its fields.</summary>
public sealed partial class FormBuilder
{
    private FieldDraft? open;

    [Parameter, EditorRequired]
    public FormDraft Draft { get; set; } = null!;

    /// <summary>The workflows that it starts; null while that is not known.</summary>
    [Parameter]
    public IReadOnlyList<FormStart>? Starts { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>Something has changed, which the preview shows.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    private static string Text(ChangeEventArgs e) => e.Value as string ?? "";

    private static string? Also(FormStart start) => start.IsForThisAlone ? null : " (by any form that it lets through)";

    private string? Invalid(string place) => Draft.Problems.ContainsKey(place) ? "true" : null;

    private Task Set(Action change)
    {
        change();
        return Changed.InvokeAsync();
    }

    private RenderFragment Note(string id, string place, string hint) =>
        FormFieldParts.Said(id, Draft.Problems.GetValueOrDefault(place), hint);
}
