using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support.Fakes;
using static WorkflowStudio.Tests.Model.Definitions;

namespace WorkflowStudio.Tests.Nodes.Flow;

/// <summary>What later steps know of the items that a list step hands on: the names of their fields, and which are secret.</summary>
public sealed class ListTypeTests
{
    private static readonly NodeCatalog Types =
        new([new TransformNode(), new SetNode(), new ReminderNode(), new IntakeNode(), new SortNode(), new LimitNode(),
            new RemoveDuplicatesNode(), new SplitListNode(), new JoinListNode(),
            new MergeListsNode()]);

    public static TheoryData<string, string> Steps => new()
    {
        { "sort", """{"items":"{{ $node.t.items }}","keys":[{"field":"title"}]}""" },
        { "limit", """{"items":"{{ $node.t.items }}","take":5}""" },
        { "remove_duplicates", """{"items":"{{ $node.t.items }}","fields":["key"]}""" },
        { "merge_lists", """{"left":"{{ $node.t.items }}","right":"{{ [{b: 1}] }}","left_key":"id"}""" },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public void Validate_FieldOfAnItem_IsKnownAndStaysSecretOrNot(string type, string config)
    {
        var step = Step("s", type, config);
        Assert.Empty(Problems("{{ $node.s.items[0].title }} {{ $node.s.count }}", step));
        Assert.Equal([WorkflowProblemCodes.SecretInMessage], Problems("{{ $node.s.items[0].key }}", step));
        Assert.Equal([WorkflowProblemCodes.SecretInMessage], Problems("{{ $node.s.items | to_json }}", step));
        Assert.Equal([WorkflowProblemCodes.UnknownOutput], Problems("{{ $node.s.items[0].titel }}", step));
        Assert.Equal([WorkflowProblemCodes.UnknownOutput], Problems("{{ $node.s.itms }}", step));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Validate_SecretListOfUnknownItems_StaysSecret(string type, string config) => Assert.Equal(
        [WorkflowProblemCodes.SecretInMessage],
        Problems("{{ $node.s.items[0].anything }}",
            Step("s", type, config.Replace("$node.t.items", "from_json($node.in.api_key)", StringComparison.Ordinal))));

    [Theory]
    [InlineData("""{"by":"batches","items":"{{ $node.t.items }}"}""", "{{ $node.s.items[0][0].title }}", null)]
    [InlineData("""{"by":"batches","items":"{{ $node.t.items }}"}""", "{{ $node.s.items[0][0].key }}", WorkflowProblemCodes.SecretInMessage)]
    [InlineData("""{"by":"batches","items":"{{ $node.t.items }}"}""", "{{ $node.s.items[0][0].x }}", WorkflowProblemCodes.UnknownOutput)]
    [InlineData("""{"text":"{{ $node.in.summary }}"}""", "{{ $node.s.items[0] | upper }}", null)]
    [InlineData("""{"text":"{{ $node.in.api_key }}"}""", "{{ $node.s.items[0] }}", WorkflowProblemCodes.SecretInMessage)]
    [InlineData("""{"text":"Key {{ $node.in.api_key }}","by":"{{ $node.in.summary }}"}""", "{{ $node.s.items[0] }}",
        WorkflowProblemCodes.SecretInMessage)]
    public void Validate_WhatSplitGives_IsKnown(string config, string text, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], Problems(text, Step("s", "split_list", config)));

    [Theory]
    [InlineData("""{"items":"{{ $node.t.items }}","field":"title"}""", null)]
    [InlineData("""{"items":"{{ $node.t.items }}","text":"{{ $item.title }}"}""", null)]
    [InlineData("""{"items":"{{ [{list: $node.t.items}] }}","field":"list[0].title"}""", null)]
    [InlineData("""{"items":"{{ [{list: $node.t.items}] }}","field":"list[0].key"}""", WorkflowProblemCodes.SecretInMessage)]
    [InlineData("""{"items":"{{ $node.t.items }}","field":"key"}""", WorkflowProblemCodes.SecretInMessage)]
    [InlineData("""{"items":"{{ $node.t.items }}","field":"{{ $node.in.summary }}"}""", WorkflowProblemCodes.SecretInMessage)]
    [InlineData("""{"items":"{{ $node.t.items }}","text":"{{ $item.key }}"}""", WorkflowProblemCodes.SecretInMessage)]
    [InlineData("""{"items":["a"],"separator":"{{ $node.in.api_key }}"}""", WorkflowProblemCodes.SecretInMessage)]
    [InlineData("""{"items":[],"empty":"{{ $node.in.api_key }}"}""", WorkflowProblemCodes.SecretInMessage)]
    [InlineData("""{"items":"{{ from_json($node.in.api_key) }}","field":"a.b"}""", WorkflowProblemCodes.SecretInMessage)]
    public void Validate_TextOfAJoin_IsSecretWhenAPartOfItIs(string config, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], Problems("{{ $node.s.text | upper }}", Step("s", "join_list", config)));

    [Theory]
    [InlineData("left", "{{ $node.s.items[0].title }} {{ $node.s.items[0].score }}", null)]
    [InlineData("left", "{{ $node.s.items[0].api_key }}", WorkflowProblemCodes.SecretInMessage)]
    [InlineData("right", "{{ $node.s.items[0].key }}", WorkflowProblemCodes.SecretInMessage)]
    [InlineData("right", "{{ $node.s.items[0].skore }}", WorkflowProblemCodes.UnknownOutput)]
    [InlineData("nested", "{{ $node.s.items[0].title }} {{ $node.s.items[0].who.score }}", null)]
    [InlineData("nested", "{{ $node.s.items[0].who.api_key }}", WorkflowProblemCodes.SecretInMessage)]
    [InlineData("nested", "{{ $node.s.items[0].score }}", WorkflowProblemCodes.UnknownOutput)]
    public void Validate_ItemsOfAMerge_HaveTheFieldsOfBothLists(string names, string text, string? expected)
    {
        var merge = Step("s", "merge_lists", $$$"""
            {"left":"{{ $node.t.items }}","right":"{{ [$node.in] }}","left_key":"title","right_key":"summary","same_names":"{{{names}}}",
            "name":"who"}
            """);

        Assert.Equal(expected is null ? [] : [expected], Problems(text, merge));
    }

    private static IEnumerable<string> Problems(string text, WorkflowNode step)
    {
        var transform = Step(
            "t", "transform", """{"items":"{{ [$node.in] }}","values":{"key":"{{ $item.api_key }}","title":"{{ $item.summary }}"}}""");
        var reminder = Step(
            "r", "reminder", System.Text.Json.JsonSerializer.Serialize(new { sender = "PRACTICE", messages = new { sms = text } }));
        var problems = new WorkflowValidator(Types)
            .Validate(Of("trigger>in in>t t>s s>r", [Step("in", "intake", "{}"), transform, step, reminder]));
        return problems.Select(p => p.Code);
    }
}
