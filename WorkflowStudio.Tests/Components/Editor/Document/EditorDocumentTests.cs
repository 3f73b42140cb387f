using System.Text.Json;
using WorkflowStudio.Components.Editor.Canvas;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Components.Editor.Document;

public sealed class EditorDocumentTests
{
    private static readonly NodeCatalog Catalog = new([new SetNode(), new ReminderNode()]);

    private readonly EditorDocument document = new(Catalog);

    public EditorDocumentTests() => document.Open(WorkflowDefinition.Empty, EditorState.None, null);

    [Fact]
    public void Open_AWorkflowWithoutPlaces_IsLaidOutAndNotDirty()
    {
        Open("trigger>a", "a>b");

        var graph = document.Draw();

        Assert.Equal([("trigger", 0d), ("a", 224d), ("b", 448d)], graph.Nodes.Select(n => (n.Id, n.X)));
        Assert.Equal([new CanvasLink("trigger:out>a", "trigger", "out", "a"), new CanvasLink("a:out>b", "a", "out", "b")], graph.Links);
        Assert.False(document.IsDirty);
        Assert.Null(document.UndoName);
    }

    [Fact]
    public void Add_TwoOfAType_GivesReadableUniqueIdsAndNames()
    {
        Assert.Equal(["set_values_1"], document.Add("set", 300, 0).Patch!.Select);
        Assert.Equal(["set_values_2"], document.Add("set", 300, 0).Patch!.Select);

        Assert.Equal(["Set values", "Set values 2"], document.Definition.Nodes.Select(n => n.Name));
        Assert.Equal(["set_values_2"], document.Selection);
        Assert.Equal((304d, 112d), (Node("set_values_2").X, Node("set_values_2").Y)); // below the first, not on it
        Assert.Equal("{}", document.Definition.Nodes[0].Config.GetRawText()); // nothing counts as filled that nobody filled
    }

    [Fact]
    public void Add_AnUnknownType_IsRefused() => Assert.Equal("There is no step type nothing.", document.Add("nothing", 0, 0).Refusal);

    [Fact]
    public void AddAfter_ThenUndo_IsOneStep()
    {
        var patch = document.AddAfter("set", "trigger", "out", 224, 0).Patch!;

        Assert.Equal(["set_values_1"], patch.UpsertNodes!.Where(n => n.Kind == CanvasNodeKind.Step).Select(n => n.Id));
        Assert.Equal(["trigger:out>set_values_1"], patch.UpsertLinks!.Select(l => l.Id));
        Assert.Equal("Add step", document.UndoName);

        var back = document.Undo().Patch!;

        Assert.Equal(["set_values_1"], back.RemoveNodes);
        Assert.Equal(["trigger:out>set_values_1"], back.RemoveLinks);
        Assert.Empty(document.Definition.Nodes);
        Assert.False(document.CanUndo);
        Assert.False(document.IsDirty);

        Assert.Equal(["set_values_1"], document.Redo().Patch!.UpsertNodes!.Select(n => n.Id));
        Assert.Single(document.Definition.Links);
    }

    [Fact]
    public void Splice_WithoutRoom_MovesWhatFollowsToTheRight()
    {
        Open("trigger>a", "a>b", "b>c");

        document.Splice("set", "a:out>b", 300, 16);

        Assert.Equal([("trigger", "a"), ("b", "c"), ("a", "set_values_1"), ("set_values_1", "b")], Links());
        Assert.Equal([0d, 224, 672, 896, 448], new[] { "trigger", "a", "b", "c", "set_values_1" }.Select(id => Node(id).X));
        Assert.Equal(0, Node("set_values_1").Y);
        document.Undo();
        Assert.Equal([("trigger", "a"), ("a", "b"), ("b", "c")], Links());
        Assert.Equal(448, Node("b").X);
    }

    [Fact]
    public void Splice_WithRoom_MovesNothing()
    {
        Open("trigger>a", "a>b");
        document.Move([new CanvasMove("b", 448, 0, 800, 0)]);

        var patch = document.Splice("set", "a:out>b", 500, 0).Patch!;

        Assert.Equal(["set_values_1"], patch.UpsertNodes!.Select(n => n.Id));
        Assert.Equal(800, Node("b").X);
    }

