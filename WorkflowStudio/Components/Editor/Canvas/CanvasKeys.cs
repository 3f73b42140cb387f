namespace WorkflowStudio.Components.Editor.Canvas;

/// <summary>What every canvas does itself when a key is pressed or its zoom bar is used.</summary>
internal static class CanvasKeys
{
    /// <summary>What is selected goes.</summary>
    public static CanvasCommand Delete { get; } = new("delete", "Delete", "Delete", "Backspace") { Edits = true };

    /// <summary>All of them, as people read them.</summary>
    public static IReadOnlyList<CanvasCommand> Own { get; } =
    [
        Delete,
        new("selectAll", "Select all", "Ctrl+A"),
        new("selectBefore", "Select what comes before", "Shift+ArrowLeft") { Shown = ["Shift", "←"] },
        new("selectAfter", "Select what comes after", "Shift+ArrowRight") { Shown = ["Shift", "→"] },
        new("selectNone", "Select nothing", "Escape"),
        new("walk", "Walk from step to step", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight") { Shown = ["↑", "↓", "←", "→"] },
        new("zoomIn", "Zoom in", "+", "="),
        new("zoomOut", "Zoom out", "-"),
        new("showAll", "Show everything", "0"),
        new("actualSize", "Actual size", "1"),
    ];
}
