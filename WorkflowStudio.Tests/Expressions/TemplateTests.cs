using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Expressions;

public sealed class TemplateTests
{
    private static readonly FakeScope Scope = new FakeScope("""{"first_name":"Maria","age":41,"tags":["new","rash"],"vip":false,"note":null,"a b":{"c":1},"evil":"{{ $initialPayload.age }}","quote":"say \"hi\"\n","same":"payload"}""")
        .Step("intake", """{"summary":"A rash","score":0.50,"same":"older"}""")
        .Step("3f2a0c1e-send", """{"x":1}""").Step("12345678-1234-4abc-8def-000000000001", """{"x":2}""")
        .Step("1", """{"x":3}""").Step("a--b-", """{"x":4}""")
        .Step("send-sms", """{"id":"m1","same":"newest","lines":[{"price":1.20e1},{"price":2}]}""")
        .Step("7", """{"ok":true}""")
        .Ambient("$now", "\"2026-06-10T15:24:00Z\"")
        .Ambient("$run", """{"id":"run_1"}""");

    [Theory]
    [InlineData("{{ $initialPayload.first_name }}", "\"Maria\"")]
    [InlineData("{{$initialPayload.age}}", "41")]
    [InlineData("{{ $initialPayload.vip }}", "false")]
    [InlineData("{{ $initialPayload.note }}", "null")]
    [InlineData("{{ $initialPayload.tags }}", "[\"new\",\"rash\"]")]
    [InlineData("{{ $initialPayload.tags[1] }}", "\"rash\"")]
    [InlineData("{{ $initialPayload[\"a b\"].c }}", "1")]
    [InlineData("{{ $initialPayload['a b']['c'] }}", "1")]
    [InlineData("{{ $node.intake.summary }}", "\"A rash\"")]
    [InlineData("{{ $node[\"send-sms\"].lines[0].price }}", "1.20e1")]
    [InlineData("{{ $node.send-sms.id }}", "\"m1\"")]
    [InlineData("{{ $node.7.ok }}", "true")]
    [InlineData("{{ intake.output.summary }}", "\"A rash\"")]
    [InlineData("{{ send-sms.output.id }}", "\"m1\"")]
    [InlineData("{{3f2a0c1e-send.output.x}}", "1")]
    [InlineData("{{ 12345678-1234-4abc-8def-000000000001.output.x + 1 }}", "3")]
    [InlineData("{{ 1.output.x }}", "3")]
    [InlineData("{{ a--b-.output.x }}", "4")]
    [InlineData("{{ 100-intake.output.score }}", "99.5")]
    [InlineData("{{ trigger.first_name }}", "\"Maria\"")]
    [InlineData("{{ trigger.output.first_name }}", "\"Maria\"")]
    [InlineData("{{ $now }}", "\"2026-06-10T15:24:00Z\"")]
    [InlineData("{{ $run.id }}", "\"run_1\"")]
    [InlineData("{{ same }}", "\"newest\"")]
    [InlineData("{{ summary }}", "\"A rash\"")]
    [InlineData("{{ first_name }}", "\"Maria\"")]
    [InlineData("{{ \"text \\u00e9 \\\"x\\\"\" }}", "\"text é \\\"x\\\"\"")]
    [InlineData("{{ 'it}}s' }}", "\"it}}s\"")]
    [InlineData("{{ -1.5 }}", "-1.5")]
    [InlineData("{{ 007 }}", "7")]
    [InlineData("{{ true }}", "true")]
    [InlineData("{{ null }}", "null")]
    [InlineData("{{ $initialPayload.nobody ?? \"there\" }}", "\"there\"")]
    [InlineData("{{ $initialPayload.note ?? 3 }}", "3")]
    [InlineData("{{ $node.later.x ?? $nothing ?? nobody ?? first_name }}", "\"Maria\"")]
    [InlineData("{{ ($initialPayload.note ?? $initialPayload.tags)[0] }}", "\"new\"")]
    [InlineData("{{ $node.later?.x }}", "null")]
    [InlineData("{{ $initialPayload.note?.deep.deeper }}", "null")]
    [InlineData("{{ $initialPayload.tags?.[0] }}", "\"new\"")]
    [InlineData("{{ false ?? true }}", "false")]
    public void Template_OfOneExpression_KeepsTheValueAndItsType(string text, string json)
    {
        var template = Template.Parse(text);

        Assert.True(template.TryEvaluate(Scope, out var value, out var problem), problem?.Message ?? "");
        Assert.Equal(JsonElement.Parse(json).GetRawText(), Normal(value.GetRawText(), json));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("no braces }} here", "no braces }} here")]
    [InlineData("Hey {{ $initialPayload.first_name }}!", "Hey Maria!")]
    [InlineData("{{age}} {{vip}}", "41 false")]
    [InlineData("{{ $node.intake.score }} or {{ $node.send-sms.lines[0].price }}", "0.5 or 12")]
    [InlineData("{{ 1e300 }}!", "1E+300!")]
    [InlineData("tags: {{ tags }}", "tags: [\"new\",\"rash\"]")]
    [InlineData("{{ quote }} é <b>", "say \"hi\"\n é <b>")]
    [InlineData("it's {{ $initialPayload.note ?? 'fine' }}", "it's fine")]
    [InlineData("{\"age\":{{ age }}}", "{\"age\":41}")]
    [InlineData("not again: {{ evil }}", "not again: {{ $initialPayload.age }}")]
    public void Template_MixedWithText_BecomesText(string text, string expected)
    {
        Assert.True(Template.Parse(text).TryEvaluate(Scope, out var value, out var problem), problem?.Message ?? "");
        Assert.Equal(expected, value.GetString());
    }

