namespace WorkflowStudio.Components.Editor.Canvas;

// What the canvas reports. Mirrors wwwroot-assets/src/contract/callbacks.ts, change both together.

/// <summary>A step that was dragged; the canvas already shows it at its new place.</summary>
public sealed record CanvasMove(string Id, double FromX, double FromY, double X, double Y);

/// <summary>A line was drawn between two steps. Nothing is shown until a patch adds the link.</summary>
public sealed record CanvasConnection(string Source, string SourcePort, string Target);

/// <summary>
/// A palette item was dropped, on a link if <paramref name="OnLinkId"/> is given. X and Y are the top left corner of the new step.
/// </summary>
public sealed record CanvasDrop(string Type, double X, double Y, string? OnLinkId = null);

/// <summary>The step picker is wanted at (ScreenX, ScreenY) of the window; the step chosen goes to (X, Y), linked from the port.</summary>
public sealed record CanvasPickerRequest(string Source, string SourcePort, double X, double Y, double ScreenX, double ScreenY);

/// <summary>The + of a link: the step chosen goes between its ends, near (X, Y).</summary>
public sealed record CanvasSpliceRequest(string LinkId, double X, double Y, double ScreenX, double ScreenY);

/// <summary>The selected, or to be deleted, steps and links.</summary>
public sealed record CanvasSelection(IReadOnlyList<string> NodeIds, IReadOnlyList<string> LinkIds);
