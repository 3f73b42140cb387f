using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Flow;

public sealed class SortNodeTests
{
    [Theory]
    [InlineData("""[3,"10",2.5,"1,000",-1]""", """[-1,2.5,3,"10","1,000"]""")]
    [InlineData("""["b","a","B",""]""", """["","B","a","b"]""")]
    [InlineData("""["2026-01-01T13:30:00+01:00","2026-01-01T13:00:00Z","2026-01-01"]""",
        """["2026-01-01","2026-01-01T13:30:00+01:00","2026-01-01T13:00:00Z"]""")]
    [InlineData("""[true,"x",null,"2026-01-01",7,false]""", """[7,"2026-01-01","x",false,true,null]""")]
    [InlineData("""[1e40,5,"-1e40",1e39]""", """["-1e40",5,1e39,1e40]""")]
    [InlineData("[]", "[]")]
    public async Task Execute_WithoutKeys_ComparesTheItemsThemselves(string list, string expected) =>
        Assert.StartsWith($$"""{"items":{{expected}},"count":""", await Sorted(list, "[]"), StringComparison.Ordinal);

    [Theory]
    [InlineData("ascending", """[{"n":1},{"n":2},{"n":"x"},{"n":null},{}]""")]
    [InlineData("descending", """[{"n":"x"},{"n":2},{"n":1},{"n":null},{}]""")]
    public async Task Execute_ItemsWithoutTheValue_ComeLastInEitherDirection(string direction, string expected) => Assert.Equal(
        $$"""{"items":{{expected}},"count":5}""",
        await Sorted("""[{"n":null},{"n":"x"},{},{"n":2},{"n":1}]""", $$"""[{"field":"n","direction":"{{direction}}"}]"""));

    [Fact]
    public async Task Execute_SeveralKeys_DecideOneAfterTheOther() => Assert.Equal(
        """{"items":[{"c":{"n":"Ann"},"t":9},{"c":{"n":"Ann"},"t":2},{"c":{"n":"Bo"},"t":5}],"count":3}""",
        await Sorted("""[{"c":{"n":"Bo"},"t":5},{"c":{"n":"Ann"},"t":2},{"c":{"n":"Ann"},"t":9}]""",
            """[{"field":"c.n"},{"field":"t","direction":"descending"}]"""));

    [Theory]
    [InlineData("ascending")]
    [InlineData("descending")]
    public async Task Execute_ItemsThatAreAlike_KeepTheirOrder(string direction) => Assert.Equal(
        """{"items":[{"k":1,"i":0},{"k":"1.0","i":1},{"k":1.00,"i":2}],"count":3}""",
        await Sorted("""[{"k":1,"i":0},{"k":"1.0","i":1},{"k":1.00,"i":2}]""", $$"""[{"field":"k","direction":"{{direction}}"}]"""));

    [Fact]
    public async Task Execute_IgnoringCase_CapitalsAreNoDifference() => Assert.Equal(
        """{"items":["a","B","b","C"],"count":4}""",
        await new FlowCall(new SortNode(), """{"items":["B","a","b","C"],"ignore_case":true}""").DoneAsync());

    [Fact]
    public async Task Execute_ValueWithoutAnOrder_FailsAndNamesItemAndSetting() => Assert.Equal(
        "cannot_compare: Item 2 has a list of 1 where a value to sort by is needed. Name a field that holds numbers, dates, texts, or yes "
        + "and no. (Setting: keys[1].field)",
        await new FlowCall(new SortNode(), """{"items":[{"a":1},{"a":1,"b":[2]}],"keys":[{"field":"a"},{"field":"b"}]}""").FailureAsync());

    [Fact]
    public async Task Execute_ValueThatIsNoList_Fails() =>
        Assert.StartsWith("not_a_list: ", await new FlowCall(new SortNode(), """{"items":"x"}""").FailureAsync(), StringComparison.Ordinal);

    [Fact]
    public void CheckSettings_SixKeys_AreTooMany() => Assert.Equal(
        ["wrong_setting keys: Sort by must have at most 5 entries, but has 6."],
        FlowCall.Problems(new SortNode(), """{"items":[],"keys":[{},{},{},{},{},{}]}"""));

    [Theory]
    [InlineData("""{"items":"{{ x }}","keys":[{"field":"due"},{"field":"total","direction":"descending"}]}""", "due, total ↓")]
    [InlineData("""{"items":"{{ x }}","keys":[{"direction":"descending"}]}""", "the item ↓")]
    [InlineData("""{"items":"{{ x }}"}""", null)]
    public void Summary_OfSettings_NamesTheKeys(string config, string? expected) =>
        Assert.Equal(expected, new SortNode().Summary(System.Text.Json.JsonElement.Parse(config)));

    private static Task<string> Sorted(string list, string keys) =>
        new FlowCall(new SortNode(), $$"""{"items":{{list}},"keys":{{keys}}}""").DoneAsync();
}
