using Microsoft.JSInterop;

namespace WorkflowStudio.Components.Editor.Canvas;

/// <summary>
/// The object the browser calls. Lists arrive in pieces, each far below the 32 kB a message may have, and are put together here.
/// </summary>
internal sealed class CanvasCallbacks(CanvasIsland island)
{
    private readonly List<CanvasMove> moves = [];
    private readonly List<string> nodeIds = [];
    private readonly List<string> linkIds = [];

    [JSInvokable]
    public Task Moved(CanvasMove[] piece, bool more)
    {
        moves.AddRange(piece);
        if (more) return Task.CompletedTask;
        CanvasMove[] all = [.. moves];
        moves.Clear();
        return island.RaiseAsync(() => island.OnNodesMoved.InvokeAsync(all));
    }

    [JSInvokable]
    public Task Connect(CanvasConnection connection) => island.RaiseAsync(() => island.OnConnect.InvokeAsync(connection));

    [JSInvokable]
    public Task Drop(CanvasDrop drop) => island.RaiseAsync(() => island.OnDrop.InvokeAsync(drop));

    [JSInvokable]
    public Task Picker(CanvasPickerRequest request) => island.RaiseAsync(() => island.OnPickerRequest.InvokeAsync(request));

    [JSInvokable]
    public Task Splice(CanvasSpliceRequest request) => island.RaiseAsync(() => island.OnSpliceRequest.InvokeAsync(request));

    [JSInvokable]
    public Task Delete(CanvasSelection piece, bool more) =>
        Collect(piece, more) is { } all ? island.RaiseAsync(() => island.OnDelete.InvokeAsync(all)) : Task.CompletedTask;

    [JSInvokable]
    public Task Select(CanvasSelection piece, bool more) =>
        Collect(piece, more) is { } all ? island.RaiseAsync(() => island.OnSelect.InvokeAsync(all)) : Task.CompletedTask;

    [JSInvokable]
    public Task Command(string name) => island.RaiseAsync(() => island.OnCommand.InvokeAsync(name));

    private CanvasSelection? Collect(CanvasSelection piece, bool more)
    {
        nodeIds.AddRange(piece.NodeIds);
        linkIds.AddRange(piece.LinkIds);
        if (more) return null;
        var all = new CanvasSelection([.. nodeIds], [.. linkIds]);
        nodeIds.Clear();
        linkIds.Clear();
        return all;
    }
}
