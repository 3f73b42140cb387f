using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Flow;

public sealed class SwitchNodeTests
{
    private const string Settings =
        """{"value":"{{ $initialPayload.intent }}","cases":[{"name":"booking","equals":"book"},{"name":"big","operator":"greater_than","equals":100},{"name":"again","equals":"BOOK","ignore_case":true}]}""";

    [Theory]
    [InlineData("\"book\"", """booking {"value":"book","case":"booking"}""")]
    [InlineData("\"Book\"", """again {"value":"Book","case":"again"}""")]
    [InlineData("250", """big {"value":250,"case":"big"}""")]
    [InlineData("null", """default {"value":null,"case":"default"}""")]
    [InlineData("\"other\"", """default {"value":"other","case":"default"}""")]
    public async Task Execute_Value_TakesTheFirstCaseThatFits(string value, string expected) =>
        Assert.Equal(expected, await new FlowCall(new SwitchNode(), Settings, $$"""{"intent":{{value}}}""").DoneAsync());

    [Fact]
    public async Task Execute_CaseThatAsksWhetherThereIsAValue_TakesOneThatIsMissing() => Assert.StartsWith("none",
        await new FlowCall(new SwitchNode(), """{"value":"{{ email }}","cases":[{"name":"none","operator":"is_empty"}]}""").DoneAsync(),
        StringComparison.Ordinal);

    [Fact]
    public void Outputs_OfSettings_AreTheCasesAndDefault()
    {
        Assert.Equal(["booking", "big", "again", "default"], Ports(new SwitchNode(), Settings));
        Assert.Equal(["default"], Ports(new SwitchNode(), "{}"));
    }

    [Theory]
    [InlineData("""{"name":"default","equals":1}""", "wrong_setting cases[1].name: The name default is reserved. Choose another.")]
    [InlineData("""{"name":"a","equals":1}""", "wrong_setting cases[1].name: The name a is taken by another one. Give each its own.")]
    [InlineData("""{"name":"b {{ c }}","equals":1}""",
        "wrong_setting cases[1].name: The name must be plain text without spaces around it: links refer to it.")]
    [InlineData("""{"name":"b"}""",
        "missing_setting cases[1].equals: There is nothing to compare with. Fill it in, or choose “is empty” or “exists”.")]
    public void Check_CasesThatDoNotFit_AreNamed(string second, string problem) =>
        Assert.Equal(
            problem, FlowCall.Problems(new SwitchNode(), $$"""{"value":1,"cases":[{"name":"a","equals":1},{{second}}]}""").Single());

    internal static IEnumerable<string> Ports(NodeType node, string config, OnError onError = OnError.Fail) =>
        new NodeCatalog([node])
            .PortsOf(new WorkflowNode { Id = "n", Type = node.Type, Config = JsonElement.Parse(config), OnError = onError });
}

public sealed class ParallelNodeTests
{
    [Fact]
    public async Task Execute_Branches_TakesThemAll() =>
        Assert.Equal(
            """* {"branches":["a","b","c"]}""", await new FlowCall(new ParallelNode(), """{"branches":["a","b","c"]}""").DoneAsync());

    [Fact]
    public void Outputs_OfSettings_AreTheBranches()
    {
        Assert.Equal(["a", "b"], SwitchNodeTests.Ports(new ParallelNode(), """{"branches":["a","b",""]}"""));
        Assert.Equal(["first", "second"], SwitchNodeTests.Ports(new ParallelNode(), "{}"));
        Assert.Equal(["a", "b", "error"], SwitchNodeTests.Ports(new ParallelNode(), """{"branches":["a","b"]}""", OnError.Port));
    }

    [Fact]
    public void Check_NamesThatAreReserved_AreRefused() =>
        Assert.Equal(["wrong_setting branches[1]: The name error is reserved. Choose another."],
            FlowCall.Problems(new ParallelNode(), """{"branches":["a","error"]}"""));
}

public sealed class MergeNodeTests
{
    [Theory]
    [InlineData("{}", null)]
    [InlineData("""{"mode":"all","count":3}""", null)]
    [InlineData("""{"mode":"any"}""", 1)]
    [InlineData("""{"mode":"n","count":3}""", 3)]
    public void Quorum_OfMode_IsHowManyAreEnough(string config, int? expected) =>
        Assert.Equal(expected, new MergeNode().Shape(JsonElement.Parse(config)).Quorum);

    [Fact]
    public async Task Execute_AfterArrivals_SaysHowMany()
    {
        var outcome = await new MergeNode().ExecuteAsync(NodeInputs.With("{}") with { Arrived = 2 }, default);

        Assert.Equal("""{"arrived":2}""", Assert.IsType<NodeOutcome.Completed>(outcome).Output.GetRawText());
    }

    [Fact]
    public void Check_ExpressionForTheMode_IsRefused() => Assert.Equal(
        ["wrong_setting count: This setting must stand before the run, so it cannot be an expression."],
        FlowCall.Problems(new MergeNode(), """{"mode":"n","count":"{{ n }}"}"""));
}

public sealed class ForEachNodeTests
{
    [Fact]
    public async Task Execute_List_AsksForItsIterations()
    {
        var call = new FlowCall(
            new ForEachNode(), """{"items":"{{ clients }}","concurrency":4,"on_item_error":"continue","collect":"{{ $item.name }}"}""",
            """{"clients":[{"name":"a"},{"name":"b"}]}""");

        var outcome = Assert.IsType<NodeOutcome.ForEach>(await call.RunAsync());
        Assert.Equal(("""[{"name":"a"},{"name":"b"}]""", 4, true), (outcome.Items.GetRawText(), outcome.Concurrency, outcome.KeepGoing));
        Assert.Empty(call.Log); // the entry of the loop says it
    }

    [Fact]
    public async Task Execute_ValueThatIsNoList_Fails() => Assert.Equal(
        "not_a_list: The items must be a list, but an object was found. Refer to a list, or give an empty one where there may be none: {{ "
        + "… ?? [] }}. (Setting: items)",
        await new FlowCall(new ForEachNode(), """{"items":{"a":1}}""").FailureAsync());

    [Fact]
    public async Task Execute_TooManyItems_Fails() => Assert.Equal(
        "too_many_items: The list has 10,001 items; at most 10,000 are possible. Pass a part of it. (Setting: items)",
        await new FlowCall(new ForEachNode(), $$"""{"items":[{{string.Join(',', Enumerable.Repeat(1, 10_001))}}]}""").FailureAsync());

    [Fact]
    public void Type_RepeatsWhatIsBehindEach() =>
        Assert.Equal(("each", "collect"),
            (new NodeCatalog([new ForEachNode()]).Find("for_each")!.BodyPort, new ForEachNode().Shape(default).CollectSetting));

    [Theory]
    [InlineData(
        """{"items":"{{ a }}","concurrency":51}""", "wrong_setting concurrency: At once must be at most 50 items, but 51 was found.")]
    [InlineData("{}", "missing_setting items: Items is missing. Fill it in: the step cannot run without it.")]
    public void Check_SettingsThatDoNotFit_AreNamed(string config, string problem) =>
        Assert.Equal(problem, FlowCall.Problems(new ForEachNode(), config).Single());
}
