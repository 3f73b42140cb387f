using System.Text.Json;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Flow;

public sealed class RemoveDuplicatesNodeTests
{
    [Theory]
    [InlineData("""[1,1.0,"1",2]""", """{"items":[1,"1",2],"count":3,"removed":[1.0]}""")]
    [InlineData("""[{"a":1,"b":[2.0]},{"b":[2],"a":1}]""", """{"items":[{"a":1,"b":[2.0]}],"count":1,"removed":[{"b":[2],"a":1}]}""")]
    [InlineData("""["2026-01-01T12:00:00Z","2026-01-01T13:00:00+01:00","2026-01-01"]""",
        """{"items":["2026-01-01T12:00:00Z","2026-01-01"],"count":2,"removed":["2026-01-01T13:00:00+01:00"]}""")]
    [InlineData("""[null,null,"null",["a","b"],["a,b"]]""", """{"items":[null,"null",["a","b"],["a,b"]],"count":4,"removed":[null]}""")]
    [InlineData("""["a","A","ä","Ä"]""", """{"items":["a","A","ä","Ä"],"count":4,"removed":[]}""")]
    [InlineData("[]", """{"items":[],"count":0,"removed":[]}""")]
    public async Task Execute_WithoutFields_ComparesTheItemsAsAWhole(string list, string expected) =>
        Assert.Equal(expected, await new FlowCall(new RemoveDuplicatesNode(), $$"""{"items":{{list}}}""").DoneAsync());

    [Theory]
    [InlineData("first", """{"items":[{"e":"a","n":1},{"e":"b","n":2}],"count":2,"removed":[{"e":"A","n":3},{"e":"a","n":4}]}""")]
    [InlineData("last", """{"items":[{"e":"b","n":2},{"e":"a","n":4}],"count":2,"removed":[{"e":"a","n":1},{"e":"A","n":3}]}""")]
    public async Task Execute_ByAField_KeepsTheOneThatIsAskedFor(string keep, string expected)
    {
        var call = new FlowCall(new RemoveDuplicatesNode(),
            $$"""{"items":[{"e":"a","n":1},{"e":"b","n":2},{"e":"A","n":3},{"e":"a","n":4}],"fields":["e"],"keep":"{{keep}}","ignore_case":true}""");

        Assert.Equal(expected, await call.DoneAsync());
        Assert.Equal(["Removed 2 of 4 items"], call.Log);
    }

    [Fact]
    public async Task Execute_BySeveralFields_AllOfThemHaveToBeTheSame() => Assert.Equal(
        """{"items":[{"c":{"i":1},"d":2},{"c":{"i":1},"d":3},{"c":{"i":1}}],"count":3,"removed":[{"c":{"i":1},"d":2},{"c":{"i":1},"d":null}]}""",
        await new FlowCall(new RemoveDuplicatesNode(),
            """{"items":[{"c":{"i":1},"d":2},{"c":{"i":1},"d":3},{"c":{"i":1},"d":2},{"c":{"i":1}},{"c":{"i":1},"d":null}],"fields":["c.i","d"]}""")
            .DoneAsync());

    [Fact]
    public async Task Execute_ItemsWithoutTheFields_AreAllKept() => Assert.Equal(
        """{"items":[{"n":1},{"n":2,"e":null},"x",{"e":""}],"count":4,"removed":[{"e":""}]}""",
        await new FlowCall(new RemoveDuplicatesNode(), """{"items":[{"n":1},{"n":2,"e":null},"x",{"e":""},{"e":""}],"fields":["e"]}""")
            .DoneAsync());

    [Fact]
    public async Task Execute_ValueThatIsNoList_Fails() => Assert.StartsWith(
        "not_a_list: ", await new FlowCall(new RemoveDuplicatesNode(), """{"items":1}""").FailureAsync(), StringComparison.Ordinal);

    [Fact]
    public void CheckSettings_FieldThatIsEmpty_IsNamed() => Assert.Equal(
        ["wrong_setting fields[1]: The field is empty. Fill it in, or take it out."],
        FlowCall.Problems(new RemoveDuplicatesNode(), """{"items":[],"fields":["a",""]}"""));

    [Theory]
    [InlineData("""{"items":"{{ x }}","fields":["email","phone"]}""", "By email, phone")]
    [InlineData("""{"items":"{{ x }}"}""", null)]
    public void Summary_OfSettings_NamesTheFields(string config, string? expected) =>
        Assert.Equal(expected, new RemoveDuplicatesNode().Summary(JsonElement.Parse(config)));
}
