using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using WorkflowStudio.Components.Editor.Canvas;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Editor.Inspector;
using WorkflowStudio.Components.Editor.Inspector.Fields;
using WorkflowStudio.Components.Editor.Session;
using WorkflowStudio.Components.Editor.Values;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Components.Shared.Browser;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Runs;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Editing;

namespace WorkflowStudio.Components.Editor.Palette;

/// <summary>The step types in their groups, to be drawn onto the canvas or added with a click.</summary>
public sealed partial class StepPalette
{
    private readonly HashSet<NodeGroup> closed = [];
    private IReadOnlyList<StepChoice> all = [];
    private IReadOnlyList<IGrouping<NodeGroup, StepChoice>> groups = [];
    private string search = "";
    private bool open;

    [Inject]
    private NodeCatalog Catalog { get; set; } = null!;

    /// <summary>A step was clicked: it goes where it is most likely wanted.</summary>
    [Parameter]
    public EventCallback<StepChoice> OnChoose { get; set; }

    private IEnumerable<IGrouping<NodeGroup, StepChoice>> Shown => search.Length == 0 ? groups : StepChoice.Search(all, search).GroupBy(c => c.Group);

    protected override void OnInitialized()
    {
        all = StepChoice.All(Catalog);
        groups = [.. all.GroupBy(c => c.Group)];
    }

    private bool IsOpen(NodeGroup group) => search.Length > 0 || !closed.Contains(group);

    private void Toggle(NodeGroup group)
    {
        if (!closed.Remove(group)) closed.Add(group);
    }

    private void Show(NodeGroup group)
    {
        open = true;
        closed.Remove(group);
    }
}
