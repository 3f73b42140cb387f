using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Flow;

public sealed class SetNodeTests
{
    [Fact]
    public async Task Set_Values_AreItsOutput()
    {
        var outcome = await new SetNode().ExecuteAsync(NodeInputs.With("""{"values":{"a":1,"b":null}}"""), CancellationToken.None);

        Assert.Equal("""{"a":1,"b":null}""", Assert.IsType<NodeOutcome.Completed>(outcome).Output.GetRawText());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"values":[1]}""")]
    public async Task Set_ValuesThatAreNoObject_Fail(string settings) =>
        Assert.Equal(
            new NodeOutcome.Failed("wrong_setting", "Values must be an object, each value under its own name. (Setting: values)"),
            await new SetNode().ExecuteAsync(NodeInputs.With(settings), CancellationToken.None));

    [Theory]
    [InlineData("""{"values":{"first":1,"second":2}}""", "first, second")]
    [InlineData("""{"values":{"a_rather_long_name_of_a_value":1,"another_long_name":2}}""", "a_rather_long_name_of_a_value, another_…")]
    [InlineData("""{"values":{}}""", null)]
    [InlineData("[]", null)]
    public void Summary_OfValues_ListsTheirNames(string config, string? summary) =>
        Assert.Equal(summary, new SetNode().Summary(JsonElement.Parse(config)));

    [Fact]
    public void Example_OfSet_PassesItsOwnChecks() =>
        Assert.Empty(new NodeCatalog([new SetNode()])
            .CheckSettings(new() { Id = "n", Type = "set", Config = JsonElement.Parse(new SetNode().Example) }));
}