    [Fact]
    public void Template_ValueThatHoldsATemplate_IsNotEvaluatedAgain()
    {
        Assert.True(Template.Parse("{{ $initialPayload.evil }}").TryEvaluate(Scope, out var value, out _));
        Assert.Equal("{{ $initialPayload.age }}", value.GetString());
    }

    [Theory]
    [InlineData("Hi {{ $initialPayload.nobody }}", 6, "$initialPayload.nobody has no value: the data that started the run has no field "
        + "nobody. Check the name, or give a default: {{ $initialPayload.nobody ?? \"…\" }}.")]
    [InlineData("{{ $node.later.x }}", 3, "$node.later.x has no value: the step later has no output in this run. Check the name, or give a "
        + "default: {{ $node.later.x ?? \"…\" }}.")]
    [InlineData("{{ $node.intake.sumary }}", 3, "$node.intake.sumary has no value: the output of the step intake has no field sumary. "
        + "Check the name, or give a default: {{ $node.intake.sumary ?? \"…\" }}.")]
    [InlineData("{{ nobody }}", 3, "nobody has no value: neither an earlier step nor the starting data has the field nobody. Check the "
        + "name, or give a default: {{ nobody ?? \"…\" }}.")]
    [InlineData("{{ age-1 }}", 3, "age-1 has no value: neither an earlier step nor the starting data has the field age-1 (a minus between "
        + "names needs spaces around it). Check the name, or give a default: {{ age-1 ?? \"…\" }}.")]
    [InlineData("{{ $secret }}", 3,
        "$secret has no value: nothing provides $secret here. Check the name, or give a default: {{ $secret ?? \"…\" }}.")]
    [InlineData("{{ tags[2] }}", 3,
        "tags[2] has no value: the list has 2 items and no position 2. Check the name, or give a default: {{ tags[2] ?? \"…\" }}.")]
    [InlineData("{{ tags.length }}", 3, "tags.length has no value: length was asked of a list, which has positions such as [0]. Check the "
        + "name, or give a default: {{ tags.length ?? \"…\" }}.")]
    [InlineData("{{ first_name.x }}", 3,
        "first_name.x has no value: x was asked of a text. Check the name, or give a default: {{ first_name.x ?? \"…\" }}.")]
    [InlineData(
        "{{ note.x }}", 3, "note.x has no value: what comes before x is empty. Check the name, or give a default: {{ note.x ?? \"…\" }}.")]
    [InlineData("Hi {{ note }}", 6, "note is empty (null), so there is nothing to put into the text. Give a default: {{ note ?? \"…\" }}.")]
    public void Template_ReferenceWithoutValue_IsAProblemWithPathAndPlace(string text, int position, string message)
    {
        Assert.False(Template.Parse(text).TryEvaluate(Scope, out var value, out var problem));
        Assert.Equal(JsonValueKind.Undefined, value.ValueKind);
        Assert.Equal((ExpressionProblemCodes.MissingValue, position, message), (problem!.Code, problem.Position, problem.Message));
    }

    [Fact]
    public void Template_PayloadMissing_SaysThatTheRunHasNoData()
    {
        Assert.False(Template.Parse("{{ $initialPayload.x }}").TryEvaluate(new FakeScope(), out _, out var problem));
        Assert.Equal("$initialPayload.x has no value: the run was started without data. Check the name, or give a default: {{ "
            + "$initialPayload.x ?? \"…\" }}.", problem!.Message);
    }

