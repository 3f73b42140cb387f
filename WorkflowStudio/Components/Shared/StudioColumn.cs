using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using MudBlazor;

namespace WorkflowStudio.Components.Shared;

/// <summary>A column of a <see cref="StudioGrid{T}"/>. <c>Class</c> holds for its head and its cells.</summary>
public sealed class StudioColumn<T> : TemplateColumn<GridRow<T>>
{
    /// <summary>What a cell shows.</summary>
    [Parameter, EditorRequired]
    public RenderFragment<T> Template { get; set; } = null!;

    /// <summary>A length of CSS; without it the column shares what is left.</summary>
    [Parameter]
    public string? Width { get; set; }

    /// <summary>Stands at the right edge, as amounts do.</summary>
    [Parameter]
    public bool AtEnd { get; set; }

    /// <summary>The title is heard and not seen.</summary>
    [Parameter]
    public bool TitleUnseen { get; set; }

    protected override void OnParametersSet()
    {
        base.OnParametersSet();
        CellTemplate = cell => Template(cell.Item.Item);
        HeaderClass = CellClass = $"{Class}{(AtEnd ? " ws-at-end" : null)}".Trim();
        HeaderStyle = Width is null ? null : $"width:{Width}";
        if (TitleUnseen) HeaderTemplate = _ => Unseen;
    }

    private void Unseen(RenderTreeBuilder tree)
    {
        tree.OpenElement(0, "span");
        tree.AddAttribute(1, "class", "ws-hidden");
        tree.AddContent(2, Title);
        tree.CloseElement();
    }
}
