using System.Text.Json;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Components.Editor.Document;

/// <summary>A text that cannot be read blocks publishing for as long as there is a field to mend it in, and no longer.</summary>
public sealed class UnreadTextTests
{
    private readonly EditorDocument document = new(new NodeCatalog([new SetNode(), ScriptedNode.Echo()]));

    [Fact]
    public void Start_OfAnotherType_KeepsOnlyTheTextsThatItHasFieldsFor_AndUndoBringsThemBack()
    {
        document.Open(Flows.Of("trigger > a:echo") with { Trigger = new WorkflowTrigger { Type = "schedule" } }, EditorState.None, null);
        document.KeepUnread(WorkflowDefinition.TriggerId, "cron", "{", "cron: cannot be read");
        document.KeepUnread(WorkflowDefinition.TriggerId, "constraints", "{", "Only when: cannot be read");

        document.ChangeTrigger(document.Definition.Trigger with { Type = "webhook" }, "type");
        Assert.Equal(["constraints"], document.Unread.Select(u => u.Setting));
        document.ChangeTrigger(document.Definition.Trigger with { Type = "manual" }, "kind");
        Assert.Empty(document.Unread);

        document.Undo();
        document.Undo();
        Assert.Equal(["cron", "constraints"], document.Unread.Select(u => u.Setting));
    }

    [Fact]
    public void Step_ThatIsTriedOnce_ForgetsTheWaitInTheSameChange()
    {
        document.Open(Flows.Of("trigger > a:echo"), EditorState.None, null);
        document.Change(
            "a", "Change what happens on errors", n => n with { Retry = new RetryPolicy(3, TimeSpan.FromSeconds(30), true) }, "rules");
        document.Seal();
        document.KeepUnread("a", "rules-delay", "soon", "The wait must be a number.");
        document.KeepUnread("a", "rules-timeout", "late", "The longest time must be a number.");
        document.Seal();

        document.Change("a", "Change what happens on errors", n => n with { Retry = null }, "rules");
        Assert.Equal(["rules-timeout"], document.Unread.Select(u => u.Setting));

        document.Undo();
        Assert.NotNull(document.Definition.Node("a")!.Retry);
        Assert.Equal(["rules-delay", "rules-timeout"], document.Unread.Select(u => u.Setting));
    }

    [Fact]
    public void Text_ThatCanBeReadAfterAll_GivesWayToItsValueInOneChange()
    {
        document.Open(Flows.Of("trigger > a:echo"), EditorState.None, null);
        document.KeepUnread("a", "body", "{", "Body cannot be read.");
        document.KeepUnread("a", "other", "{", "Other cannot be read.");
        document.Seal();

        document.TakeUnread("a", "body");
        Assert.Equal(2, document.Unread.Count); // until the value is there, the text is not dropped
        document.ChangeConfig("a", JsonElement.Parse("""{"body":{}}"""), "config");
        Assert.Equal(["other"], document.Unread.Select(u => u.Setting));
        document.ChangeConfig("a", default, "config");
        Assert.Equal(["other"], document.Unread.Select(u => u.Setting));

        document.Undo();
        Assert.Equal(["body", "other"], document.Unread.Select(u => u.Setting));
    }
}
