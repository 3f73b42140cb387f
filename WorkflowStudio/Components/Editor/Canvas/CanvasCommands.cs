namespace WorkflowStudio.Components.Editor.Canvas;

/// <summary>Names that <see cref="CanvasIsland.OnCommand"/> may carry. A page lists those it answers; the keys of the others stay with the browser.</summary>
public static class CanvasCommands
{
    public const string Save = "save"; // Ctrl+S
    public const string Run = "run"; // Ctrl+Enter
    public const string Undo = "undo"; // Ctrl+Z
    public const string Redo = "redo"; // Ctrl+Shift+Z, Ctrl+Y
    public const string Add = "add"; // N
    public const string Find = "find"; // Ctrl+F
    public const string Disable = "disable"; // D
    public const string Pin = "pin"; // P
    public const string Duplicate = "duplicate"; // Ctrl+D
    public const string Copy = "copy"; // Ctrl+C
    public const string Cut = "cut"; // Ctrl+X
    public const string Paste = "paste"; // Ctrl+V
    public const string Rename = "rename"; // F2
    public const string Open = "open"; // Enter, double click
    public const string Tidy = "tidy"; // Shift+Alt+T and the button of the zoom bar
    public const string Keys = "keys"; // ?
}