    [Theory]
    [InlineData("{{ x", 0, "The expression that begins at character 1 is not closed: }} is missing.")]
    [InlineData("a {{ }} b", 4, "Between {{ and }} an expression is missing, for example $initialPayload.first_name.")]
    [InlineData("{{ name.trim() }}", 8, "Functions do not stand behind a dot. Write … | trim instead.")]
    [InlineData("{{ name | 3 }}", 10, "At character 11: the name of a function was expected after |, but 3 was found.")]
    [InlineData("{{ name | upper + 1 }}", 16,
        "A pipe takes everything before it, so + cannot follow. Put the pipe into parentheses: (… | upper) + …")]
    [InlineData("{{ a = 1 }}", 5, "One = says nothing here. Compare with ==.")]
    [InlineData("{{ 1 < a < 3 }}", 9, "Comparisons cannot be chained. Write a < b and b < c.")]
    [InlineData("{{ a ? b }}", 9, "The expression ends too early: a : was expected between the two results of ?.")]
    [InlineData("{{ [1, 2 }}", 9, "The expression ends too early: a comma or a closing ] was expected.")]
    [InlineData("{{ {1: 2} }}", 4, "At character 5: the name of a field was expected, as in {name: value}, but 1 was found.")]
    [InlineData("{{ upper(a b) }}", 11, "At character 12: a comma or a closing ) was expected, but b was found.")]
    [InlineData("{{ x => x }}", 5, "At character 6: a lambda such as x => x.price can only stand inside map, filter, find, any, all, "
        + "count, sum, average, sort, sort_desc, group_by, reduce.")]
    [InlineData("{{ map(tags, 3) }}", 13, "map needs a lambda here, for example map(items, x => x.price).", "wrong_arguments")]
    [InlineData("{{ map(tags, (a, b, c) => a) }}", 13, "The lambda of map takes at most 2 names.", "wrong_arguments")]
    [InlineData("{{ uper(name) }}", 3, "There is no function uper. Did you mean upper?", "unknown_function")]
    [InlineData("{{ name | frobnicate }}", 10, "There is no function frobnicate. docs/expressions.md lists all.", "unknown_function")]
    [InlineData("{{ upper() }}", 3, "upper takes 1 argument, but 0 are given: upper(text).", "wrong_arguments")]
    [InlineData("{{ round(1, 2, 3) }}", 3, "round takes 1 to 2 arguments, but 3 are given: round(number, decimals?).", "wrong_arguments")]
    [InlineData("{{ a[b] }}", 5, "At character 6: a position from 0 or a name in quotes was expected between [ and ], but b was found.")]
    [InlineData("{{ a[0 }}", 7, "The expression ends too early: a closing ] was expected.")]
    [InlineData("{{ a. }}", 6, "The expression ends too early: the name of a field was expected after the dot.")]
    [InlineData("{{ a ?? }}", 8, "The expression ends too early: a value was expected.")]
    [InlineData("{{ (a }}", 6, "The expression ends too early: a closing ) was expected.")]
    [InlineData("{{ a b }}", 5, "At character 6: nothing more was expected, but b was found.")]
    [InlineData("{{ $node }}", 3, "$node needs the id of a step: $node.some_step.field, or $node[\"some step\"].field.")]
    [InlineData("{{ $ }}", 3, "At character 4: a name is missing after $.")]
    [InlineData("{{ it's }}", 5, "At character 6: the text that begins here is not closed.")]
    [InlineData("{{ 'a\\q' }}", 3, "At character 4: the text holds an unknown escape; \\\\ writes a backslash.")]
    [InlineData("{{ 3x }}", 3, "At character 4: a name cannot begin with a digit here; write $node[\"…\"] for a step whose id does.")]
    [InlineData("{{ a # b }}", 5, "At character 6: the character # has no meaning here.")]
    [InlineData("{{ 😀 }}", 3, "At character 4: the character 😀 has no meaning here.")]
    [InlineData("{{ \"😀\" 😀 }}", 8, "At character 9: the character 😀 has no meaning here.")]
    [InlineData("{{{ a }}", 6, "The expression ends too early: a : was expected after the name of the field, as in {name: value}.")]
    public void Template_OutsideTheLanguage_IsAProblemWithItsPosition(
        string text, int position, string message, string code = ExpressionProblemCodes.Unreadable)
    {
        var template = Template.Parse(text);

        Assert.False(template.TryEvaluate(Scope, out _, out var problem));
        Assert.Same(template.Problem, problem);
        Assert.Equal((code, position, message), (problem!.Code, problem.Position, problem.Message));
    }

