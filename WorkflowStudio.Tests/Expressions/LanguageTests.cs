using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Expressions;

public sealed class LanguageTests
{
    private static readonly FakeScope Scope = new FakeScope("""{"a":7,"b":2,"price":19.99,"name":"Maria","none":null,"vip":true,"items":[{"price":1.5,"tags":["x"]},{"price":2,"tags":[]}],"wide":1e300,"big":9007199254740993,"o":{"x":1}}""")
        .Step("pay", """{"total":180}""");

    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("10 - 3 - 2", "5")]
    [InlineData("7 / 2", "3.5")]
    [InlineData("7 % 4 * 2", "6")]
    [InlineData("0.1 + 0.2", "0.3")]
    [InlineData("1 / 3", "0.3333333333333333333333333333")]
    [InlineData("big + 1", "9007199254740994")]
    [InlineData("wide", "1e300")]
    [InlineData("-a + 10", "3")]
    [InlineData("- -a", "7")]
    [InlineData("a - b", "5")]
    [InlineData("a -1", "6")]
    [InlineData("price * 100", "1999")]
    [InlineData("\"a\" + \"b\"", "\"ab\"")]
    [InlineData("none ?? 0 + 1", "1")]
    [InlineData("a + nobody ?? 1", "8")]
    [InlineData("nobody ?? none", "null")]
    [InlineData("a > 5 and b < 5", "true")]
    [InlineData("a > 5 && !(b < 5)", "false")]
    [InlineData("false or a == 7.0", "true")]
    [InlineData("not a == 7", "false")]
    [InlineData("not vip or vip", "true")]
    [InlineData("a == 7 ? \"seven\" : \"other\"", "\"seven\"")]
    [InlineData("b > 5 ? 1 : b > 1 ? 2 : 3", "2")]
    [InlineData("false and nobody", "false")]
    [InlineData("true or nobody", "true")]
    [InlineData("1 == \"1\"", "false")]
    [InlineData("[1, {x: 2}] == [1.0, {\"x\": 2}]", "true")]
    [InlineData("\"b\" > \"a\"", "true")]
    [InlineData("\"2026-06-10T10:00:00-05:00\" < \"2026-06-10T15:00:01Z\"", "true")]
    [InlineData("\"10\" > 9", "true")]
    [InlineData("\"1,180.50\" > \"900\"", "true")]
    [InlineData("wide > 2", "true")]
    [InlineData("none > 2 or 2 > none or none <= none", "false")]
    [InlineData("nobody > 2 or [] < nobody", "false")]
    [InlineData("\"2026-06-10T10:00:00-05:00\" == \"2026-06-10T15:00:00Z\"", "true")]
    [InlineData("\"2026-06-10T10:00:00-0500\" == \"2026-06-10T10:00:00-05\"", "true")]
    [InlineData("\"2026-06-10T10:00:00-05:00\" != \"2026-06-10T15:00:00.000Z\"", "false")]
    [InlineData("contains([\"2026-06-10T15:00Z\"], \"2026-06-10T10:00-0500\")", "true")]
    [InlineData("unique([\"2026-06-10T15:00Z\", \"2026-06-10T10:00-05\"])", "[\"2026-06-10T15:00Z\"]")]
    [InlineData("\"2026-06-10\" == \"2026-06-10T00:00:00Z\"", "false")]
    [InlineData("[1, \"x\", null, [true]]", "[1,\"x\",null,[true]]")]
    [InlineData("{a: 1, \"b c\": {d: [name]}}", "{\"a\":1,\"b c\":{\"d\":[\"Maria\"]}}")]
    [InlineData("{a: 1, a: 2}", "{\"a\":2}")]
    [InlineData("{x: [4, 5]}.x[1]", "5")]
    [InlineData("[1, 2][1]", "2")]
    [InlineData("{x: 1}?.y", "null")]
    [InlineData("first(items).price", "1.5")]
    [InlineData("items | map(i => i.price) | sum", "3.5")]
    [InlineData("a + b | round", "9")]
    [InlineData("(name | upper) == \"MARIA\"", "true")]
    [InlineData("map(items, (i, n) => n * 10 + i.price)", "[1.5,12]")]
    [InlineData("map([1, 2], a => map([10], b => a + b))", "[[11],[12]]")]
    [InlineData("map([1], x => a + x)", "[8]")]
    [InlineData("map([{output: {total: 1}}], pay => pay.output.total)", "[1]")]
    [InlineData("pay.output.total + $node.pay.total", "360")]
    [InlineData("(nobody ?? o).x", "1")]
    [InlineData("(o).x", "1")]
    [InlineData("\"a | b\" | upper", "\"A | B\"")]
    [InlineData("vip?a:b", "7")]
    [InlineData("o ? 1 : 2", "1")]
    [InlineData("[] ? 1 : 2", "2")]
    [InlineData("\"\" ? 1 : 2", "2")]
    [InlineData("none ? 1 : 2", "2")]
    public void Expression_OfTheLanguage_HasItsValue(string expression, string json) => Assert.Equal(json, Value(expression));

    [Theory]
    [InlineData("name * 2", 7,
        "* needs two numbers, but the text \"Maria\" and 2 were found. number(…) makes a number of a text, text(…) a text of a number.")]
    [InlineData("name + 2", 7, "+ needs two numbers or two texts, but the text \"Maria\" and 2 were found. number(…) makes a number of a "
        + "text, text(…) a text of a number.")]
    [InlineData("none + 2", 7, "+ needs two numbers or two texts, but nothing (null) and 2 were found. Give a default with ??.")]
    [InlineData("a / 0", 4, "/ divides by 0. Check the divisor first, for example with n == 0 ? 0 : x / n.")]
    [InlineData("a % (b - 2)", 5, "% divides by 0. Check the divisor first, for example with n == 0 ? 0 : x % n.")]
    [InlineData("wide * 2", 7, "* needs two numbers, but 1E+300 and 2 were found. A number can have 28 digits at most.")]
    [InlineData("79228162514264337593543950335 * 2", 32, "The result of * is beyond the largest number, which has 28 digits.")]
    [InlineData(
        "-name", 0, "- needs a number, but the text \"Maria\" was found. number(…) makes a number of a text, text(…) a text of a number.")]
    [InlineData("(name * 2) ?? 5", 8,
        "* needs two numbers, but the text \"Maria\" and 2 were found. number(…) makes a number of a text, text(…) a text of a number.")]
    public void Expression_OfWrongValues_IsAProblemWithItsPlace(string expression, int position, string message)
    {
        var problem = Problem(expression);
        Assert.Equal((ExpressionProblemCodes.WrongValue, position + 3, message), (problem.Code, problem.Position, problem.Message));
    }

    [Theory]
    [InlineData("name < 2", "< compares two numbers, two texts or two dates, but the text \"Maria\" and 2 were found.")]
    [InlineData("2 >= \"0,5\"", ">= compares two numbers, two texts or two dates, but 2 and the text \"0,5\" were found.")]
    [InlineData("[1] < [2]", "< compares two numbers, two texts or two dates, but a list and a list were found.")]
    [InlineData("(o > \"a\") ?? true", "> compares two numbers, two texts or two dates, but an object and the text \"a\" were found.")]
    [InlineData("true <= 1", "<= compares two numbers, two texts or two dates, but true and 1 were found.")]
    public void Expression_OfValuesWithoutASizeInCommon_CannotCompare(string expression, string message)
    {
        var problem = Problem(expression);
        Assert.Equal((ExpressionProblemCodes.CannotCompare, message), (problem.Code, problem.Message));
    }

    [Theory]
    [InlineData("a + nobody", "nobody has no value: neither an earlier step nor the starting data has the field nobody. Check the name, or "
        + "give a default: {{ nobody ?? 0 }}.")]
    [InlineData("sum(o.y)", "o.y has no value: there is no field y. Check the name, or give a default: {{ o.y ?? [] }}.")]
    [InlineData("keys(o.y)", "o.y has no value: there is no field y. Check the name, or give a default: {{ o.y ?? {} }}.")]
    [InlineData("round(true ? o.y : 1)", "o.y has no value: there is no field y. Check the name, or give a default: {{ o.y ?? 0 }}.")]
    [InlineData("o.y and true", "o.y has no value: there is no field y. Check the name, or give a default: {{ o.y ?? false }}.")]
    [InlineData("\"a\" + o.y", "o.y has no value: there is no field y. Check the name, or give a default: {{ o.y ?? \"…\" }}.")]
    [InlineData("upper(o.y)", "o.y has no value: there is no field y. Check the name, or give a default: {{ o.y ?? \"…\" }}.")]
    [InlineData("map(items, i => i.cost)",
        "i.cost has no value: there is no field cost. Check the name, or give a default: {{ i.cost ?? \"…\" }}.")]
    [InlineData("{x: 1}.y", "{x: 1}.y has no value: there is no field y. Check the name, or give a default: {{ {x: 1}.y ?? \"…\" }}.")]
    public void Expression_WithAMissingValue_NamesIt(string expression, string message)
    {
        var problem = Problem(expression);
        Assert.Equal((ExpressionProblemCodes.MissingValue, message), (problem.Code, problem.Message));
    }

    [Fact]
    public void Template_ComputedValueInText_ReadsAsStated()
    {
        Assert.True(Template.Parse("{{ 1180.50 * 2 }} {{ price > 5 }} {{ [a, {b: name}] }} {{ 'x' + \"\\n\" }}")
            .TryEvaluate(Scope, out var value, out _));
        Assert.Equal("2361 true [7,{\"b\":\"Maria\"}] x\n", value.GetString());
    }

    [Fact]
    public void Template_References_AreFoundInEveryCorner()
    {
        var template = Template.Parse("{{ map(a.output.list, x => x.y + b.output.z) ? {k: [$run.id]} : -c.output.d | default($now) }}");

        Assert.Equal(["a", "b", "$run", "c", "$now"], template.References.Select(r => r.Name));
    }

    private static string Value(string expression)
    {
        Assert.True(Template.Parse($"{{{{ {expression} }}}}").TryEvaluate(Scope, out var value, out var problem), problem?.Message ?? "");
        return value.GetRawText();
    }

    private static ExpressionProblem Problem(string expression)
    {
        Assert.False(Template.Parse($"{{{{ {expression} }}}}").TryEvaluate(Scope, out var value, out var problem));
        Assert.Equal(JsonValueKind.Undefined, value.ValueKind);
        return problem!;
    }
}
