using System.Text.Json;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Editor.Document;

public sealed class NamedPortTests
{
    private readonly NodeCatalog catalog = new([new SwitchNode(), new SetNode()]);

    [Fact]
    public void Reconfigure_PortOfAnotherName_TakesItsLinksWithIt()
    {
        var links = Reconfigure("""{"cases":[{"name":"renamed"},{"name":"b"}]}""");

        Assert.Equal([null, "b", "default"], links.Select(l => l.FromPort));
    }

    [Fact]
    public void Reconfigure_CaseBeforeTheFirst_LeavesTheLinkAtItsPort()
    {
        var links = Reconfigure("""{"cases":[{"name":"new"},{"name":"a"},{"name":"b"}]}""");

        Assert.Equal(["a", "b", "default"], links.Select(l => l.FromPort));
    }

    [Theory]
    [InlineData("12", JsonValueKind.Number)]
    [InlineData("012", JsonValueKind.String)]
    [InlineData("true", JsonValueKind.True)]
    [InlineData("[1]", JsonValueKind.Array)]
    [InlineData("{a", JsonValueKind.String)]
    [InlineData("null", JsonValueKind.String)]
    [InlineData("12 Main St", JsonValueKind.String)]
    public void Any_WrittenText_IsTheValueItSpells(string text, JsonValueKind kind) => Assert.Equal(kind, JsonEdit.Any(text).ValueKind);

    private LinkConnection[] Reconfigure(string config)
    {
        var flow = Flows.Of("trigger > s:switch > x:set", "s.b > x", "s.default > x")
            .Setting("s", """{"cases":[{"name":"a"},{"name":"b"}]}""");
        var state = DocumentState.Of(flow, EditorState.None, catalog);
        var changed = new GraphEdits(catalog).Reconfigure(state, flow.Node("s")!, JsonElement.Parse(config)).State!;
        return [.. changed.Definition.Links.Where(l => l.From == "s")];
    }
}
