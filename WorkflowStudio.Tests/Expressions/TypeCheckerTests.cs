using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support.Fakes;
using static WorkflowStudio.Tests.Model.Definitions;

namespace WorkflowStudio.Tests.Expressions;

public sealed class TypeCheckerTests
{
    private static readonly NodeCatalog Types = new([new SetNode(), new ReminderNode(), new IntakeNode(),
        new FakeNode("condition", ["then", "else"]), new FakeNode("any_of", ["out"])]);

    [Theory]
    [InlineData("{{ $node.in.summary | upper }}")]
    [InlineData("{{ $node.in.score * 2 > 1 ? $node.in.tags[0] : null }}")]
    [InlineData("{{ add_days($node.in.seen_at, 3) | format_date(\"date\") }}")]
    [InlineData("{{ add_days($node.in.summary, 3) }}")]
    [InlineData("{{ sum($node.in.lines, l => l.price * l.count) }}")]
    [InlineData("{{ $node.in.lines | sort(l => l.price) | first }}")]
    [InlineData("{{ first($node.in.lines).price + 1 }}")]
    [InlineData("{{ $initialPayload.a + $initialPayload.b * 2 }} {{ anything - 1 }}")]
    [InlineData("{{ $node.in.extra.whatever.deep }}")]
    [InlineData("{{ reduce($node.in.tags, \"\", (all, t) => all + t) }}")]
    [InlineData("{{ $node.in.seen_at < $now }} {{ $run.started_at }} {{ $workspace.name }}")]
    [InlineData("{{ $node.in.summary == null }}")]
    [InlineData("{{ {a: $node.in.score}.a + 1 }}")]
    [InlineData("{{ summary + \"!\" }}")]
    public void Check_WhatFits_IsNotComplainedAbout(string text) => Assert.Empty(Problems(text));

    [Theory]
    [InlineData("{{ $node.in.summary * 2 }}", "wrong_type 3+16 * needs numbers, but $node.in.summary is a text. number(…) "
        + "makes a number of a text.", "{{ number($node.in.summary) * 2 }}")]
    [InlineData("{{ 1 + $node.in.summary }}", "wrong_type 7+16 + needs numbers, but $node.in.summary is a text. number(…) "
        + "makes a number of a text.", "{{ 1 + number($node.in.summary) }}")]
    [InlineData("{{ summary - 1 }}", "wrong_type 3+7 - needs numbers, but summary is a text. number(…) makes a number of a text.",
        "{{ number(summary) - 1 }}")]
    [InlineData("{{ -$node.in.tags }}", "wrong_type 4+13 - needs numbers, but $node.in.tags is a list.", null)]
    [InlineData("{{ $node.in.score < $node.in.summary }}", "warning wrong_type 3+33 < compares two numbers, two texts or two dates, but "
        + "$node.in.score is a number and $node.in.summary is a text.", "{{ $node.in.score < number($node.in.summary) }}")]
    [InlineData("{{ $node.in.summary == 3 }}", "warning wrong_type 3+21 $node.in.summary is a text and 3 is a "
        + "number, so == always says no.", "{{ number($node.in.summary) == 3 }}")]
    [InlineData("{{ round($node.in.summary) }}", "wrong_type 9+16 round needs a number as number, but $node.in.summary is a text.",
        "{{ round(number($node.in.summary)) }}")]
    [InlineData("{{ $node.in.score | map(x => x) }}", "wrong_type 3+14 map needs a list as list, but $node.in.score is a number.", null)]
    [InlineData("{{ map($node.in.lines, l => l.price + \"a\") }}", "wrong_type 38+3 + needs numbers, but \"a\" is a text. number(…) "
        + "makes a number of a text.", "{{ map($node.in.lines, l => l.price + number(\"a\")) }}")]
    [InlineData("{{ map($node.in.lines, l => l.prise) }}", "warning unknown_output 30+5 l.prise asks an object for prise, which it does "
        + "not give. It gives: price, count. Did you mean price?", "{{ map($node.in.lines, l => l.price) }}")]
    [InlineData("{{ $node.in[\"sumary\"] }}", "warning unknown_output 12+8 $node.in[\"sumary\"] asks the step in for sumary, which it does "
        + "not give. It gives: summary, score, seen_at, tags, lines, extra, api_key. Did you mean summary?", "{{ $node.in[\"summary\"] }}")]
    [InlineData("{{ $node.in.tags.first }}", "wrong_type 3+19 $node.in.tags.first asks a list for first. A list has positions such as [0]; "
        + "map(…, x => x.first) takes the field of every item.", null)]
    [InlineData("{{ $node.in.summary.x }}", "wrong_type 3+18 $node.in.summary.x asks a text for x.", null)]
    [InlineData("{{ $run.idd }}", "warning unknown_output 8+3 $run.idd asks $run for idd, which it does not give. It gives: id, "
        + "started_at, time_zone. Did you mean id?", "{{ $run.id }}")]
    [InlineData("{{ $nwo }}", "unknown_value 3+4 Nothing provides $nwo here. Known: $initialPayload, $node, $run, $workflow, $workspace, "
        + "$now, $vars. Did you mean $now?", "{{ $now }}")]
    [InlineData("{{ im.output.score }}", "unknown_reference 3+15 im.output.score refers to the step im, but there is no such "
        + "step. Did you mean in?", "{{ in.output.score }}")]
    [InlineData("{{ uper(summary) }}", "unknown_function 3+4 There is no function uper. Did you mean upper? (In: {{ uper(summary) }})",
        "{{ upper(summary) }}")]
    [InlineData("{{ 1 = 2 }}", "unreadable_template 5+1 One = says nothing here. Compare with ==. (In: {{ 1 = 2 }})", "{{ 1 == 2 }}")]
    public void Check_WhatDoesNotFit_IsAProblemWithPlaceAndFix(string text, string expected, string? corrected)
    {
        var problem = Assert.Single(Find(text));

        Assert.Equal(expected, Shown(problem));
        Assert.Equal(("nodes[1].config.values.x", "s"), (problem.Path, problem.NodeId));
        Assert.Equal(corrected, problem.Fix?.Apply(text));
        if (corrected is not null) Assert.DoesNotContain(Find(corrected), p => p.Code == problem.Code);
    }

