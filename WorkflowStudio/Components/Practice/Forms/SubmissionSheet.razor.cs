using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Forms;

namespace WorkflowStudio.Components.Practice.Forms;

/// <summary>All that somebody has sent by a form, and the runs that it has started.</summary>
public sealed partial class SubmissionSheet
{
    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter, EditorRequired]
    public Submission Sent { get; set; } = null!;

    [Parameter, EditorRequired]
    public Form Form { get; set; } = null!;

    // a dialog is drawn outside the page and is handed the session
    [Parameter, EditorRequired]
    public StudioSession Session { get; set; } = null!;

    /// <summary>The runs that it has started.</summary>
    [Parameter]
    public IReadOnlyList<Guid> Runs { get; set; } = [];

    [Parameter]
    public bool MayChange { get; set; }

    private IEnumerable<(string Label, string Value)> Values => Sent.Values.EnumerateObject().Select(v =>
        (Form.Content.Fields.FirstOrDefault(f => f.Key == v.Name)?.Label ?? v.Name, FormWords.Value(v.Value)));

    /// <summary>That it is to be removed.</summary>
    public sealed record Remove;
}
