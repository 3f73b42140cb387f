using System.Text.Json;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Flow;

public sealed class ConditionNodeTests
{
    private const string Urgent = """{"conditions":[{"left":"{{ urgency }}","operator":"equals","right":"high"}]}""";

    [Theory]
    [InlineData("high", """then {"result":true,"which":"then"}""", "“high” equals “high”: yes. The run goes on through then.")]
    [InlineData("low", """else {"result":false,"which":"else"}""", "“low” equals “high”: no. The run goes on through else.")]
    public async Task Execute_Condition_TakesItsWayAndSaysWhy(string urgency, string expected, string line)
    {
        var call = new FlowCall(new ConditionNode(), Urgent, $$"""{"urgency":"{{urgency}}"}""");

        Assert.Equal(expected, await call.DoneAsync());
        Assert.Equal([line], call.Log);
    }

    [Theory]
    [InlineData("exists", "else")]
    [InlineData("is_empty", "then")]
    [InlineData("is_not_empty", "else")]
    public async Task Execute_ValueThatIsMissing_IsWhatTheConditionAsksFor(string asked, string port) =>
        Assert.StartsWith(port, await new FlowCall(new ConditionNode(),
            $$"""{"conditions":[{"left":"{{"{{ email }}"}}","operator":"{{asked}}"}]}""").DoneAsync(), StringComparison.Ordinal);

    [Fact]
    public void Compile_OtherComparisons_NeedTheirValue()
    {
        var problems = new ConditionNode().Compile(JsonElement.Parse(Urgent)).Resolve(new Support.Fakes.FakeScope("{}")).Problems;

        Assert.Equal(["conditions[0].left"], problems.Select(p => p.Path));
    }

    [Theory]
    [InlineData("true", "all", "1", "then")]
    [InlineData("true", "all", "2", "else")]
    [InlineData("false", "all", "1", "else")]
    [InlineData("false", "any", "1", "then")]
    [InlineData("true", "any", "2", "then")]
    [InlineData("\"yes\"", "all", "1", "then")]
    public async Task Execute_ExpressionWithConditions_CountsAsOneMore(string expression, string match, string right, string port) =>
        Assert.StartsWith(port, await new FlowCall(new ConditionNode(),
            $$"""{"expression":{{expression}},"match":"{{match}}","conditions":[{"left":1,"operator":"equals","right":{{right}}}]}""")
            .DoneAsync(), StringComparison.Ordinal);

    [Fact]
    public async Task Execute_ExpressionThatSaysNeither_Fails() => Assert.Equal(
        "wrong_setting: The expression must give true or false. Compare its value, for example {{ total > 100 }}. (Setting: expression)",
        await new FlowCall(new ConditionNode(), """{"expression":12}""").FailureAsync());

    [Theory]
    [InlineData("{}", "missing_setting conditions: The step has no condition. Add one, or write an expression that gives true or false.")]
    [InlineData("""{"conditions":[{"left":"x"}]}""",
        "missing_setting conditions[0].right: There is nothing to compare with. Fill it in, or choose “is empty” or “exists”.")]
    [InlineData("""{"conditions":[{"left":"x","operator":"is","right":1}]}""", "wrong_setting conditions[0].operator: Comparison must be "
        + "one of equals, not_equals, contains, not_contains, starts_with, ends_with, greater_than, greater_or_equal, less_than, "
        + "less_or_equal, is_empty, is_not_empty, is_true, is_false, exists, matches, but the text \"is\" was found.")]
    public void Check_SettingsThatDoNotFit_AreNamed(string config, string problem) =>
        Assert.Equal(problem, FlowCall.Problems(new ConditionNode(), config).Single());

    [Fact]
    public void Check_PatternThatCannotBeRead_IsNamed() => Assert.StartsWith(
        "wrong_setting conditions[0].right: The pattern ( cannot be read: ",
        FlowCall.Problems(new ConditionNode(), """{"conditions":[{"left":"x","operator":"matches","right":"("}]}""").Single(),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(Urgent, "urgency = high")]
    [InlineData("""{"conditions":[{"left":"{{ $initialPayload.total }}","operator":"greater_than","right":100},{"left":1,"right":1}],"match":"any"}""", "total > 100 or 1 more")]
    [InlineData("""{"conditions":[{"left":"{{ $initialPayload.email }}","operator":"is_not_empty"}]}""", "email is not empty")]
    [InlineData("""{"conditions":[{"left":"{{ $node.a_rather_long_name.with_a_long_field }}","right":"value"}]}""",
        "a_rather_long_name.with_a_long_field = …")]
    [InlineData("""{"expression":"{{ total > 100 }}"}""", "total > 100")]
    [InlineData("{}", null)]
    public void Summary_OfSettings_IsShort(string config, string? summary) =>
        Assert.Equal(summary, new ConditionNode().Summary(JsonElement.Parse(config)));
}
