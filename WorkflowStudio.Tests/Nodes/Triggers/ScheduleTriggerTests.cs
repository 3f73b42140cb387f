using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Tests.Nodes.Triggers;

public sealed class ScheduleTriggerTests
{
    [Theory]
    [InlineData("""{"cron":"0 9 * * MON-FRI"}""", null, "")]
    [InlineData(
        """{"cron":"@daily","timezone":"","misfire":"all","jitter_seconds":3600,"starts_at":"2026-01-01T00:00:00Z","payload":{"a":[1]}}""",
        null, "")]
    [InlineData("{}", "cron", "missing")]
    [InlineData("""{"cron":"61 * * * *"}""", "cron", "between 0 and 59")]
    [InlineData("""{"cron":"0 0 30 2 *"}""", "cron", "never happens")]
    [InlineData("""{"cron":"{{ $now }}"}""", "cron", "five fields")]
    [InlineData("""{"cron":"@daily","timezone":"Europe/Berlim"}""", "timezone", "Did you mean Europe/Berlin?")]
    [InlineData("""{"cron":"@daily","misfire":"twice"}""", "misfire", "skip, once, all")]
    [InlineData("""{"cron":"@daily","jitter_seconds":3601}""", "jitter_seconds", "at most 3600")]
    [InlineData("""{"cron":"@daily","jitter_seconds":"{{ $now }}"}""", "jitter_seconds", "whole number")]
    [InlineData("""{"cron":"@daily","starts_at":"2026-02-01T00:00:00Z","ends_at":"2026-01-01T00:00:00Z"}""", "ends_at", "never start")]
    [InlineData("""{"cron":"@daily","payload":[]}""", "payload", "an object")]
    public void Validate_Schedule_TellsThePlaceAndTheFix(string config, string? path, string says)
    {
        var definition = WorkflowDefinition.Empty with
        { Trigger = new WorkflowTrigger { Type = "schedule", Config = JsonElement.Parse(config) } };
        var errors = new WorkflowValidator(new NodeCatalog([])).Validate(definition).Where(p => p.Severity == ProblemSeverity.Error);
        Assert.Equal(path is null ? [] : ["trigger.config." + path], errors.Select(p => p.Path));
        Assert.All(errors, p => Assert.Contains(says, p.Message, StringComparison.Ordinal));
    }
}
