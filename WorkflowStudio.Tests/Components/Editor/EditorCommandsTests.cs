using System.Text.Json;
using WorkflowStudio.Components.Editor;
using WorkflowStudio.Components.Editor.Canvas;

namespace WorkflowStudio.Tests.Components.Editor;

public sealed class EditorCommandsTests
{
    private static readonly CanvasCommand[] All = [.. EditorCommands.All, .. CanvasKeys.Own];

    [Fact]
    public void Commands_OfButtonsAndMenus_AreAllInTheTable()
    {
        var named = typeof(EditorCommands).GetProperties().Select(p => p.GetValue(null)).OfType<EditorCommand>();

        Assert.Equal(named.Select(c => c.Name).Order(), EditorCommands.All.Select(c => c.Name).Order());
    }

    [Fact]
    public void Keys_AndNames_AreGivenOnce()
    {
        Assert.Empty(Twice(All.SelectMany(c => c.Keys)));
        Assert.Empty(Twice(All.Select(c => c.Name)));
        Assert.Empty(Twice(All.Select(c => c.Words)));
        Assert.All(All, c => Assert.NotEmpty(c.Keys));
    }

    [Fact]
    public void Keys_AreShownAsTheyAreOnTheKeyboard()
    {
        Assert.Equal(["Ctrl", "Shift", "Z"], EditorCommands.Redo.Shown);
        Assert.Equal("Redo (Ctrl+Shift+Z)", EditorCommands.Redo.Title);
        Assert.Equal(["+", "−"], new[] { "zoomIn", "zoomOut" }.Select(n => All.Single(c => c.Name == n).Shown.Single()));
    }

    // as the canvas reads it: wwwroot-assets/src/contract/wire.ts
    [Fact]
    public void Command_OnItsWayToTheCanvas_HasWhatTheCanvasReads()
    {
        CanvasCommand[] sent = [EditorCommands.Rename];

        Assert.Equal(
            """
            [{"name":"rename","words":"Rename the step","keys":["F2"],"reach":"canvas","edits":true,"bringsField":true,
            "title":"Rename the step (F2)"}]
            """.ReplaceLineEndings(""),
            JsonSerializer.Serialize(sent, JsonSerializerOptions.Web));
    }

    private static IEnumerable<string> Twice(IEnumerable<string> words) =>
        words.GroupBy(w => w, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key);
}
