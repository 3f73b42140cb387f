using System.Text.Json;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Tests.Events;

public sealed class EventTriggerTests
{
    private static readonly ActiveVersion Version = new(Guid.Parse("019abcde-0000-7000-8000-000000000001"), 7);

    [Fact]
    public void For_TheEventThatItNames_IsAListenerWithItsRule()
    {
        var trigger = EventTrigger.Of(
            new WorkflowDefinition { Trigger = new WorkflowTrigger { Type = "event", Event = "invoice.paid" }, Nodes = [], Links = [] });

        var listener = trigger.For("invoice.paid", Version)!;
        Assert.Equal((Version.WorkflowId, 7L, null), (listener.WorkflowId, listener.Serial, listener.Concurrency));
        Assert.True(listener.Rule.Allows(JsonElement.Parse("{}")));
        Assert.Null(trigger.For("invoice.overdue", Version));
    }

    [Fact]
    public void For_ATriggerThatNamesNone_IsNobody() =>
        Assert.Null(EventTrigger.Of(new WorkflowDefinition { Trigger = new WorkflowTrigger { Type = "event" }, Nodes = [], Links = [] })
            .For("invoice.paid", Version));
}
