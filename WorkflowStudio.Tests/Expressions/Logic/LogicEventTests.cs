using System.Text.Json;
using WorkflowStudio.Engine.Expressions.Logic;
using WorkflowStudio.Engine.Nodes.Triggers;

namespace WorkflowStudio.Tests.Expressions.Logic;

public sealed class LogicEventTests
{
    [Theory]
    [InlineData("""{"==":[{"var":"data.plan"},"gold"]}""", """{"plan":"gold"}""", true)]
    [InlineData("""{"==":[{"var":"data.plan"},"gold"]}""", """{"plan":"basic"}""", false)]
    [InlineData("""{"var":"plan"}""", """{"plan":"gold"}""", false)]
    [InlineData("""{"var":"data"}""", "{}", true)]
    [InlineData("""{"var":"data.list"}""", """{"list":[]}""", false)]
    [InlineData("""{"var":"data.text"}""", """{"text":"0"}""", true)]
    [InlineData("false", "{}", false)]
    [InlineData("{}", "{}", true)]
    [InlineData("null", "{}", true)]
    public void Allows_Event_SeesItAsData(string constraints, string data, bool expected) =>
        Assert.Equal(expected, StartRule.Of(JsonElement.Parse(constraints)).Allows(JsonElement.Parse(data)));

    [Fact]
    public void IsTrueForEvent_IsWhatTheWrappedDataGives()
    {
        var rule = LogicRule.Compile(JsonElement.Parse("""{"some":[{"var":"data.tags"},{"in":[{"var":""},["a","b"]]}]}""")).Rule!;

        Assert.True(rule.IsTrueForEvent(JsonElement.Parse("""{"tags":["x","b"]}""")));
        Assert.True(rule.IsTrue(JsonElement.Parse("""{"data":{"tags":["x","b"]}}""")));
    }

    [Fact]
    public void Saw_Rule_NamesTheValuesItLookedAtAndNoOthers()
    {
        var rule = StartRule.Of(JsonElement.Parse("""
            {"and":[{"==":[{"var":"data.plan"},"gold"]},{">":[{"var":["data.n",0]},1]},{"missing":["data.a b"]},{"some":[{"var":"data.list"},{"var":"inner"}]},{"==":[{"var":"data.plan"},1]},{"missing_some":[1,["data.z"]]}]}
            """));

        Assert.Equal(
            """{"data.plan":"basic","data.n":null,"data.a b":7,"data.list":[{"inner":1}],"data.z":null}""",
            rule.Saw(JsonElement.Parse("""{"plan":"basic","secret":"s","a b":7,"list":[{"inner":1}]}""")));
    }

    [Fact]
    public void Saw_LongValues_AreCut()
    {
        var paths = string.Join(',', Enumerable.Range(0, 50).Select(i => $$"""{"var":"data.v{{i}}"}"""));
        var data = JsonElement.Parse(
            $$"""{{{string.Join(',', Enumerable.Range(0, 50).Select(i => $"\"v{i}\":\"{new string('x', 5_000)}\""))}}}""");

        var saw = StartRule.Of(JsonElement.Parse($$"""{"and":[{{paths}}]}""")).Saw(data);

        Assert.Equal(StartRule.LongestSeen, saw.Length);
        Assert.StartsWith($$"""{"data.v0":"{{new string('x', 198)}}…,"data.v1":""", saw, StringComparison.Ordinal);
    }
}
