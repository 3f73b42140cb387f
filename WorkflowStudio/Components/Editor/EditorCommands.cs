using WorkflowStudio.Components.Editor.Canvas;
using WorkflowStudio.Components.Editor.Session;

namespace WorkflowStudio.Components.Editor;

/// <summary>
/// The commands of the editor, each written here alone: buttons, the page of the keys and the canvas have them from here.
/// </summary>
internal static class EditorCommands
{
    public static EditorCommand Add { get; } = new("add", "Add a step", r => r.Choose(StepWish.Anywhere), "N")
    {
        Reach = KeyReach.View, Edits = true, BringsField = true,
    };

    public static EditorCommand Find { get; } =
        new("find", "Find a step", r => r.Find(), "Ctrl+F") { Reach = KeyReach.View, BringsField = true };

    public static EditorCommand Open { get; } = new("open", "Open the settings", r => r.OpenSettings(), "Enter") { BringsField = true };

    public static EditorCommand Rename { get; } =
        new("rename", "Rename the step", r => r.RenameStep(), "F2") { Edits = true, BringsField = true };

    public static EditorCommand Disable { get; } =
        new("disable", "Switch off or on", r => r.Edit(r.Document.ToggleDisabled(r.Document.Selection)), "D") { Edits = true };

    public static EditorCommand Pin { get; } =
        new("pin", "Pin the output for tests, or unpin it", r => r.Edit(r.Work.TogglePins(r.Document.Selection)), "P") { Edits = true };

    public static EditorCommand Undo { get; } =
        new("undo", "Undo", r => r.Edit(r.Document.Undo()), "Ctrl+Z") { Reach = KeyReach.View, Edits = true };

    public static EditorCommand Redo { get; } =
        new("redo", "Redo", r => r.Edit(r.Document.Redo()), "Ctrl+Shift+Z", "Ctrl+Y") { Reach = KeyReach.View, Edits = true };

    public static EditorCommand Copy { get; } = new("copy", "Copy", r => r.Copy(), "Ctrl+C");

    public static EditorCommand Cut { get; } = new("cut", "Cut", r => r.Cut(), "Ctrl+X") { Edits = true };

    public static EditorCommand Paste { get; } = new("paste", "Paste", r => r.Paste(), "Ctrl+V") { Edits = true };

    public static EditorCommand Duplicate { get; } =
        new("duplicate", "Duplicate", r => r.Edit(r.Document.Duplicate()), "Ctrl+D") { Edits = true };

    public static EditorCommand Save { get; } =
        new("save", "Save the draft now", r => r.Save(), "Ctrl+S") { Reach = KeyReach.Page, Edits = true };

    public static EditorCommand Run { get; } = new("run", "Run", r => r.AskToRun(), "Ctrl+Enter") { Reach = KeyReach.Page, Edits = true };

    public static EditorCommand Tidy { get; } =
        new("tidy", "Tidy up", r => r.Edit(r.Document.TidyUp()), "Shift+Alt+T") { Reach = KeyReach.View, Edits = true };

    public static EditorCommand Keys { get; } = new("keys", "Keys", r => r.ShowKeys(), "?") { Reach = KeyReach.View };

    /// <summary>All of them, as people read them.</summary>
    public static IReadOnlyList<EditorCommand> All { get; } =
        [Add, Find, Open, Rename, Disable, Pin, Undo, Redo, Copy, Cut, Paste, Duplicate, Save, Run, Tidy, Keys];
}
