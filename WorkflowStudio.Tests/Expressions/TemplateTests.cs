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
    [InlineData("Hi {{ $initialPayload.nobody }}", 6, "$initialPayload.nobody has no value: the data that started the run has no field nobody. Check the name, or give a default: {{ $initialPayload.nobody ?? \"…\" }}.")]
    [InlineData("{{ $node.later.x }}", 3, "$node.later.x has no value: the step later has no output in this run. Check the name, or give a default: {{ $node.later.x ?? \"…\" }}.")]
    [InlineData("{{ $node.intake.sumary }}", 3, "$node.intake.sumary has no value: the output of the step intake has no field sumary. Check the name, or give a default: {{ $node.intake.sumary ?? \"…\" }}.")]
    [InlineData("{{ nobody }}", 3, "nobody has no value: neither an earlier step nor the starting data has the field nobody. Check the name, or give a default: {{ nobody ?? \"…\" }}.")]
    [InlineData("{{ age-1 }}", 3, "age-1 has no value: neither an earlier step nor the starting data has the field age-1 (a minus between names needs spaces around it). Check the name, or give a default: {{ age-1 ?? \"…\" }}.")]
    [InlineData("{{ $secret }}", 3, "$secret has no value: nothing provides $secret here. Check the name, or give a default: {{ $secret ?? \"…\" }}.")]
    [InlineData("{{ tags[2] }}", 3, "tags[2] has no value: the list has 2 items and no position 2. Check the name, or give a default: {{ tags[2] ?? \"…\" }}.")]
    [InlineData("{{ tags.length }}", 3, "tags.length has no value: length was asked of a list, which has positions such as [0]. Check the name, or give a default: {{ tags.length ?? \"…\" }}.")]
    [InlineData("{{ first_name.x }}", 3, "first_name.x has no value: x was asked of a text. Check the name, or give a default: {{ first_name.x ?? \"…\" }}.")]
    [InlineData("{{ note.x }}", 3, "note.x has no value: what comes before x is empty. Check the name, or give a default: {{ note.x ?? \"…\" }}.")]
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
        Assert.Equal("$initialPayload.x has no value: the run was started without data. Check the name, or give a default: {{ $initialPayload.x ?? \"…\" }}.", problem!.Message);
    }

    [Theory]
    [InlineData("{{ x", 0, "The expression that begins at character 1 is not closed: }} is missing.")]
    [InlineData("a {{ }} b", 4, "Between {{ and }} an expression is missing, for example $initialPayload.first_name.")]
    [InlineData("{{ upper(name) }}", 3, "Functions such as upper(…) are not available yet.")]
    [InlineData("{{ name.trim() }}", 8, "Functions such as trim(…) are not available yet.")]
    [InlineData("{{ name | upper }}", 8, "Functions such as | upper are not available yet.")]
    [InlineData("{{ a + 1 }}", 5, "The operator + is not available yet.")]
    [InlineData("{{ a -1 }}", 5, "The operator - is not available yet.")]
    [InlineData("{{ a == 'x' }}", 5, "The operator == is not available yet.")]
    [InlineData("{{ a and b }}", 5, "The operator and is not available yet.")]
    [InlineData("{{ not a }}", 3, "The operator not is not available yet.")]
    [InlineData("{{ !a }}", 3, "The operator ! is not available yet.")]
    [InlineData("{{ a ? b : c }}", 5, "The operator ? is not available yet.")]
    [InlineData("{{ [1, 2] }}", 3, "Lists such as [1, 2] are not available yet.")]
    [InlineData("{{ {\"a\": {\"b\": 1}} }}", 3, "Objects such as {a: 1} are not available yet.")]
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
    [InlineData("{{{ a }}", 2, "Objects such as {a: 1} are not available yet.")]
    public void Template_OutsideTheLanguage_IsAProblemWithItsPosition(string text, int position, string message)
    {
        var template = Template.Parse(text);

        Assert.False(template.TryEvaluate(Scope, out _, out var problem));
        Assert.Same(template.Problem, problem);
        Assert.Equal((ExpressionProblemCodes.Unreadable, position, message), (problem!.Code, problem.Position, problem.Message));
    }

    [Fact]
    public void Template_LongerThanFourKilobytes_IsRefused()
    {
        Assert.Null(Template.Parse("{{" + new string('a', 4_096) + "}}").Problem);
        Assert.Equal("The expression is longer than 4 kB. Split it over several steps.", Template.Parse("{{" + new string('a', 4_097) + "}}").Problem!.Message);
    }

    [Fact]
    public void Template_NestedDeeperThan64_IsRefused()
    {
        Assert.Null(Template.Parse("{{" + new string('(', 63) + "1" + new string(')', 63) + "}}").Problem);
        Assert.Equal("The expression is nested deeper than 64 levels.", Template.Parse("{{" + new string('(', 64) + "1" + new string(')', 64) + "}}").Problem!.Message);
    }

    [Fact]
    public void Template_ResultOverOneMebibyte_IsRefused()
    {
        var scope = new FakeScope($$"""{"half":"{{new string('x', 600_000)}}"}""");

        Assert.True(Template.Parse("{{ half }}!").TryEvaluate(scope, out _, out _));
        Assert.False(Template.Parse("{{ half }} {{ half }}").TryEvaluate(scope, out _, out var problem));
        Assert.Equal(("result_too_large", "With the value of half the result is larger than 1 MiB. Refer to a part of it."), (problem!.Code, problem.Message));
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
        var piece = Gen.Elements("{{", "}}", "{", "}", "$node", "$initialPayload", ".", "?.", "??", "[", "]", "(", ")", "\"", "'", "\\", "0", "12.5", "first_name", " ", "-", "$", "\ud800", "é", "|", "x", "\0", "null");
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
    private static string Normal(string raw, string like) => like[0] == '"' ? JsonSerializer.SerializeToElement(JsonElement.Parse(raw).GetString(), Relaxed).GetRawText() : raw;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
