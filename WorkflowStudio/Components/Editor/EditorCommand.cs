using WorkflowStudio.Components.Editor.Canvas;

namespace WorkflowStudio.Components.Editor;

/// <summary>Something that the editor does when a key, a button or the canvas asks for it.</summary>
/// <param name="Name">What the canvas calls it.</param>
/// <param name="Words">What people call it.</param>
/// <param name="Action">What it does.</param>
/// <param name="Keys">Its keys; the first is shown.</param>
public sealed record EditorCommand(string Name, string Words, Func<EditorRoom, Task> Action, params IReadOnlyList<string> Keys)
    : CanvasCommand(Name, Words, Keys);
