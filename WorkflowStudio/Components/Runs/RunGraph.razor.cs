using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Editor.Canvas;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Components.Shared.Browser;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Runs;

/// <summary>The canvas, for looking only, with the statuses of a run and their counts.</summary>
public sealed partial class RunGraph : IDisposable
{
    private static readonly string[] Order = ["Done", "Running", "Going through items", "Waiting", "Trying again", "Failed", "Skipped",
        "Canceled", "Not started"];

    private CanvasIsland? canvas;
    private RunWatch? drawn;

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Inject]
    private NodeCatalog Catalog { get; set; } = null!;

    [Inject]
    private StudioTheme Theme { get; set; } = null!;

    [Parameter, EditorRequired]
    public RunWatch Run { get; set; } = null!;

    [Parameter, EditorRequired]
    public string? Chosen { get; set; }

    [Parameter]
    public EventCallback<string?> ChosenChanged { get; set; }

    private IEnumerable<(StatusLook Look, int Count)> Counts => Run.Definition.Nodes
        .GroupBy(n => Run.Step(n.Id).Status)
        .Select(g => (StatusLook.Of(g.Key), g.Count()))
        .OrderBy(c => Array.IndexOf(Order, c.Item1.Words));

    public void Dispose() => Theme.Changed -= Repaint;

    /// <summary>Draws the statuses anew after the run has changed.</summary>
    public async Task UpdateAsync()
    {
        if (canvas is not null) await canvas.SetStatusesAsync(RunGraphData.Statuses(Run, Session.Format), replace: true);
    }

    /// <summary>Selects one step, or none.</summary>
    public async Task SelectAsync(string? step)
    {
        if (canvas is not null) await canvas.SelectAsync(step is null ? [] : [step]);
    }

    /// <summary>The graph has another size now: shows all of it where it can be read, else the step that is chosen.</summary>
    public async Task ShowAroundAsync(string? step)
    {
        if (canvas is not null) await canvas.ShowAroundAsync(step);
    }

    protected override void OnInitialized() => Theme.Changed += Repaint;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (canvas is null || ReferenceEquals(drawn, Run)) return;
        drawn = Run;
        await canvas.SetGraphAsync(RunGraphData.Graph(Run, Catalog));
        await UpdateAsync();
    }

    private async Task Redraw()
    {
        await canvas!.SetGraphAsync(RunGraphData.Graph(Run, Catalog), fit: false);
        await UpdateAsync();
        await SelectAsync(Chosen);
    }

    private void Repaint() => _ = InvokeAsync(StateHasChanged);

    private Task Selected(CanvasSelection selection) => ChosenChanged.InvokeAsync(selection.NodeIds is [var one, ..] ? one : null);
}
