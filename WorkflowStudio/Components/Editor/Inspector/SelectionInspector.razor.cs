using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Editor.Session;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Components.Editor.Inspector;

/// <summary>Beside the canvas when no single step is selected: what can be done with the selection, or what the workflow is.</summary>
public sealed partial class SelectionInspector
{
    [Parameter, EditorRequired]
    public EditorDocument Document { get; set; } = null!;

    /// <summary>Texts that are typed and not reported yet.</summary>
    [Parameter]
    public TypedTexts Typed { get; set; } = new();

    [Parameter]
    public string Description { get; set; } = "";

    /// <summary>Something was changed: the canvas has to hear of it.</summary>
    [Parameter]
    public EventCallback<EditOutcome> OnEdit { get; set; }

    [Parameter]
    public EventCallback<EditorCommand> OnCommand { get; set; }

    [Parameter]
    public EventCallback OnDelete { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    private int Count => Document.Selection.Count;

    private int Steps => Document.Selection.Count(id => Document.Definition.Node(id) is not null);

    private string Title => Count == 0
        ? $"{Document.Definition.Nodes.Count} {(Document.Definition.Nodes.Count == 1 ? "step" : "steps")}"
        : Steps == 0 ? Document.SelectedLink is { } link ? link : $"{Count} links" : $"{Steps} {(Steps == 1 ? "step" : "steps")} selected";
}
