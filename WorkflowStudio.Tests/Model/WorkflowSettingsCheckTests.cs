using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;

namespace WorkflowStudio.Tests.Model;

public sealed class WorkflowSettingsCheckTests
{
    private static readonly WorkflowSelf Self = new(Guid.Parse("0190aaaa-0000-7000-8000-000000000001"), "intake");

    public static TheoryData<string, string, WorkflowSettings> Wrong => new()
    {
        { "timeout_out_of_limits", "settings.timeout", new() { Timeout = TimeSpan.Zero } },
        { "timeout_out_of_limits", "settings.timeout", new() { Timeout = TimeSpan.FromDays(367) } },
        { "concurrency_out_of_limits", "settings.concurrency.max", new() { Concurrency = new(0, BeyondConcurrency.Queue) } },
        { "concurrency_out_of_limits", "settings.concurrency.max", new() { Concurrency = new(1_001, BeyondConcurrency.Skip) } },
        { "exit_out_of_limits", "settings.exit_conditions.max_messages", new() { Exit = new(51, null) } },
        { "exit_out_of_limits", "settings.exit_conditions.timeout_days", new() { Exit = new(null, 0) } },
        { "own_error_workflow", "settings.error_workflow", new() { ErrorWorkflow = "intake" } },
        { "own_error_workflow", "settings.error_workflow", new() { ErrorWorkflow = ShownId.Workflow(Self.Id) } },
        { "unknown_time_zone", "settings.timezone", new() { TimeZone = "Houston" } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Validate_SettingsOutsideTheirLimits_AreNamed(string code, string path, WorkflowSettings settings) =>
        Assert.Equal([(code, path)], Errors(Definition() with { Settings = settings }));

    [Fact]
    public void Validate_SettingsAtTheirLimits_AreAccepted() => Assert.Empty(Errors(Definition() with
    {
        Settings = new()
        {
            Timeout = TimeSpan.FromDays(366),
            Concurrency = new(1_000, BeyondConcurrency.Replace),
            Exit = new(50, 90),
            ErrorWorkflow = "other",
            TimeZone = "America/Chicago",
        },
    }));

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public void Validate_RoundsOfALink_AreOneToAThousand(int rounds, bool fits)
    {
        var definition = Definition();
        var problems = Errors(definition with { Links = [definition.Links[0] with { MaxRounds = rounds }] });

        Assert.Equal(fits ? [] : [("rounds_out_of_limits", "link_connections[0].max_rounds")], problems);
    }

    [Theory]
    [InlineData("slot_taken", null)]
    [InlineData("http.503", null)]
    [InlineData("", "nodes[0].retry.codes[0]")]
    [InlineData("a b", "nodes[0].retry.codes[0]")]
    public void Validate_CodesOfARetry_AreCodes(string code, string? path)
    {
        var definition = Definition();
        var problems = Errors(
            definition with { Nodes = [definition.Nodes[0] with { Retry = new(2, TimeSpan.Zero, false) { Codes = [code] } }] });

        Assert.Equal(path is null ? [] : [("retry_out_of_limits", path)], problems);
    }

    private static WorkflowDefinition Definition() => new()
    {
        Trigger = new() { Type = "manual" },
        Nodes = [new() { Id = "a", Type = "set", Config = System.Text.Json.JsonElement.Parse("""{"values":{"x":1}}""") }],
        Links = [new("trigger", null, "a")],
    };

    private static IEnumerable<(string, string)> Errors(WorkflowDefinition definition) =>
        new WorkflowValidator(new NodeCatalog([new SetNode()])).Validate(definition, self: Self).Select(p => (p.Code, p.Path));
}