    [Theory]
    [InlineData("{{ $node.in.api_key }}", true)]
    [InlineData("Key: {{ $node.in.api_key | upper }}", true)]
    [InlineData("{{ \"a\" + $node.in.api_key }}", true)]
    [InlineData("{{ map([$node.in.api_key], k => k) | join }}", true)]
    [InlineData("{{ true ? $node.in.api_key : 1 }}", true)]
    [InlineData("{{ $node.in | to_json }}", true)]
    [InlineData("{{ map([$node.in], i => i.summary) | join }}", false)]
    [InlineData("{{ map([$node.in], i => i.api_key) | join }}", true)]
    [InlineData("{{ $node.in.api_key | sha256 }}", false)]
    [InlineData("{{ exists($node.in.api_key) }}", false)]
    [InlineData("{{ $node.in.summary }}", false)]
    public void Check_ASecretIntoAMessage_IsRefused(string text, bool isRefused)
    {
        var settings = JsonSerializer.Serialize(new { sender = "PRACTICE", messages = new { sms = text } });

        var problems = Find("trigger>in in>r", Step("in", "intake", "{}"), Step("r", "reminder", settings))
            .Where(p => p.Code == WorkflowProblemCodes.SecretInMessage).ToList();

        Assert.Equal(isRefused, problems.Count == 1);
    }

    [Theory]
    [InlineData("delay_hours", "{{ $node.in.tags }}", "wrong_type Delay needs a number, but the expression gives a list.")]
    [InlineData("delay_hours", "{{ $node.in.summary }}", "warning wrong_type Delay needs a number, but the expression gives a text.")]
    [InlineData("delay_hours", "{{ $node.in.score }}", null)]
    [InlineData("delay_hours", "{{ $node.in.extra }}", null)]
    [InlineData("sender", "{{ $node.in.lines }}", "wrong_type Sender needs a text, but the expression gives a list.")]
    [InlineData("sender", "{{ $node.in.score }}", null)]
    [InlineData("sender", "No {{ $node.in.tags }}", null)]
    [InlineData("charge_at_once", "{{ $node.in.score > 1 }}", null)]
    [InlineData(
        "charge_at_once", "{{ $node.in.score }}", "wrong_type Charge at once needs a yes-or-no value, but the expression gives a number.")]
    [InlineData("days", "{{ $node.in.summary }}", "wrong_type Days needs a list, but the expression gives a text.")]
    public void Check_AnExpressionInASetting_HasToFitIt(string setting, string text, string? expected)
    {
        var settings = new Dictionary<string, object> { ["sender"] = "PRACTICE", [setting] = text };

        var problems = Find("trigger>in in>r", Step("in", "intake", "{}"), Step("r", "reminder", JsonSerializer.Serialize(settings)));

        Assert.Equal(expected is null ? [] : [expected],
            problems.Select(p => $"{(p.Severity == ProblemSeverity.Warning ? "warning " : "")}{p.Code} {p.Message}"));
    }

    [Fact]
    public void Check_AnExtraName_IsKnownOnlyWhereTheValidatorSaysSo()
    {
        var definition = Of("trigger>a a>b", Step("a", "set", """{"values":{"x":"{{ $item.name }} {{ $index }}"}}"""),
            Step("b", "set", """{"values":{"x":"{{ $item }}"}}"""));

        var problems = new WorkflowValidator(Types).Validate(definition, node => node.Id == "a" ? ["$item", "$index"] : []);

        Assert.Equal(("b", WorkflowProblemCodes.UnknownValue), problems.Select(p => (p.NodeId, p.Code)).Single());
    }

    private static string Shown(WorkflowProblem p) =>
        $"{(p.Severity == ProblemSeverity.Warning ? "warning " : "")}{p.Code} {p.Position?.Start}+{p.Position?.Length} {p.Message}";

    private static IEnumerable<string> Problems(string text) => Find(text).Select(Shown);

    private static IReadOnlyList<WorkflowProblem> Find(string text) =>
        Find("trigger>in in>s", Step("in", "intake", "{}"), Step("s", "set", JsonSerializer.Serialize(new { values = new { x = text } })));

    private static IReadOnlyList<WorkflowProblem> Find(string links, params WorkflowNode[] nodes) =>
        new WorkflowValidator(Types).Validate(Of(links, nodes));
}