    [Theory]
    [InlineData("a", "trigger", "Nothing can lead to the start. Draw the link from the start to a step.")]
    [InlineData("a", "a", "A step cannot be linked to itself.")]
    [InlineData("a", "b", "These two are linked already.")]
    [InlineData("a", "gone", "This step no longer exists.")]
    public void Connect_WhatMakesNoSense_IsRefusedWithASentence(string from, string to, string expected)
    {
        Open("trigger>a", "a>b");

        Assert.Equal(new EditOutcome(null, expected), document.Connect(from, "out", to));
        Assert.False(document.CanUndo);
    }

    [Fact]
    public void Connect_FromASecondPort_KeepsThePort()
    {
        Open("trigger>r", "r>a");

        Assert.Equal("These two are linked already.", document.Connect("r", "sent", "a").Refusal);
        Assert.Equal(["r:refused>a"], document.Connect("r", "refused", "a").Patch!.UpsertLinks!.Select(l => l.Id));
        Assert.Equal(new LinkConnection("r", "refused", "a"), document.Definition.Links[^1]);
    }

    [Fact]
    public void Delete_AStepInTheMiddle_JoinsItsNeighboursAgain()
    {
        Open("trigger>a", "a>b", "b>c", "a>c");

        document.Delete(["b"], []);

        Assert.Equal([("trigger", "a"), ("a", "c")], Links()); // the link that was there already is not doubled
        document.Undo();
        document.Delete(["a", "b"], []);
        Assert.Equal([("trigger", "c")], Links());
        Assert.Equal("Delete steps", document.UndoName);
    }

    [Fact]
    public void Delete_TheStart_IsRefused() =>
        Assert.Equal(
            "The start stays: every workflow has one. Choose in its settings how it starts.", document.Delete(["trigger"], []).Refusal);

    [Fact]
    public void Delete_ALink_LeavesTheSteps()
    {
        Open("trigger>a", "a>b");

        Assert.Equal(["a:out>b"], document.Delete([], ["a:out>b"]).Patch!.RemoveLinks);
        Assert.Equal(2, document.Definition.Nodes.Count);
    }

    [Fact]
    public void ChangeConfig_SeveralKeystrokesInOneField_AreOneStepOfUndo()
    {
        Open("trigger>a");
        foreach (var text in (string[])["H", "Hi", "Hi!"])
            document.ChangeConfig("a", JsonElement.Parse($$"""{"values":{"x":"{{text}}"},"foreign":1}"""), "values.x");

        Assert.Equal("Change setting", document.UndoName);
        document.Undo();
        Assert.Equal(JsonValueKind.Undefined, document.Definition.Node("a")!.Config.ValueKind);
        document.Redo();
        Assert.Equal("Hi!", document.Definition.Node("a")!.Config.GetProperty("values").GetProperty("x").GetString());
    }

    [Fact]
    public void ChangeConfig_AfterSeal_IsAStepOfItsOwn()
    {
        Open("trigger>a");
        document.ChangeConfig("a", JsonElement.Parse("""{"values":{"x":"1"}}"""), "values");
        document.Seal();
        document.ChangeConfig("a", JsonElement.Parse("""{"values":{"x":"2"}}"""), "values");

        document.Undo();

        Assert.Equal("1", document.Definition.Node("a")!.Config.GetProperty("values").GetProperty("x").GetString());
    }

    [Fact]
    public void ChangeConfig_OfOneStep_RedrawsOnlyThisStep()
    {
        Open("trigger>a", "a>b");
        document.ChangeConfig("a", JsonElement.Parse("""{"values":{"x":1}}"""), "values");

        var patch = document.ChangeConfig("a", JsonElement.Parse("""{"values":{"y":1}}"""), "values").Patch!;

        Assert.Equal([("a", "y")], patch.UpsertNodes!.Select(n => (n.Id, n.Summary)));
        Assert.Equal((null, null, null), (patch.RemoveNodes, patch.UpsertLinks, patch.RemoveLinks));
    }

