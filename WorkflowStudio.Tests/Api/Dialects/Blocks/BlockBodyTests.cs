using System.Text.Json;
using WorkflowStudio.Api.Dialects.Blocks;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Triggers;
using static WorkflowStudio.Tests.Api.Dialects.Blocks.BlockCases;

namespace WorkflowStudio.Tests.Api.Dialects.Blocks;

/// <summary>The fields beside the blocks: triggers, what is kept, what a check says.</summary>
public sealed class BlockBodyTests
{
    // the body of the reference text, byte for byte
    private const string Reference = """

        {
          "name": "<string>",
          "trigger_type": "manual-trigger",
          "workflow_blocks": [
            "<unknown>"
          ],
          "description": "<string>",
          "trigger_configuration": "<unknown>",
          "trigger_constraints": "<unknown>",
          "workflow_editor_state": "<unknown>"
        }

        """;

    [Fact]
    public void ReferenceBody_ComesBack()
    {
        var read = Stored(Apply(WorkflowDefinition.Empty, Reference));

        Assert.Equal("manual-trigger", BlocksTriggers.TypeOf(read.Trigger));
        Assert.Equal("""["\u003Cunknown\u003E"]""", Write(read).ToJsonString());
        Assert.Equal("<unknown>", (string?)BlocksTriggers.Configuration(read));
        Assert.Equal("<unknown>", read.Trigger.Constraints.GetString());
        Assert.Equal("<unknown>", BlocksExtension.Get(read, "workflow_editor_state").GetString());
    }

    [Fact]
    public void TriggerTypes_All_ComeBackAndAreKnown()
    {
        Assert.Equal(25, BlocksTriggers.Types.Distinct().Count());
        foreach (var type in BlocksTriggers.Types)
        {
            var trigger = Apply(WorkflowDefinition.Empty, $$"""{"trigger_type":"{{type}}"}""").Trigger;
            Assert.Equal(type, BlocksTriggers.TypeOf(trigger));
            Assert.Contains(TriggerType.All, t => t.Type == trigger.Type);
            if (trigger.Type == "event") Assert.True(EventName.IsWellFormed(trigger.Event!));
        }
    }

    [Theory]
    [InlineData("""{"cron":"0 9 * * *","timezone":"Europe/Madrid"}""", """{"cron":"0 9 * * *","timezone":"Europe/Madrid"}""")]
    [InlineData("""{"cron_expression":"0 9 * * *"}""", """{"cron":"0 9 * * *"}""")]
    [InlineData("""{"x":1,"expression":"0 9 * * *"}""", """{"cron":"0 9 * * *","x":1}""")]
    [InlineData("""{"schedule":"0 9 * * *"}""", """{"cron":"0 9 * * *"}""")]
    [InlineData("\"0 9 * * *\"", """{"cron":"0 9 * * *"}""")]
    public void CronTrigger_OfEveryName_IsASchedule(string sent, string config)
    {
        var read = Stored(Apply(
            WorkflowDefinition.Empty, $$"""{"trigger_type":"cron-trigger","trigger_configuration":{{sent}},"workflow_blocks":[]}"""));

        Assert.Equal(("schedule", config), (read.Trigger.Type, read.Trigger.Config.GetRawText()));
        Assert.Equal(sent, BlocksTriggers.Configuration(read)!.ToJsonString());
    }

    [Fact]
    public void FieldsThatAreLeftOut_Stay()
    {
        var first = Apply(WorkflowDefinition.Empty, """
            {"trigger_type":"cron-trigger","trigger_configuration":{"schedule":"@daily"},"trigger_constraints":{"==":[1,1]},
            "workflow_blocks":[{"$kind":"Action","id":"a","type":"set","input":{},"color":"red"}],"workflow_editor_state":{"nodes":[]}}
            """);

        var same = Apply(first, "{}");
        var other = Apply(first, """{"trigger_type":"webhook","trigger_constraints":null,"workflow_blocks":[]}""");

        Assert.True(WorkflowJson.AreEqual(first, same));
        Assert.Equal("webhook", other.Trigger.Type);
        Assert.Equal(JsonValueKind.Undefined, other.Trigger.Constraints.ValueKind);
        Assert.Equal("""{"schedule":"@daily"}""", BlocksTriggers.Configuration(other)!.ToJsonString());
        Assert.Equal("""{"$dialects":{"blocks":{"workflow_editor_state":{"nodes":[]}}}}""", other.Extensions.GetRawText());
    }

    [Theory]
    [InlineData("""{"trigger_type":"nobody"}""", "trigger_type")]
    [InlineData("""{"trigger_type":7}""", "trigger_type")]
    [InlineData("""{"workflow_blocks":{}}""", "workflow_blocks")]
    [InlineData("""{"settings":{"timeout":"soon"}}""", "settings.timeout")]
    public void Body_ThatCannotBeRead_NamesTheField(string body, string field)
    {
        BlocksTranslator.Apply(WorkflowDefinition.Empty, Json(body), Types, out var problems);

        Assert.Equal(field, Assert.Single(problems).Path);
    }

    [Fact]
    public void Issues_NameTheStepsAsTheClientDoes()
    {
        var blocks = Json("""
            [{"$kind":"Action","id":"a","type":"nobody","input":{}},
             {"$kind":"Block","type":"if-else","id":"if","inputs":{"condition":{"operatorName":"equals","left":"{{a.output.x}}","right":1}},
              "branches":{"then":[{"$kind":"Action","id":"a","type":"set","input":{"values":{}}}],"else":["x"]}}]
            """);
        var read = BlocksReader.Read(blocks, Types);

        var issues = BlocksTranslator.Issues(read, new WorkflowValidator(Types)
            .ValidateToRun(BlocksExtension.With(WorkflowDefinition.Empty, read)).Where(p => p.Severity == ProblemSeverity.Error));

        Assert.Equal(["a", null, "a"], issues.Select(i => i.StepId));
        Assert.Contains("taken by another step", issues[0].Message, StringComparison.Ordinal);
        Assert.Contains("$kind", issues[1].Message, StringComparison.Ordinal);
        Assert.Contains("no step type nobody", issues[2].Message, StringComparison.Ordinal);
        Assert.Equal(["nobody", "set"], BlocksTranslator.ActionTypes(blocks));
    }

    [Fact]
    public void ActionTypes_WithDashes_AreThoseOfTheCatalogAndComeBack()
    {
        var read = Read("""[{"$kind":"Action","id":"a","type":"tag-ticket","name":"","input":{}}]""");

        Assert.Equal("tag_ticket", read.Nodes[0].Type);
        Assert.Equal("tag-ticket", (string)Write(read)[0]!["type"]!);
    }

    private static WorkflowDefinition Apply(WorkflowDefinition definition, string body)
    {
        var read = BlocksTranslator.Apply(definition, Json(body), Types, out var problems);
        Assert.Empty(problems);
        return read;
    }
}
