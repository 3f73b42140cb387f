using WorkflowStudio.Components.Editor.Canvas;

namespace WorkflowStudio.Components.Editor.Session;

/// <summary>The commands that the editor answers.</summary>
internal static class EditorKeys
{
    public static IReadOnlyList<string> Answered { get; } =
    [
        CanvasCommands.Save, CanvasCommands.Run, CanvasCommands.Undo, CanvasCommands.Redo, CanvasCommands.Add, CanvasCommands.Find, CanvasCommands.Disable, CanvasCommands.Pin, CanvasCommands.Duplicate,
        CanvasCommands.Copy, CanvasCommands.Cut, CanvasCommands.Paste, CanvasCommands.Rename, CanvasCommands.Open, CanvasCommands.Tidy, CanvasCommands.Keys,
    ];
}