    [Fact]
    public void Problems_AfterAChange_AreThoseOfTheStepAndMarkIt()
    {
        Open("trigger>a");
        document.ChangeConfig("a", JsonElement.Parse("""{"values":{"x":"{{ $node.b.y }}"}}"""), "values");

        var problem = Assert.Single(document.Problems);
        Assert.Equal(("a", "Step a", "values.x", true), (problem.StepId, problem.StepName, problem.Setting, problem.IsError));
        Assert.Equal(CanvasProblem.Error, Node("a").Problem);
        Assert.True(document.HasErrors);
        document.ChangeConfig("a", JsonElement.Parse("""{"values":{"x":1}}"""), "values");
        Assert.Empty(document.Problems);
        Assert.Null(Node("a").Problem);
    }

    [Fact]
    public void Fix_AMisspeltName_IsPutRightOneByOne()
    {
        Open("trigger>intake", "intake>b");
        document.ChangeConfig("b", JsonElement.Parse(
            """{"values":{"x":["{{ $node.intke.y }} and {{ intke.output.z }}, {{ $nw }}"],"y":"{{ uper(\"a\") }}"}}"""), "values");

        Assert.Contains("Change to intake", document.Problems.Select(document.FixOf));
        for (var clicks = 0; clicks < 4; clicks++) document.Fix(document.Problems.First(p => document.FixOf(p) is not null));

        var values = document.Definition.Node("b")!.Config.GetProperty("values");
        Assert.Equal("{{ $node.intake.y }} and {{ intake.output.z }}, {{ $now }}", values.GetProperty("x")[0].GetString());
        Assert.Equal("{{ upper(\"a\") }}", values.GetProperty("y").GetString());
        Assert.DoesNotContain(document.Problems, p => document.FixOf(p) is not null);
    }

    [Fact]
    public void Fix_AProblemThatNobodyCanSolve_IsRefused()
    {
        Open("trigger>a");
        document.ChangeConfig("a", JsonElement.Parse("""{"values":{"x":"{{ 1 + }}"}}"""), "values");

        var problem = Assert.Single(document.Problems);
        Assert.Null(document.FixOf(problem));
        Assert.Equal("This has to be put right by hand.", document.Fix(problem).Refusal);
    }

    [Fact]
    public void Duplicate_LinkedSteps_GetNewNamesAlsoInsideExpressions()
    {
        Open("trigger>a", "a>b");
        document.ChangeConfig("b", JsonElement.Parse("""{"values":{"x":"{{ $node.a.greeting }} {{ $now }}"}}"""), "values");
        document.Select(["a", "b"]);

        document.Duplicate();

        Assert.Equal(["a", "b", "set_values_1", "set_values_2"], document.Definition.Nodes.Select(n => n.Id));
        Assert.Equal(["Step a 2", "Step b 2"], document.Definition.Nodes.Skip(2).Select(n => n.Name));
        Assert.Equal([("trigger", "a"), ("a", "b"), ("set_values_1", "set_values_2")], Links());
        Assert.Equal("{{ $node.set_values_1.greeting }} {{ $now }}",
            document.Definition.Nodes[3].Config.GetProperty("values").GetProperty("x").GetString());
        Assert.Equal(["set_values_1", "set_values_2"], document.Selection);
        Assert.Equal((256d, 32d), (Node("set_values_1").X, Node("set_values_1").Y));
    }

    [Fact]
    public void Append_WithNothingSelected_GoesToTheEndOfTheHappyPath()
    {
        Open("trigger>a", "a>b");

        document.Append("set");

        Assert.Equal([("trigger", "a"), ("a", "b"), ("b", "set_values_1")], Links());
    }

    [Fact]
    public void Append_BehindASelectedStep_GoesIntoItsLink()
    {
        Open("trigger>a", "a>b");
        document.Select(["a"]);

        document.Append("set");

        Assert.Equal([("trigger", "a"), ("a", "set_values_1"), ("set_values_1", "b")], Links());
    }

    [Fact]
    public void ToggleDisabled_SomeOn_SwitchesAllOffThenOn()
    {
        Open("trigger>a", "a>b");
        document.ToggleDisabled(["a"]);
        document.ToggleDisabled(["a", "b"]);
        Assert.All(document.Definition.Nodes, n => Assert.True(n.Disabled));

        Assert.All(document.ToggleDisabled(["a", "b"]).Patch!.UpsertNodes!, n => Assert.False(n.Disabled));
    }

