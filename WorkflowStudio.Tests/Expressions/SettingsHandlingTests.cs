using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Expressions;

public sealed class SettingsHandlingTests
{
    private static readonly FakeScope Scope = new("""{"name":"Maria"}""");

    [Fact]
    public void Compile_VerbatimSetting_IsHandedOnAsStored()
    {
        var settings = SettingsTemplate.Compile(JsonElement.Parse("""{"each":{"a":"{{ $item.a }}"},"who":"{{ name }}"}"""), ["each"]);

        Assert.Equal(["who"], settings.Templates.Select(t => t.Path));
        Assert.Equal("""{"each":{"a":"{{ $item.a }}"},"who":"Maria"}""", settings.Resolve(Scope).Value.GetRawText());
    }

    [Fact]
    public void Compile_SettingThatMayBeMissing_IsNullWithoutAValue()
    {
        var settings = SettingsTemplate.Compile(JsonElement.Parse(
            """{"left":"{{ email }}","text":"To {{ email }}","right":"{{ phone }}"}"""), null, path => path is "left" or "text");

        Assert.Equal(["text", "right"], settings.Resolve(Scope).Problems.Select(p => p.Path));
        var lenient = SettingsTemplate.Compile(JsonElement.Parse("""{"left":"{{ email }}","right":"{{ name }}"}"""), null, _ => true);
        Assert.Equal("""{"left":null,"right":"Maria"}""", lenient.Resolve(Scope).Value.GetRawText());
    }

    [Fact]
    public void ItemScope_OverAnother_AddsItemAndIndex()
    {
        var scope = new ItemScope(Scope, JsonElement.Parse("""{"a":7}"""), 3);

        Assert.True(Template.Parse("{{ $item.a }}, {{ $index }}, {{ name }}").TryEvaluate(scope, out var value, out _));
        Assert.Equal("7, 3, Maria", value.GetString());
        Assert.False(Template.Parse("{{ $item.a }}").TryEvaluate(new ItemScope(null, default, 0), out _, out _));
    }
}
