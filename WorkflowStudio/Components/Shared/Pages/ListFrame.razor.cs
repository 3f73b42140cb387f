using Microsoft.AspNetCore.Components;

namespace WorkflowStudio.Components.Shared.Pages;

/// <summary>The frame of a list: head, toolbar, and what stands there while the list is read, could not be read, or is empty.</summary>
/// <typeparam name="T">What the page shows.</typeparam>
public sealed partial class ListFrame<T>
    where T : class
{
    /// <summary>The heading.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>What the browser calls the page, where that is not the heading.</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>What it is a list of, as in "The runs could not be loaded".</summary>
    [Parameter, EditorRequired]
    public string What { get; set; } = "";

    /// <summary>How many there are, beside the heading; null for nothing to say.</summary>
    [Parameter]
    public string? Count { get; set; }

    /// <summary>What else stands beside the heading.</summary>
    [Parameter]
    public RenderFragment? Beside { get; set; }

    /// <summary>What stands at the end of the head: what can be made, or turned to.</summary>
    [Parameter]
    public RenderFragment? Side { get; set; }

    /// <summary>Search and filters.</summary>
    [Parameter]
    public RenderFragment? Toolbar { get; set; }

    /// <summary>What was read; null while it is being read.</summary>
    [Parameter, EditorRequired]
    public T? Facts { get; set; }

    /// <summary>Why it could not be read; null when it could.</summary>
    [Parameter, EditorRequired]
    public string? Problem { get; set; }

    /// <summary>Reads it again.</summary>
    [Parameter]
    public EventCallback Retry { get; set; }

    /// <summary>How many rows stand there while it is read.</summary>
    [Parameter]
    public int Rows { get; set; } = 10;

    /// <summary>The height of the real rows in pixels, so that nothing jumps when they come.</summary>
    [Parameter]
    public int RowHeight { get; set; } = 40;

    /// <summary>Whether <see cref="Empty"/> stands in the place of the list.</summary>
    [Parameter]
    public bool IsEmpty { get; set; }

    /// <summary>What stands there when there is nothing: an <see cref="EmptyState"/>.</summary>
    [Parameter]
    public RenderFragment<T>? Empty { get; set; }

    /// <summary>The list.</summary>
    [Parameter, EditorRequired]
    public RenderFragment<T> ChildContent { get; set; } = null!;
}