    [Fact]
    public void TidyUp_MovedSteps_IsOneStepOfUndo()
    {
        Open("trigger>a", "a>b");
        document.Move([new CanvasMove("a", 224, 0, 800, 640), new CanvasMove("b", 448, 0, 16, 16)]);
        Assert.Equal("Move steps", document.UndoName);

        document.TidyUp();

        Assert.Equal((224d, 0d), (Node("a").X, Node("a").Y));
        document.Undo();
        Assert.Equal((800d, 640d), (Node("a").X, Node("a").Y));
    }

    [Fact]
    public void TidyUp_ASelection_LeavesTheRestAlone()
    {
        Open("trigger>a", "a>b", "b>c");
        document.Move([new CanvasMove("b", 448, 0, 480, 304), new CanvasMove("c", 672, 0, 480, 480)]);
        document.Select(["b", "c"]);

        document.TidyUp();

        Assert.Equal([(224d, 0d), (480d, 304d), (704d, 304d)], new[] { "a", "b", "c" }.Select(id => (Node(id).X, Node(id).Y)));
    }

    [Fact]
    public void TidyUp_ALongChain_FoldsItInOneStepOfUndo()
    {
        Open([.. Enumerable.Range(1, 19).Select(i => $"n{i}>n{i + 1}").Prepend("trigger>n1")]);
        var before = document.Draw().Nodes;

        document.TidyUp();

        Assert.True(document.Draw().Nodes.Max(n => n.X) < 8 * 224);
        document.Undo();
        Assert.Equal(before, document.Draw().Nodes);
    }

    [Fact]
    public void SelectedLink_OneLink_SaysFromWhereToWhere()
    {
        Open("trigger>a", "a>b");
        document.Select(["a:out>b"]);
        Assert.Equal("From Step a to Step b", document.SelectedLink);

        document.Select(["a:out>b", "trigger:out>a"]);
        Assert.Null(document.SelectedLink);
    }

    [Fact]
    public void Add_ATrigger_ChangesHowTheWorkflowStarts()
    {
        document.Add("webhook", 0, 0);

        Assert.Equal("webhook", document.Definition.Trigger.Type);
        Assert.Equal(["trigger"], document.Selection);
        Assert.Equal("Change start", document.UndoName);
    }

    [Fact]
    public void Changes_AgainstThePublishedVersion_AreCountedAsAPersonWould()
    {
        Open("trigger>a", "a>b");
        document.MarkPublished(document.Definition);
        Assert.Equal(0, document.Changes);
        document.Splice("set", "a:out>b", 0, 0);
        Assert.Equal(1, document.Changes);
        document.Rename("a", "First");
        Assert.Equal(2, document.Changes);
        document.TidyUp();
        Assert.Equal(2, document.Changes);
        document.Delete([], ["trigger:out>a"]);
        Assert.Equal(3, document.Changes);
    }

    [Fact]
    public void MarkSaved_AnOlderSnapshot_LeavesTheNewerChangeDirty()
    {
        document.Add("set", 0, 0);
        var snapshot = document.Snapshot();
        document.Add("set", 0, 0);

        document.MarkSaved(snapshot);
        Assert.True(document.IsDirty);
        document.MarkSaved(document.Snapshot());
        Assert.False(document.IsDirty);
    }

    [Fact]
    public void Rename_ToNothing_IsRefused()
    {
        Open("trigger>a");

        Assert.Equal("Give the step a name.", document.Rename("a", " ").Refusal);
    }

    private CanvasNode Node(string id) => document.Draw().Nodes.Single(n => n.Id == id);

    private IEnumerable<(string From, string To)> Links() => document.Definition.Links.Select(l => (l.From, l.To));

    private void Open(params string[] links)
    {
        var parsed = links.Select(l => l.Split('>')).Select(l => new LinkConnection(l[0], null, l[1])).ToList();
        var ids = parsed.SelectMany(l => new[] { l.From, l.To }).Where(id => id != "trigger").Distinct();
        var nodes = ids.Select(id => new WorkflowNode { Id = id, Name = $"Step {id}", Type = id == "r" ? "reminder" : "set" });
        document.Open(new WorkflowDefinition { Trigger = new WorkflowTrigger { Type = "manual" }, Nodes = [.. nodes], Links = parsed },
            EditorState.None, null);
    }
}
