using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using WorkflowStudio.Components.Shared.Browser;

namespace WorkflowStudio.Components.Editor.Canvas;

/// <summary>
/// The graph canvas, editable or for looking only. It draws what it is given and reports what people do; the caller owns the
/// workflow and answers with patches. Calls made before the browser has mounted the canvas are kept and replayed in order; those that are
/// lost with the connection make nobody wait, and once it is back the caller draws anew.
/// </summary>
public sealed partial class CanvasIsland(IJSRuntime js, TabConnection connection)
{
    private readonly List<Func<IJSObjectReference, ValueTask>> early = [];
    private ElementReference host;
    private IJSObjectReference? module;
    private IJSObjectReference? handle;
    private DotNetObjectReference<CanvasCallbacks>? callbacks;
    private bool shownEditable;
    private CanvasColorMode shownMode;
    private bool disposed;
    private CancellationTokenSource lost = new();

    /// <summary>Whether steps can be moved, linked, added and deleted. Selecting works either way.</summary>
    [Parameter] public bool Editable { get; set; }

    [Parameter] public CanvasColorMode ColorMode { get; set; }

    /// <summary>What this page does when asked; read once, when the canvas is mounted. All other keys stay with the browser.</summary>
    [Parameter] public IReadOnlyList<CanvasCommand> Commands { get; set; } = [];

    /// <summary>The canvas is on the page.</summary>
    [Parameter] public EventCallback OnReady { get; set; }

    /// <summary>What was drawn a moment ago may not have arrived: everything has to be drawn anew.</summary>
    [Parameter] public EventCallback OnLost { get; set; }

    /// <summary>A drag has ended. One call per drag, whatever the number of steps.</summary>
    [Parameter] public EventCallback<IReadOnlyList<CanvasMove>> OnNodesMoved { get; set; }

    [Parameter] public EventCallback<CanvasConnection> OnConnect { get; set; }

    [Parameter] public EventCallback<CanvasDrop> OnDrop { get; set; }

    [Parameter] public EventCallback<CanvasPickerRequest> OnPickerRequest { get; set; }

    [Parameter] public EventCallback<CanvasSpliceRequest> OnSpliceRequest { get; set; }

    /// <summary>Somebody wants these gone; they stay on the canvas until a patch removes them.</summary>
    [Parameter] public EventCallback<CanvasSelection> OnDelete { get; set; }

    /// <summary>The selection changed by hand; a selection made from here is not reported back.</summary>
    [Parameter] public EventCallback<CanvasSelection> OnSelect { get; set; }

    /// <summary>One of <see cref="Commands"/> is asked for, by its name.</summary>
    [Parameter] public EventCallback<string> OnCommand { get; set; }

    /// <summary>Replaces everything that is drawn, statuses included. With <paramref name="fit"/> the camera shows all of it, or its start
    /// where all of it would be too small to read; else it stays where it is.</summary>
    public ValueTask SetGraphAsync(CanvasGraph graph, bool fit = true) => CallAsync("setGraph", graph, new { fit });

    public ValueTask ApplyPatchAsync(CanvasPatch patch) => CallAsync("applyPatch", patch);

    /// <summary>Sets the statuses of these steps; with <paramref name="replace"/>, all other steps lose theirs.</summary>
    public ValueTask SetStatusesAsync(IReadOnlyList<ShownStep> statuses, bool replace = false) =>
        CallAsync("setStatuses", statuses, new { replace });

    /// <summary>Selects these steps and links and nothing else.</summary>
    public ValueTask SelectAsync(params IReadOnlyList<string> ids) => CallAsync("select", ids);

    /// <summary>After the canvas has got another size: shows the whole graph where it can be read, else this step.</summary>
    public ValueTask ShowAroundAsync(string? id) => CallAsync("showAround", id);

    /// <summary>1 is actual size; between 0.05 and 2.</summary>
    public ValueTask ZoomToAsync(double zoom) => CallAsync("zoomTo", zoom);

    /// <summary>Selects the step, brings it into view and gives it the keyboard focus.</summary>
    public ValueTask FocusStepAsync(string id) => CallAsync("focusStep", id);

    public async ValueTask DisposeAsync()
    {
        disposed = true;
        connection.Back -= Renew;
        await lost.CancelAsync();
        lost.Dispose();
        try
        {
            if (handle is not null)
            {
                await handle.InvokeVoidAsync("dispose");
                await handle.DisposeAsync();
            }

            if (module is not null) await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // the tab is closed: nothing is left to clean up there
        }

        callbacks?.Dispose();
    }

    internal Task RaiseAsync(Func<Task> raise) => disposed ? Task.CompletedTask : InvokeAsync(raise);

    protected override void OnInitialized() => connection.Back += Renew;

    /// <summary>React owns everything below the element.</summary>
    protected override bool ShouldRender() => false;

    protected override async Task OnParametersSetAsync()
    {
        if (handle is null) return;
        if (shownEditable != Editable) await CallAsync("setEditable", shownEditable = Editable);
        if (shownMode != ColorMode) await CallAsync("setColorMode", shownMode = ColorMode);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            callbacks = DotNetObjectReference.Create(new CanvasCallbacks(this));
            module = await js.InvokeAsync<IJSObjectReference>("import", "./" + Assets["canvas/canvas.js"]);
            (shownEditable, shownMode) = (Editable, ColorMode);
            CanvasCommand[] commands = [.. Commands, .. CanvasKeys.Own];
            var options = new { editable = shownEditable, colorMode = shownMode, commands };
            var mounted = await module.InvokeAsync<IJSObjectReference>("mount", host, callbacks, options);
            for (var i = 0; i < early.Count; i++) await early[i](mounted);
            early.Clear();
            handle = mounted;
        }
        catch (JSDisconnectedException)
        {
            return;
        }

        await OnParametersSetAsync(); // they may have changed while the module was loading
        await OnReady.InvokeAsync();
    }

    private async ValueTask CallAsync(string method, params object?[] arguments)
    {
        if (disposed) return;
        if (handle is null)
        {
            early.Add(mounted => mounted.InvokeVoidAsync(method, arguments));
            return;
        }

        try
        {
            await handle.InvokeVoidAsync(method, arguments).AsTask().WaitAsync(lost.Token);
        }
        catch (JSDisconnectedException)
        {
            // the tab is closed; the page learns of it on its own
        }
        catch (OperationCanceledException)
        {
            // it got lost with the connection: everything is drawn anew once that is back
        }
    }

    private void Renew() => _ = InvokeAsync(async () =>
    {
        if (disposed) return;
        var waited = lost;
        lost = new CancellationTokenSource();
        await waited.CancelAsync();
        waited.Dispose();
        if (handle is not null) await OnLost.InvokeAsync();
    });
}
