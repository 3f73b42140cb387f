using Microsoft.AspNetCore.Components;
using WorkflowStudio.Engine.Nodes;

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

    private IEnumerable<IGrouping<NodeGroup, StepChoice>> Shown =>
        search.Length == 0 ? groups : StepChoice.Search(all, search).GroupBy(c => c.Group);

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
