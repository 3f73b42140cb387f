using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Nodes;

/// <summary>What people read when a setting has no value, and that the default which it proposes would do.</summary>
public sealed class SettingsFailureTests
{
    [Theory]
    [InlineData("for_each", """{"items":"{{ $initialPayload.lines }}"}""", "“Items” needs $initialPayload.lines, which has no value: the "
        + "data that started the run has no field lines. See that it is there, or write a default into the setting items: {{ "
        + "$initialPayload.lines ?? [] }}.")]
    [InlineData("for_each", """{"items":[],"concurrency":"{{ $initialPayload.n }}"}""", "“At once” needs $initialPayload.n, which has no "
        + "value: the data that started the run has no field n. See that it is there, or write a default into the setting concurrency: {{ "
        + "$initialPayload.n ?? 1 }}.")]
    [InlineData("set", """{"values":"{{ $initialPayload.v }}"}""", "“Values” needs $initialPayload.v, which has no value: the "
        + "data that started the run has no field v. See that it is there, or write a default into the setting values: {{ "
        + "$initialPayload.v ?? {} }}.")]
    [InlineData("set", """{"values":{"a":"Hi {{ $initialPayload.v }}"}}""", "“Values” needs $initialPayload.v, which has no value: the "
        + "data that started the run has no field v. See that it is there, or write a default into the setting values.a: {{ "
        + "$initialPayload.v ?? \"…\" }}.")]
    [InlineData("set", """{"values":{"a":"{{ sum($initialPayload.v) }}"}}""", "“Values” needs $initialPayload.v, which has no value: the "
        + "data that started the run has no field v. See that it is there, or write a default into the setting values.a: {{ "
        + "$initialPayload.v ?? [] }}.")]
    public void Of_AMissingValue_NamesTheSettingAndADefaultOfItsKind(string type, string config, string message)
    {
        var node = Types.Single(t => t.Type == type);
        var failure = SettingsFailure.Of(node, Resolve(node, config).Problems);

        Assert.Equal(("unresolved_reference", message), (failure.Code, failure.Message));

        // with the default in its place the setting can be read
        var proposed =
            message[(message.LastIndexOf("{{ ", StringComparison.Ordinal) + 3)..message.LastIndexOf(" }}", StringComparison.Ordinal)];
        var corrected = config.Replace(proposed[..proposed.IndexOf(" ??", StringComparison.Ordinal)],
            proposed.Replace("\"", "\\\"", StringComparison.Ordinal), StringComparison.Ordinal);
        var resolved = Resolve(node, corrected);
        Assert.True(resolved.Succeeded, corrected);
        Assert.Empty(SchemaCheck.Of(node.Settings, resolved.Value, strict: false));
    }

    [Fact]
    public void Of_ValuesThatCannotBeCompared_SaysSoByItsCode()
    {
        var node = Types.Single(t => t.Type == "set");
        var failure = SettingsFailure.Of(node, Resolve(node, """{"values":{"a":"{{ [1] > 2 }}"}}""").Problems);
        Assert.Equal(
            ("cannot_compare", "Values: > compares two numbers, two texts or two dates, but a list and 2 were found. (Setting: values.a)"),
            (failure.Code, failure.Message));
    }

    private static NodeType[] Types { get; } = [new ForEachNode(), new SetNode()];

    private static SettingsResolution Resolve(NodeType node, string config) =>
        node.Compile(JsonElement.Parse(config)).Resolve(new FakeScope("{}"));
}