    [Fact]
    public void Template_LongerThanFourKilobytes_IsRefused()
    {
        Assert.Null(Template.Parse("{{" + new string('a', 4_096) + "}}").Problem);
        var problem = Template.Parse("{{" + new string('a', 4_097) + "}}").Problem!;
        Assert.Equal((ExpressionProblemCodes.TooLong, "The expression is longer than 4 kB. Split it over several steps."),
            (problem.Code, problem.Message));
    }

    [Theory]
    [InlineData("(", ")", 63)]
    [InlineData("[", "]", 63)]
    [InlineData("-(", ")", 31)]
    [InlineData("not (", ")", 31)]
    [InlineData("abs(", ")", 63)]
    [InlineData("{a:", "}", 63)]
    [InlineData("0?0:", "", 63)]
    [InlineData("", "|abs", 63)]
    public void Template_NestedDeeperThan64_IsRefused(string open, string close, int most)
    {
        Assert.Null(Nested(most).Problem);
        var problem = Nested(64).Problem!;
        Assert.Equal((ExpressionProblemCodes.TooDeep, "The expression is nested deeper than 64 levels."), (problem.Code, problem.Message));

        Template Nested(int levels) => Template.Parse(
            "{{" + string.Concat(Enumerable.Repeat(open, levels)) + "1" + string.Concat(Enumerable.Repeat(close, levels)) + " }}");
    }

    [Fact]
    public void Template_ResultOverOneMebibyte_IsRefused()
    {
        var scope = new FakeScope($$"""{"half":"{{new string('x', 600_000)}}"}""");

        Assert.True(Template.Parse("{{ half }}!").TryEvaluate(scope, out _, out _));
        Assert.False(Template.Parse("{{ half }} {{ half }}").TryEvaluate(scope, out _, out var problem));
        Assert.Equal(("result_too_large", "With the value of half the result is larger than 1 MiB. Refer to a part of it."),
            (problem!.Code, problem.Message));
    }

    [Fact]
    public void Template_References_NameRootStepFieldAndPlace()
    {
        var template = Template.Parse("{{ $node.pay.url ?? (trigger.output.link) }} {{ name[0] }} {{ send.output }} {{ $now }}");

        Assert.Equal(
            [
                new TemplateReference(ReferenceRoot.Step, "pay", "url", 3, "$node.pay.url"),
                new TemplateReference(ReferenceRoot.Payload, null, "link", 21, "trigger.output.link"),
                new TemplateReference(ReferenceRoot.Field, "name", null, 48, "name[0]"),
                new TemplateReference(ReferenceRoot.Step, "send", null, 62, "send.output"),
                new TemplateReference(ReferenceRoot.Ambient, "$now", null, 80, "$now"),
            ],
            template.References);
    }

    [Fact]
    public void Template_AnyText_NeverThrowsAndEndsWithValueOrProblem()
    {
        var piece = Gen.Elements("{{", "}}", "{", "}", "$node", "$initialPayload", ".", "?.", "??", "[", "]", "(", ")", "\"", "'", "\\",
            "0", "12.5", "first_name", " ", "-", "$", "\ud800", "é", "|", "x", "\0", "null", "+", " - ", "*", "/", "%", "==", "<", " and ",
            " or ", " not ", "!", "?", ":", ",", "=>", "x => x", "map(", "filter(", "sort(", "reduce(", "upper", "round(", "tags", "sum(",
            "(a, b) =>", "replace(", "matches(", "date(", "add_days(", "$now", "1e300", "concat(", "from_json(");
        var texts = Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>(),
            Gen.ListOf(piece).Select(p => string.Concat(p)),
            Gen.ListOf(piece).Select(p => "{{" + string.Concat(p) + "}}"));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(Arb.From(texts), text =>
        {
            var template = Template.Parse(text ?? "");
            var answered = template.TryEvaluate(Scope, out var value, out var problem);
            return answered == (problem is null) && answered == (value.ValueKind != JsonValueKind.Undefined);
        }));
    }

    // a literal is written anew, data keeps its bytes: compare texts by their meaning
    private static string Normal(string raw, string like) =>
        like[0] == '"' ? JsonSerializer.SerializeToElement(JsonElement.Parse(raw).GetString(), Relaxed).GetRawText() : raw;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
