using System.Text.Json;
using WorkflowStudio.Engine.Expressions.Logic;

namespace WorkflowStudio.Tests.Expressions.Logic;

public sealed class LogicRuleTests
{
    [Theory]
    [InlineData("""{"equals":[1,1]}""", "equals", """There is no operator "equals". Did you mean "=="?""")]
    [InlineData("""{"and":[true,{"missin":["a"]}]}""", "and[1].missin", """There is no operator "missin". Did you mean "missing"?""")]
    [InlineData("""{"filter":[[1],{"constructor":1}]}""", "filter[1].constructor",
        """There is no operator "constructor". Known: var missing missing_some if""")]
    [InlineData("""[1,{"gt":[1,2]}]""", "[1].gt", """There is no operator "gt". Did you mean ">"?""")]
    [InlineData("""{"==":[1]}""", "[\"==\"]", """The operator "==" has 1, but it takes 2 arguments, written as a list: {"==": [ … ]}.""")]
    [InlineData("""{">":{"var":"x"}}""", "[\">\"]", """The operator ">" has 1, but it takes 2 to 3 arguments""")]
    [InlineData("""{"!":[]}""", "[\"!\"]", """The operator "!" has 0, but it takes 1 argument,""")]
    [InlineData("""{"max":[]}""", "max", """The operator "max" has 0, but it takes at least 1""")]
    [InlineData("""{"var":["a",1,2]}""", "var", """The operator "var" has 3, but it takes 0 to 2 arguments""")]
    [InlineData("""{"==":[1,1],"!":false}""", "", """There are several names in one object, "==" among them""")]
    public void Compile_WrongRule_NamesPlaceAndRemedy(string rule, string path, string message)
    {
        var reading = Read(rule);

        Assert.Null(reading.Rule);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal(path, problem.Path);
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_DepthLimit_IsKept()
    {
        Assert.NotNull(Read(Nested(LogicRule.MaxDepth - 1)).Rule);
        Assert.Contains(
            "nested deeper than 64 levels", Assert.Single(Read(Nested(LogicRule.MaxDepth)).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_SizeLimit_IsKept()
    {
        Assert.NotNull(Read($"\"{new string('x', LogicRule.MaxBytes - 2)}\"").Rule);
        Assert.Contains("larger than 64 kB", Assert.Single(Read($"\"{new string('x', LogicRule.MaxBytes - 1)}\"").Problems).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_ManyProblems_NamesTheFirst() =>
        Assert.Equal(
            LogicRule.MaxProblems, Read($$"""{"and":[{{string.Join(',', Enumerable.Repeat("{\"x\":1}", 50))}}]}""").Problems.Count);

    [Fact]
    public void Compile_UndefinedRule_IsNull() => Assert.False(LogicRule.Compile(default).Rule!.IsTrue(JsonElement.Parse("{}")));

    [Theory]
    [InlineData("""{">":[3,2,1]}""", true)]
    [InlineData("""{">":[3,3,1]}""", false)]
    [InlineData("""{">":[3,2,2]}""", false)]
    [InlineData("""{">=":[3,3,3]}""", true)]
    [InlineData("""{">=":[3,2,4]}""", false)]
    public void IsTrue_GreaterWithThreeArguments_IsBetween(string rule, bool expected) =>
        Assert.Equal(expected, Read(rule).Rule!.IsTrue(default));

    [Theory]
    [InlineData("""{"var":""}""", "null")]
    [InlineData("""{"var":"a"}""", "null")]
    [InlineData("""{"missing":["a"]}""", """["a"]""")]
    public void Evaluate_WithoutData_FindsNothing(string rule, string expected) =>
        Assert.Equal(expected, Read(rule).Rule!.Evaluate(default).GetRawText());

    [Fact]
    public void Evaluate_ValueOfTheData_IsNotRewritten() =>
        Assert.Equal("[1.10,12345678901234567890]",
            Read("""{"map":[{"var":""},{"var":""}]}""").Rule!.Evaluate(JsonElement.Parse("[1.10, 12345678901234567890]")).GetRawText());

    [Fact]
    public void Evaluate_NumberPastTheRange_IsInfinite() =>
        Assert.True(Read("""{">":[{"var":"n"},1e300]}""").Rule!.IsTrue(JsonElement.Parse("""{"n":1e999}""")));

    public static TheoryData<string> EndlessRules => new()
    {
        // each doubles what it makes: text, list, list of itself, and the object of reduce
        """{"reduce":[{"var":"n"},{"cat":[{"var":"accumulator"},{"var":"accumulator"}]},"x"]}""",
        """{"reduce":[{"var":"n"},{"merge":[{"var":"accumulator"},{"var":"accumulator"}]},[1]]}""",
        """{"reduce":[{"var":"n"},[{"var":"accumulator"},{"var":"accumulator"}],[1]]}""",
        """{"reduce":[{"var":"n"},{"var":""},1]}""",
        // a thousand times a thousand times a thousand
        """{"map":[{"var":"n"},{"map":[{"merge":[1,[2]]},{"cat":["a"]}]}]}""".Replace(
            """{"merge":[1,[2]]}""", $"[{string.Join(',', Enumerable.Range(0, 1000))}]", StringComparison.Ordinal),
    };

    [Theory]
    [MemberData(nameof(EndlessRules))]
    public void Evaluate_RuleThatGrows_EndsWithoutAValue(string rule)
    {
        var data = JsonElement.Parse($$"""{"n":[{{string.Join(',', Enumerable.Range(0, 1000))}}]}""");
        var read = Read(rule).Rule!;

        Assert.False(read.TryEvaluate(data, out var value));
        Assert.Equal(JsonValueKind.Null, value.ValueKind);
        Assert.False(read.IsTrue(data));
    }

    [Fact]
    public void Evaluate_SharedListsInTheResult_AreNotWrittenOutWithoutEnd()
    {
        var data = JsonElement.Parse($$"""{"n":[{{string.Join(',', Enumerable.Range(0, 40))}}]}""");

        Assert.False(Read("""{"reduce":[{"var":"n"},[{"var":"accumulator"},{"var":"accumulator"}],[1]]}""").Rule!.TryEvaluate(data, out _));
    }

    [Fact]
    public void Evaluate_LargeData_IsReadWithinTheBudget()
    {
        var data = JsonElement.Parse(
            $$"""{"items":[{{string.Join(',', Enumerable.Range(0, 10_000).Select(i => $$"""{"n":{{i}}}"""))}}]}""");

        Assert.True(Read("""{"some":[{"var":"items"},{"==":[{"var":"n"},9999]}]}""").Rule!.IsTrue(data));
    }

    private static LogicReading Read(string rule) => LogicRule.Compile(JsonElement.Parse(rule, new JsonDocumentOptions { MaxDepth = 200 }));

    private static string Nested(int operators) =>
        string.Concat(Enumerable.Repeat("{\"!\":", operators)) + "1" + new string('}', operators);
}
