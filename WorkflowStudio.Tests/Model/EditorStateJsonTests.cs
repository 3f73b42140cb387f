using System.Text;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Tests.Model;

public sealed class EditorStateJsonTests
{
    [Fact]
    public void Editor_WrittenAndRead_IsEqual()
    {
        var editor = new EditorState
        {
            Nodes = [new("trigger", 0, -1.5), new("a", 1e6, 0.1)],
            Viewport = new(1, 2, 0.75),
            Notes = [new("n", 1, 2, 200, "Call \"first\"", null), new("m", 1, 2, 3, "", "Ana")],
            Groups = [new("g", 1, 2, 3, 4, "Intake")],
            Unread = [new("a", "body", "{", "Line 1")],
        };

        var json = WorkflowJson.Write(editor);

        Assert.Equal("""{"nodes":[{"id":"trigger","position":{"x":0,"y":-1.5}},{"id":"a","position":{"x":1000000,"y":0.1}}],"viewport":{"x":1,"y":2,"zoom":0.75},"notes":[{"id":"n","position":{"x":1,"y":2},"width":200,"text":"Call \"first\""},{"id":"m","position":{"x":1,"y":2},"width":3,"text":"","by":"Ana"}],"groups":[{"id":"g","position":{"x":1,"y":2},"width":3,"height":4,"title":"Intake"}],"unread":[{"id":"a","setting":"body","text":"{","why":"Line 1"}]}""", Encoding.UTF8.GetString(json));
        Assert.True(WorkflowJson.TryRead(json, out EditorState read, out _));
        Assert.Equal(editor.Viewport, read.Viewport);
        Assert.Equal(editor.Nodes, read.Nodes);
        Assert.Equal(editor.Notes, read.Notes);
        Assert.Equal(editor.Groups, read.Groups);
        Assert.Equal(editor.Unread, read.Unread);
        Assert.Equal("{}", Encoding.UTF8.GetString(WorkflowJson.Write(EditorState.None)));
    }

    [Fact]
    public void Editor_FieldsOfReactFlow_AreIgnored()
    {
        Assert.True(WorkflowJson.TryRead("""{"nodes":[{"id":"a","position":{"x":1,"y":2},"measured":{},"selected":true}],"edges":[{}]}"""u8,
            out EditorState read, out _));
        Assert.Equal([new NodePlace("a", 1, 2)], read.Nodes);
    }

    [Theory]
    [InlineData(
        """{"nodes":[{"id":"a"}]}""", "missing_field nodes[0].position nodes[0].position is missing. It must be an object with x and y.")]
    [InlineData(
        """{"viewport":{"x":1,"y":"2","zoom":1}}""", "wrong_field viewport.y viewport.y must be a number, but the text \"2\" was found.")]
    [InlineData("""{"nodes":[{"id":"a","position":{"x":1e999,"y":0}}]}""",
        "wrong_field nodes[0].position.x nodes[0].position.x must be a number, but 1e999 was found.")]
    public void Editor_OfWrongForm_SaysWhatAndWhere(string json, string expected)
    {
        Assert.False(WorkflowJson.TryRead(Encoding.UTF8.GetBytes(json), out EditorState _, out var problems));
        Assert.Equal(expected, problems.Select(p => $"{p.Code} {p.Path} {p.Message}").Single());
    }
}
