using WorkflowStudio.Components.Editor.Inspector.Fields;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Tests.Components.Editor.Inspector;

public sealed class SettingTextTests
{
    [Theory]
    [InlineData("""{"line": {{ $item }}}""", """{"line":"{{ $item }}"}""")]
    [InlineData("""[{{ $item }}, 2]""", """["{{ $item }}",2]""")]
    [InlineData("""{"a": {{ $x ?? "there" }}}""", """{"a":"{{ $x ?? \"there\" }}"}""")]
    [InlineData("""{"a": "Hi {{ $x ?? "there" }}!"}""", """{"a":"Hi {{ $x ?? \"there\" }}!"}""")]
    [InlineData("""{"a": "Hi {{ $x ?? \"there\" }}!"}""", """{"a":"Hi {{ $x ?? \"there\" }}!"}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":{"b":1}}""")]
    [InlineData("""{"a":{"b":{{ $n }}}}""", """{"a":{"b":"{{ $n }}"}}""")]
    [InlineData("""{"a":"\"{{ $n }}\""}""", """{"a":"\"{{ $n }}\""}""")]
    [InlineData("""{{ $item }}""", "\"{{ $item }}\"")]
    [InlineData("[Important] {{ $name }}", "\"[Important] {{ $name }}\"")]
    [InlineData("012", "\"012\"")]
    [InlineData("12", "12")]
    public void TryRead_AnyValue_TakesJsonWithExpressions(string typed, string expected)
    {
        Assert.True(SettingText.TryRead(Field(FieldKind.Any), typed, out var value, out _));
        Assert.True(System.Text.Json.JsonElement.DeepEquals(System.Text.Json.JsonElement.Parse(expected), value), value.GetRawText());
    }

    [Theory]
    [InlineData("""{"line": {{ $item }""")]
    [InlineData("""{"line": """)]
    [InlineData("""[1, 2""")]
    [InlineData("""{"a": 1,, }""")]
    public void TryRead_JsonWithAMistake_SaysWhyAndIsNoText(string typed)
    {
        Assert.False(SettingText.TryRead(Field(FieldKind.Any), typed, out _, out var why));
        Assert.StartsWith("Line 1 cannot be read as JSON", why, StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_AnEmptyField_IsNoValue()
    {
        Assert.True(SettingText.TryRead(Field(FieldKind.Integer), "", out var value, out _));
        Assert.Equal(System.Text.Json.JsonValueKind.Undefined, value.ValueKind);
    }

    [Theory]
    [InlineData("", true, null)]
    [InlineData("5", true, 5d)]
    [InlineData("0", false, null)]
    [InlineData("21", false, null)]
    [InlineData("2.5", false, null)]
    [InlineData("five", false, null)]
    public void NumberBox_OutOfBoundsOrNoNumber_IsNotRead(string typed, bool reads, double? expected)
    {
        Assert.Equal(reads, NumberBox.TryRead(typed, whole: true, 1, 20, out var number));
        Assert.Equal(expected, number);
    }

    private static SchemaField Field(FieldKind kind) => new() { Name = "f", Title = "F", Kind = kind };
}
