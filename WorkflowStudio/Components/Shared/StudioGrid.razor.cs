using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace WorkflowStudio.Components.Shared;

/// <summary>
/// A table. The row is the link; what is found, in which order and from which line on is in the address and the query's work, so the grid
/// does neither.
/// </summary>
public sealed partial class StudioGrid<T>
{
    private IReadOnlyList<GridRow<T>> rows = [];
    private IReadOnlyList<T>? drawn;

    [Parameter, EditorRequired]
    public IReadOnlyList<T> Rows { get; set; } = [];

    /// <summary>What tells a row from the others.</summary>
    [Parameter, EditorRequired]
    public Func<T, object> Id { get; set; } = null!;

    /// <summary>The columns, each a <see cref="StudioColumn{T}"/>.</summary>
    [Parameter, EditorRequired]
    public RenderFragment Columns { get; set; } = null!;

    /// <summary>Opens a row that was clicked. Its first link does the same for the keyboard. Without it the rows are only read.</summary>
    [Parameter]
    public EventCallback<T> OnOpen { get; set; }

    /// <summary>Rows of 60 px, with two lines.</summary>
    [Parameter]
    public bool Tall { get; set; }

    /// <summary>Rows of 36 px, as on Home.</summary>
    [Parameter]
    public bool Dense { get; set; }

    /// <summary>What stands in the place of no rows.</summary>
    [Parameter]
    public RenderFragment? Nothing { get; set; }

    private string Look =>
        $"ws-grid{(Tall ? " ws-grid-tall" : null)}{(Dense ? " ws-grid-dense" : null)}{(OnOpen.HasDelegate ? " ws-grid-links" : null)}";

    private EventCallback<DataGridRowClickEventArgs<GridRow<T>>> Opening =>
        OnOpen.HasDelegate
            ? EventCallback.Factory.Create<DataGridRowClickEventArgs<GridRow<T>>>(this, row => OnOpen.InvokeAsync(row.Item.Item))
            : default;

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(drawn, Rows)) return;
        drawn = Rows;
        rows = [.. Rows.Select(r => new GridRow<T>(Id(r), r))];
    }
}
