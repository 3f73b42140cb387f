using System.Text.Json;
using WorkflowStudio.Api;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Tests.Api;

/// <summary>What dialects keep, and steps one after the other.</summary>
public sealed class KeptFieldsTests
{
    private static readonly WorkflowNode Node = new() { Id = "a", Type = "set", Config = JsonElement.Parse("""{"values":{"x":"1"}}""") };

    [Fact]
    public void DialectsOfOneWorkflow_DoNotSeeEachOther()
    {
        var one = KeptFields.With(WorkflowDefinition.Empty, "one", JsonElement.Parse("""{"a":1}"""));
        var both = KeptFields.With(one, "two", JsonElement.Parse("""{"a":2}"""));
        Assert.Equal(("""{"a":1}""", """{"a":2}"""), (KeptFields.Of(both, "one").GetRawText(), KeptFields.Of(both, "two").GetRawText()));
        Assert.Equal(JsonValueKind.Undefined, KeptFields.Of(both, "three").ValueKind);
        Assert.Equal(JsonValueKind.Undefined, KeptFields.With(one, "one", default).Extensions.ValueKind);
    }

    [Fact]
    public void DefinitionThatAClientSends_CannotForgeWhatDialectsKeep()
    {
        var present = KeptFields.With(WorkflowDefinition.Empty, "one", JsonElement.Parse("""{"a":1}"""));
        var sent = WorkflowDefinition.Empty with { Extensions = JsonElement.Parse("""{"x":1,"$dialects":{"one":{"a":9}}}""") };
        var carried = KeptFields.CarriedOver(present, sent);
        Assert.Equal("""{"a":1}""", KeptFields.Of(carried, "one").GetRawText());
        Assert.Equal(1, carried.Extensions.GetProperty("x").GetInt32());
    }

    [Fact]
    public void Step_ComesBackAsItWasSentUntilItsNodeIsAnother()
    {
        var sent = JsonElement.Parse("""{"kind":"set","x":"1","note":[1.50,null]}""");
        var definition = KeptFields.WithSteps(WorkflowDefinition.Empty with { Nodes = [Node] }, "one", [("a", sent)]);
        Assert.Equal(sent.GetRawText(), Step(definition, Node));
        Assert.Equal("""{"written":"a"}""", Step(definition, Node with { Name = "Changed in the studio" }));
        Assert.Equal("""{"written":"b"}""", Step(definition, Node with { Id = "b" }));
    }

    [Theory]
    [InlineData("trigger-a a-b b-c", "a,b,c")]
    [InlineData("b-c trigger-a a-b", "a,b,c")]
    [InlineData("trigger-a a-b a-c", null)]
    [InlineData("trigger-a a-b b-a", null)]
    [InlineData("trigger-a trigger-b b-c", null)]
    [InlineData("trigger-a b-c c-b", null)]
    [InlineData("trigger-a a-b", null)]
    [InlineData("trigger-a a-b b-x", null)]
    public void Chain_IsFoundOutOfTheLinks(string links, string? expected)
    {
        var definition = WorkflowDefinition.Empty with
        {
            Nodes = [Node with { Id = "c" }, Node with { Id = "a" }, Node with { Id = "b" }],
            Links = [.. links.Split(' ').Select(l => l.Split('-')).Select(l => new LinkConnection(l[0], null, l[1]))],
        };
        var isChain = StepChain.TryOrder(definition, out var nodes);
        Assert.Equal(expected, isChain ? string.Join(",", nodes.Select(n => n.Id)) : null);
    }

    [Fact]
    public void Chain_OfOtherPortsIsNone_AndItsOwnLinksAreOne()
    {
        WorkflowNode[] nodes = [Node, Node with { Id = "b" }];
        var definition = WorkflowDefinition.Empty with { Nodes = nodes, Links = StepChain.Links(nodes) };
        Assert.True(StepChain.TryOrder(definition, out _));
        var failing = definition with { Links = [definition.Links[0], definition.Links[1] with { FromPort = "error" }] };
        Assert.False(StepChain.TryOrder(failing, out _));
        Assert.True(StepChain.TryOrder(WorkflowDefinition.Empty, out var none));
        Assert.Empty(none);
    }

    private static string Step(WorkflowDefinition definition, WorkflowNode node) => KeptFields.Step(definition, "one", node,
        _ => Node with { Id = node.Id, Config = JsonElement.Parse("""{"values":{"x":"1"}}""") },
        n => JsonElement.Parse($$"""{"written":"{{n.Id}}"}""")).GetRawText();
}
