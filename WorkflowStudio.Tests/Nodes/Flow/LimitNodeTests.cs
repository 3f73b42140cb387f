using System.Text.Json;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Flow;

public sealed class LimitNodeTests
{
    [Theory]
    [InlineData("first", 2, 0, """{"items":[1,2],"count":2,"left_out":3}""")]
    [InlineData("first", 2, 2, """{"items":[3,4],"count":2,"left_out":3}""")]
    [InlineData("first", 2, 4, """{"items":[5],"count":1,"left_out":4}""")]
    [InlineData("last", 2, 0, """{"items":[4,5],"count":2,"left_out":3}""")]
    [InlineData("last", 2, 1, """{"items":[3,4],"count":2,"left_out":3}""")]
    [InlineData("last", 9, 4, """{"items":[1],"count":1,"left_out":4}""")]
    [InlineData("first", 0, 0, """{"items":[],"count":0,"left_out":5}""")]
    public async Task Execute_List_TakesThatPart(string from, int take, int skip, string expected) =>
        Assert.Equal(expected, await Call("[1,2,3,4,5]", from, take, skip).DoneAsync());

    [Theory]
    [InlineData("[1]", """{"items":[1],"count":1,"left_out":0}""")]
    [InlineData("[]", """{"items":[],"count":0,"left_out":0}""")]
    public async Task Execute_ShorterList_IsTakenWhole(string list, string expected)
    {
        Assert.Equal(expected, await Call(list, "first", 10, 0).DoneAsync());
        Assert.Equal(expected, await Call(list, "last", 10_000, 0).DoneAsync());
    }

    [Theory]
    [InlineData(-1, "wrong_setting: How many must be at least 0 items, but -1 was found. (Setting: take)")]
    [InlineData(10_001, "wrong_setting: How many must be at most 10000 items, but 10001 was found. (Setting: take)")]
    public async Task Execute_NumberThatCannotBe_FailsAndNamesTheSetting(int take, string expected) =>
        Assert.Equal(expected, await Call("[]", "first", take, 0).FailureAsync());

    [Fact]
    public async Task Execute_ValueThatIsNoList_Fails() => Assert.Equal(
        "not_a_list: The items must be a list, but an object was found. Refer to a list, or give an empty one where there may be none: "
        + "{{ … ?? [] }}. (Setting: items)", await Call("{}", "first", 1, 0).FailureAsync());

    [Theory]
    [InlineData("""{"items":"{{ x }}","take":10}""", "The first 10")]
    [InlineData("""{"items":"{{ x }}","from":"last","take":3,"skip":1}""", "The last 3, after 1")]
    [InlineData("""{"items":"{{ x }}","take":"{{ n }}"}""", null)]
    public void Summary_OfSettings_SaysWhatIsTaken(string config, string? expected) =>
        Assert.Equal(expected, new LimitNode().Summary(JsonElement.Parse(config)));

    private static FlowCall Call(string list, string from, int take, int skip) =>
        new(new LimitNode(), $$"""{"items":{{list}},"from":"{{from}}","take":{{take}},"skip":{{skip}}}""");
}
