using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support.Fakes;
using static WorkflowStudio.Tests.Model.Definitions;

namespace WorkflowStudio.Tests.Expressions;

/// <summary>A secret stays one through every step that only passes values on, until it is left out or hashed.</summary>
public sealed class SecretTests
{
    private static readonly NodeCatalog Types = new([new SetNode(), new TransformNode(), new FilterNode(), new ForEachNode(),
        new StopNode(), new ConditionNode(), new ReminderNode(), new IntakeNode()]);

    private static readonly WorkflowNode Intake = Step("in", "intake", "{}");

    [Theory]
    [InlineData("{{ $node.s.key }}", true)]
    [InlineData("{{ key }}", true)]
    [InlineData("{{ $node.s.name }}", false)]
    [InlineData("{{ $node.s.mixed | lower }}", true)]
    [InlineData("{{ $node.s.inside.key }}", true)]
    [InlineData("{{ $node.s.inside.name }}", false)]
    [InlineData("{{ $node.s.list[0] }}", true)]
    [InlineData("{{ $node.s.whole | to_json }}", true)]
    [InlineData("{{ $node.s.whole.summary }}", false)]
    [InlineData("{{ $node.s | to_json }}", true)]
    [InlineData("{{ $node.s.hash }}", false)]
    [InlineData("{{ $node.s.key | sha256 }}", false)]
    public void Check_WhatSetMakesOfASecret_IsSecret(string text, bool isRefused)
    {
        var set = Step("s", "set", """
            {"values":{"key":"{{ $node.in.api_key }}","name":"{{ $node.in.summary }}","mixed":"Key {{ $node.in.api_key }}","whole":"{{ $node.in }}",
             "inside":{"key":"{{ $node.in.api_key }}","name":"x"},"list":["{{ $node.in.api_key }}"],"hash":"{{ sha256($node.in.api_key) }}"}}
            """);

        Assert.Equal(isRefused, InMessage("trigger>in in>s s>r", text, Intake, set));
    }

    [Theory]
    [InlineData("{{ $node.t.items | to_json }}", true)]
    [InlineData("{{ $node.t.items[0].key }}", true)]
    [InlineData("{{ $node.t.items[0].title }}", false)]
    [InlineData("{{ $node.f.items | to_json }}", true)]
    [InlineData("{{ $node.f.count }}", false)]
    public void Check_WhatGoesThroughAList_StaysSecret(string text, bool isRefused)
    {
        var transform = Step(
            "t", "transform", """{"items":"{{ [$node.in] }}","values":{"key":"{{ $item.api_key }}","title":"{{ $item.summary }}"}}""");
        var filter = Step(
            "f", "filter", """{"items":"{{ $node.t.items }}","conditions":[{"left":"{{ $item.title }}","operator":"is_not_empty"}]}""");

        Assert.Equal(isRefused, InMessage("trigger>in in>t t>f f>r", text, Intake, transform, filter));
    }

    [Theory]
    [InlineData("{{ $node.s.key }}", true)]
    [InlineData("{{ $node.s.name }}", false)]
    [InlineData("", true)]
    public void Check_WhatAForEachCollects_IsSecretWhenTheStepsInItGiveASecret(string collect, bool isRefused)
    {
        var loop = Step(
            "l", "for_each", JsonSerializer.Serialize(new { items = "{{ [1, 2] }}", collect = collect.Length == 0 ? null : collect }));
        var set = Step("s", "set", """{"values":{"key":"{{ $node.in.api_key }}","name":"x"}}""");

        Assert.Equal(isRefused, InMessage("trigger>in in>l l:each>s l:done>r", "{{ $node.l.items | to_json }}", Intake, loop, set));
    }

    [Fact]
    public void Check_AnItemWithASecret_IsSecretInsideTheForEach()
    {
        var loop = Step("l", "for_each", """{"items":"{{ [$node.in] }}"}""");

        Assert.True(InMessage("trigger>in in>l l:each>r", "{{ $item.api_key }}", Intake, loop));
        Assert.True(InMessage("trigger>in in>l l:each>r", "{{ $node.l.item | to_json }}", Intake, loop));
        Assert.False(InMessage("trigger>in in>l l:each>r", "{{ $item.summary }}", Intake, loop));
    }

    [Theory]
    [InlineData("stop", """{"message":"No: {{ $node.in.api_key }}"}""", "message")]
    [InlineData("condition", """{"conditions":[{"left":"{{ $node.in.api_key }}","right":"x"}]}""", "conditions[0].left")]
    public void Check_ASecretInTheLog_IsAProblemThatNamesItsPlaceAndHasAFix(string type, string config, string path)
    {
        var problem = Assert.Single(
            Find("trigger>in in>x", Intake, Step("x", type, config)), p => p.Code == WorkflowProblemCodes.SecretInLog);

        Assert.Equal(("x", $"nodes[1].config.{path}", ProblemSeverity.Error), (problem.NodeId, problem.Path, problem.Severity));
        Assert.Contains("$node.in.api_key is one", problem.Message, StringComparison.Ordinal);
        var text = type == "stop" ? "No: {{ $node.in.api_key }}" : "{{ $node.in.api_key }}";
        Assert.Equal("$node.in.api_key", text.Substring(problem.Position!.Value.Start, problem.Position.Value.Length));
        Assert.Contains("{{ sha256($node.in.api_key) }}", problem.Fix!.Apply(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Key: {{ $node.in.api_key | upper }}")]
    [InlineData("{{ true ? $node.in.api_key : 1 }}")]
    [InlineData("{{ $node.in }} and {{ $node.in.summary }}")]
    public void Fix_OfASecretInAMessage_PutsItRight(string text)
    {
        var problem = Assert.Single(Find("trigger>in in>r", Intake, Reminder(text)), p => p.Code == WorkflowProblemCodes.SecretInMessage);

        Assert.DoesNotContain(
            Find("trigger>in in>r", Intake, Reminder(problem.Fix!.Apply(text))), p => p.Severity == ProblemSeverity.Error);
    }

    private static bool InMessage(string links, string text, params WorkflowNode[] nodes)
    {
        var problems = Find(links, [.. nodes, Reminder(text)]);
        Assert.DoesNotContain(problems, p => p.Severity == ProblemSeverity.Error && p.Code != WorkflowProblemCodes.SecretInMessage);
        return problems.Any(p => p.Code == WorkflowProblemCodes.SecretInMessage);
    }

    private static WorkflowNode Reminder(string text) =>
        Step("r", "reminder", JsonSerializer.Serialize(new { sender = "PRACTICE", messages = new { sms = text } }));

    private static IReadOnlyList<WorkflowProblem> Find(string links, params WorkflowNode[] nodes) =>
        new WorkflowValidator(Types).Validate(Of(links, nodes));
}
