using WorkflowStudio.Components.Editor.Canvas;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Editor.Inspector.Fields;
using WorkflowStudio.Components.Shared.Browser;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Components.Editor.Session;

/// <summary>Compares what a browser kept with what is stored.</summary>
internal static class UnsavedEdits
{
    /// <summary>
    /// Those that were not stored, and that the document does not hold: the last letters before a window was closed are often stored after
    /// all.
    /// </summary>
    public static IReadOnlyList<KeptEdit> StillUnsaved(EditorDocument document, StoredEdits stored, IEnumerable<KeptEdit> kept) =>
        [.. kept.Where(e => !stored.Has(e) && !Holds(document, e))];

    /// <summary>The moves among them.</summary>
    public static IReadOnlyList<CanvasMove> Moves(IEnumerable<KeptEdit> kept) =>
        [.. kept.Where(e => e.Move is not null).Select(e => new CanvasMove(e.Move!, e.X, e.Y, e.X, e.Y))];

    /// <summary>Whether the step is there, or it is the start.</summary>
    public static bool Has(EditorDocument document, string step) =>
        step == WorkflowDefinition.TriggerId || document.Definition.Node(step) is not null;

    private static bool Holds(EditorDocument document, KeptEdit edit)
    {
        if (edit.Move is { } moved) return document.Layout.Nodes.Any(n => n.Id == moved && n.X == edit.X && n.Y == edit.Y);
        if (edit.Setting is not { } place || edit.Step is not { } step) return false;
        var config =
            step == WorkflowDefinition.TriggerId ? document.Definition.Trigger.Config : document.Definition.Node(step)?.Config ?? default;
        return document.Unread.Any(u => u.Id == step && u.Setting == place && u.Text == edit.Text)
            || SettingText.Write(SettingText.At(config, place)) == (edit.Text ?? "");
    }
}
