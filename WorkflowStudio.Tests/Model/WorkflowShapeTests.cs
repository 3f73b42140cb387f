using WorkflowStudio.Engine.Model;
using static WorkflowStudio.Tests.Model.Definitions;

namespace WorkflowStudio.Tests.Model;

public sealed class WorkflowShapeTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "trigger>a")]
    [InlineData("b a", "trigger>a a:out>b")]
    public void Shape_OfStepsOneAfterTheOther_IsAChain(string nodes, string links) =>
        Assert.Equal(WorkflowShape.Chain, Shape(nodes, links));

    [Theory]
    [InlineData("a b", "trigger>a a:then>b")]
    [InlineData("a b c d", "trigger>a a:then>b a:else>c b>d c>d")]
    [InlineData("a b c", "trigger>a a:then>b a:else>c")]
    [InlineData("a b", "trigger>a a:then>b a:else>b")]
    [InlineData("a b", "trigger>a trigger>b")]
    [InlineData("a b c d e f", "trigger>a a:then>b b:then>c b:else>d c>e d>e a:else>e e>f")]
    public void Shape_OfBranchesThatComeTogetherOrEnd_IsNested(string nodes, string links) =>
        Assert.Equal(WorkflowShape.Nested, Shape(nodes, links));

    [Theory]
    [InlineData("a b", "trigger>a")] // nothing leads to b
    [InlineData("a", "trigger>a a>a")]
    [InlineData("a b", "trigger>a a>b b>a")]
    [InlineData("a b", "a>b b>a")]
    [InlineData("a", "trigger>a a>nowhere")]
    [InlineData("a a", "trigger>a a>a")]
    [InlineData("a b c d", "trigger>a a:then>b a:else>c b>c b>d c>d")] // a branch leads into the other
    public void Shape_OfAnythingElse_IsAGraph(string nodes, string links) => Assert.Equal(WorkflowShape.Graph, Shape(nodes, links));

    [Fact]
    public void Shape_OfALinkThatGoesBack_IsAGraph()
    {
        var definition = Of("trigger>a", Step("a"));
        LinkConnection back = new("a", "again", "a") { MaxRounds = 2 };
        Assert.Equal(WorkflowShape.Graph, WorkflowShapes.Of(definition with { Links = [.. definition.Links, back] }));
    }

    private static WorkflowShape Shape(string nodes, string links) =>
        WorkflowShapes.Of(Of(links, [.. nodes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => Step(id))]));
}
