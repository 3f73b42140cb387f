using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Expressions.Functions;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Expressions;

public sealed class BudgetTests
{
    private static readonly FakeScope Scope = new(JsonSerializer.Serialize(new
    {
        list = Enumerable.Range(0, 2_000),
        half = new string('x', 600_000),
        deep = Enumerable.Range(0, 70),
        rows = Enumerable.Range(0, 200).Select(i => new { id = i, name = $"n{i}" }),
    }));

    [Theory]
    [InlineData("map(list, x => sum(map(list, y => x * y)))", ExpressionProblemCodes.TooManySteps)]
    [InlineData("any(list, x => any(list, y => any(list, z => false)))", ExpressionProblemCodes.TooManySteps)]
    [InlineData("reduce(list, \"x\", (t, i) => t + t)", ExpressionProblemCodes.ResultTooLarge)]
    [InlineData("reduce(list, [1], (t, i) => concat(t, t))", ExpressionProblemCodes.ResultTooLarge)]
    [InlineData("reduce(list, [1], (t, i) => [t, t])", ExpressionProblemCodes.ResultTooLarge)]
    [InlineData("reduce(deep, [1], (t, i) => [t])", ExpressionProblemCodes.ResultTooLarge)]
    [InlineData("reduce(deep, {}, (t, i) => {t: t})", ExpressionProblemCodes.ResultTooLarge)]
    [InlineData("[half, half]", ExpressionProblemCodes.ResultTooLarge)]
    [InlineData("{a: half, b: half}", ExpressionProblemCodes.ResultTooLarge)]
    [InlineData("half + half", ExpressionProblemCodes.ResultTooLarge)]
    [InlineData("map(list, x => half)", ExpressionProblemCodes.ResultTooLarge)]
    [InlineData("filter(list, x => upper(half) == x)", ExpressionProblemCodes.TooManySteps)]
    [InlineData("replace(half, \"x\", \"xx\")", ExpressionProblemCodes.ResultTooLarge)]
    [InlineData("replace_pattern(half, \"x\", \"$0$0$0$0$0$0$0$0$0$0$0$0$0\")", ExpressionProblemCodes.ResultTooLarge)]
    [InlineData("extract_all(half, \"x\")", ExpressionProblemCodes.TooManySteps)]
    [InlineData("join([half, half])", ExpressionProblemCodes.ResultTooLarge)]
    [InlineData("concat(half, half)", ExpressionProblemCodes.ResultTooLarge)]
    [InlineData("url_encode(replace(half, \"x\", \"é\"))", ExpressionProblemCodes.ResultTooLarge)]
    [InlineData("matches(half, \"(x)\\\\1\")", ExpressionProblemCodes.UnsupportedPattern)]
    [InlineData("matches(half, \"(?=x)\")", ExpressionProblemCodes.UnsupportedPattern)]
    [InlineData("matches(half, \"(x{1000}){9999}\")", ExpressionProblemCodes.UnsupportedPattern)]
    [InlineData("matches(half, \"x{3,99999}\")", ExpressionProblemCodes.UnsupportedPattern)]
    [InlineData("matches(half, \"(\")", ExpressionProblemCodes.UnsupportedPattern)]
    [InlineData("matches(half, half)", ExpressionProblemCodes.UnsupportedPattern)]
    public void Expression_OverItsBudget_EndsWithItsCode(string expression, string code)
    {
        Assert.False(Template.Parse($"{{{{ {expression} }}}}").TryEvaluate(Scope, out _, out var problem));
        Assert.Equal(code, problem!.Code);
    }

    [Theory]
    [InlineData("matches(half, \"(x+x+)+y\")", "false")]
    [InlineData("matches(half, \"^(([a-z])+.)+[A-Z]([a-z])+$\")", "false")]
    [InlineData("length(replace(half, \"x\", \"\"))", "0")]
    [InlineData("sum(map(list, x => x % 2))", "1000")]
    [InlineData("map(rows, r => find(rows, s => s.id == r.id).name) | unique | count", "200")]
    public void Expression_WithinItsBudget_Ends(string expression, string json)
    {
        Assert.True(Template.Parse($"{{{{ {expression} }}}}").TryEvaluate(Scope, out var value, out var problem), problem?.Message);
        Assert.Equal(json, value.GetRawText());
    }

    [Fact]
    public void Expression_OfManyOperands_IsNotDeep()
    {
        var sum = string.Join('+', Enumerable.Repeat("1", 2_000));
        Assert.True(Template.Parse("{{" + sum + "}}").TryEvaluate(Scope, out var value, out _));
        Assert.Equal("2000", value.GetRawText());
    }

    [Fact]
    public void Function_AnyArguments_EndsWithAValueOrAProblem()
    {
        var atoms = Gen.Elements("list", "half", "rows", "nobody", "null", "true", "0", "-1", "3", "2147483647", "1e28", "0.5", "\"\"",
            "\"a\"", "\"2026-06-10\"", "\"9998-12-31T23:59:59Z\"", "\"0001-01-01\"", "\"America/Chicago\"", "\"days\"", "\"[a-z]+\"",
            "\"usd\"", "\"week\"", "\"\\ud800\"", "[]", "[1, \"a\", null]", "[[1], [2]]", "{}", "{key: \"a\", value: 1}", "rows[0]", "$now",
            "x => x", "x => x.name", "(x, i) => i", "(a, b) => [a, b]");
        var calls = from function in Gen.Elements(FunctionCatalog.All.ToArray())
                    from count in Gen.Choose(0, 3)
                    from given in Gen.ArrayOf(atoms, count)
                    from nested in Gen.Elements(FunctionCatalog.All.ToArray())
                    from wrap in Gen.Elements(true, false)
                    select wrap
                        ? $"{nested.Name}({function.Name}({string.Join(", ", given)}))"
                        : $"{function.Name}({string.Join(", ", given)})";

        var scope = new FakeScope("""{"list":[3,1,2],"half":"some text 12","rows":[{"id":1,"name":"n"},{"id":2}]}""")
            .Ambient("$now", "\"2026-06-10T15:24:00Z\"");
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20_000), Prop.ForAll(Arb.From(calls), call =>
        {
            var template = Template.Parse($"{{{{ {call} }}}}");
            var answered = template.TryEvaluate(scope, out var value, out var problem);
            var mixed = Template.Parse($"x {{{{ {call} }}}}").TryEvaluate(scope, out _, out _);
            return answered == (problem is null) && answered == (value.ValueKind != JsonValueKind.Undefined) && (!mixed || answered);
        }));
    }
}
