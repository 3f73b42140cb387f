using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Expressions;

public sealed class SettingsTemplateTests
{
    [Fact]
    public void Resolve_SettingsWithoutTemplates_AreTheSameElement()
    {
        var config = JsonElement.Parse("""{"a": [1, "x}}"]}""");
        var settings = SettingsTemplate.Compile(config);

        var scope = new FakeScope();
        settings.Resolve(scope);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var resolved = settings.Resolve(scope);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.True(resolved.Succeeded);
        Assert.Equal(config.GetRawText(), resolved.Value.GetRawText());
    }

    [Fact]
    public void Resolve_UndefinedSettings_AreAnEmptyObject() =>
        Assert.Equal("{}", SettingsTemplate.Compile(default).Resolve(new FakeScope()).Value.GetRawText());

    [Fact]
    public void Resolve_TemplatesAnywhereInside_AreReplaced()
    {
        var settings = Compile(
            """{"n":"{{ age }}","deep":{"list":["a","{{ who }}",{"t":"Dear {{ who }}"}]},"{{ key }}":true,"q\"":"{{ age }}%"}""");

        var resolved = settings.Resolve(new FakeScope("""{"age":41,"who":"M \"R\""}"""));

        Assert.Equal("""{"n":41,"deep":{"list":["a","M \"R\"",{"t":"Dear M \"R\""}]},"{{ key }}":true,"q\u0022":"41%"}""",
            resolved.Value.GetRawText());
    }

    [Fact]
    public void Resolve_SeveralProblems_AreAllNamedWithTheirPaths()
    {
        var resolved = Compile("""{"a":{"b c":"{{ x }}"},"ok":"{{ y }}","list":["{{ uper(y) }}"]}""").Resolve(new FakeScope("""{"y":1}"""));

        Assert.False(resolved.Succeeded);
        Assert.Equal(JsonValueKind.Undefined, resolved.Value.ValueKind);
        Assert.Equal(
            [
                ("a[\"b c\"]", "x", "x has no value: neither an earlier step nor the starting data has the field x. Check the name, or "
                    + "give a default: {{ x ?? \"…\" }}."),
                ("list[0]", "uper(y)", "There is no function uper. Did you mean upper?"),
            ],
            resolved.Problems.Select(p => (p.Path, p.Problem.Expression, p.Problem.Message)));
    }

    [Fact]
    public void Resolve_ValuesTogetherOverOneMebibyte_AreRefused()
    {
        var scope = new FakeScope($$"""{"half":"{{new string('x', 600_000)}}"}""");

        var resolved = Compile("""{"a":"{{ half }}","b":"{{ half }}"}""").Resolve(scope);

        Assert.Equal(("b", "With their values the settings of this step are larger than 1 MiB. Refer to a part of the data."),
            (resolved.Problems[0].Path, resolved.Problems[0].Problem.Message));
    }

    [Fact]
    public void Resolve_ValueThatMakesSettingsDeeperThan64_IsRefused()
    {
        var scope = new FakeScope("{\"x\":" + new string('[', 60) + new string(']', 60) + "}");

        Assert.True(Compile("""{"a":"{{ x }}"}""").Resolve(scope).Succeeded);
        Assert.Equal(
            "With their values the settings of this step are nested deeper than 64 levels. Refer to a part of the data.",
            Compile("""{"a":[[[[["{{ x }}"]]]]]}""").Resolve(scope).Problems.Single().Problem.Message);
    }

    [Fact]
    public void Compile_UnreadableTemplate_IsKnownBeforeAnythingRuns() =>
        Assert.Equal(("m.sms", 5), Compile("""{"m":{"sms":"Hi {{ }}"}}""").Problems.Select(p => (p.Path, p.Problem.Position)).Single());

    private static SettingsTemplate Compile(string json) => SettingsTemplate.Compile(JsonElement.Parse(json));
}
