using System.Text.Json;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Code;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Nodes.Code;

public sealed class CodeNodeTests(ScriptDesk desk) : IClassFixture<ScriptDesk>
{
    private static readonly RunStatus[] NotOver = [RunStatus.Queued, RunStatus.Running];

    private readonly CodeNode node = new(desk.Scripts);
    private readonly List<string> log = [];

    [Theory]
    [InlineData("""{"code":"return input.n * 2","input":{"n":21}}""", """{"value":42}""")]
    [InlineData("""{"code":"return input.first_name"}""", """{"value":"Maria"}""")]
    [InlineData("""{"code":"return input","input":null}""", """{"value":null}""")]
    [InlineData("""{"code":"return input","input":"text"}""", """{"value":"text"}""")]
    [InlineData("""{"code":"console.log(1)"}""", """{"value":null}""")]
    public async Task Code_Returns_ItsValue(string settings, string output) =>
        Assert.Equal(output, Assert.IsType<NodeOutcome.Completed>(await RunAsync(settings)).Output.GetRawText());

    [Fact]
    public async Task Code_ThatWritesToTheConsole_WritesIntoTheLog()
    {
        await RunAsync("""{"code":"console.log('found', input.first_name); throw new Error('no')"}""");

        Assert.Equal(["Info: found Maria"], log);
    }

    [Theory]
    [InlineData("""{"code":"return input.a.b"}""", "code_error")]
    [InlineData("""{"code":"for (;;);","timeout_seconds":1}""", "code_statements|code_timeout")]
    [InlineData("""{"code":"return {"}""", "code_syntax")]
    [InlineData("""{"code":"return 1","timeout_seconds":11}""", "wrong_setting")]
    [InlineData("""{"code":""}""", "wrong_setting")]
    [InlineData("""{"code":null}""", "wrong_setting")]
    [InlineData("{}", "wrong_setting")]
    public async Task Code_ThatCannotBeRun_FailsWithACode(string settings, string codes)
    {
        var failed = Assert.IsType<NodeOutcome.Failed>(await RunAsync(settings));

        Assert.Contains(failed.Code, codes.Split('|'));
        Assert.False(failed.Retryable);
    }

    [Fact]
    public void Check_OfCodeThatCannotBeRead_TellsThePlace()
    {
        var problem = Assert.Single(Problems("""{"code":"const a = 1;\nreturn a +* 2"}"""));

        Assert.Equal(("wrong_setting", "code", ProblemSeverity.Error), (problem.Code, problem.Path, problem.Severity));
        Assert.StartsWith("Line 2, column 11: ", problem.Message, StringComparison.Ordinal);
        Assert.Equal(new TextRange(23, 1), problem.Position);
    }

    [Theory]
    [InlineData("""{"code":"const f = ({ a }) => `{{ ${a} }}`; return f({ a: {{ }} })"}""", "Line 1, column ")]
    [InlineData("""{"code":"return {a:{b:1}}"}""", null)]
    [InlineData("""{"code":"{{ $initialPayload.nothing | that is no expression }}"}""", "Line 1, column ")]
    public void Braces_InCode_AreNoExpressions(string config, string? problem)
    {
        var step = Step(config);
        var catalog = new NodeCatalog([node]);

        Assert.Empty(node.Compile(step.Config).Templates);
        Assert.Equal(problem is not null, catalog.CheckSettings(step).Any());
        Assert.All(catalog.CheckSettings(step), p => Assert.StartsWith(problem!, p.Message, StringComparison.Ordinal));
        var all = new WorkflowValidator(catalog).Validate(Flows.Of("trigger > n:code").Setting("n", config));
        Assert.DoesNotContain(all, p => p.Code == WorkflowProblemCodes.UnreadableTemplate);
    }

    [Fact]
    public async Task Braces_InCode_ReachTheScriptAsTheyAre()
    {
        await using var engine = await EngineHarness.StartAsync(node);

        var run = await engine.RunAsync(Flows.Of("trigger > n:code").Setting(
            "n", """{"code":"const a = {b:{c:1}}; return '{{ ' + input + ' }}'","input":"{{ $initialPayload.n }}"}"""), """{"n":7}""");

        Assert.Equal("""{"value":"{{ 7 }}"}""", (await engine.UntilAsync(run, RunStatus.Done)).Step("n").Output.GetRawText());
    }

    [Fact]
    public async Task EndlessCode_LeavesOtherRunsAlone()
    {
        await using var engine = await EngineHarness.StartAsync(node, new SetNode());
        var endless = await engine.PublishAsync(Flows.Of("trigger > n:code").Setting("n", """
            {"code":"return Iterator.from({ next: Object.bind(null, { done: false, value: 1 }) }).some(isNaN)","timeout_seconds":10}
            """));
        Guid[] stuck = [await engine.StartRunAsync(endless), await engine.StartRunAsync(endless), await engine.StartRunAsync(endless)];

        var other = await engine.RunAsync(Flows.Of("trigger > s:set").Setting("s", """{"values":{"a":1}}"""));
        await engine.UntilAsync(other, RunStatus.Done);

        foreach (var run in stuck)
            Assert.Contains((await engine.Views.ReadAsync(EngineHarness.Tenant, run, default))!.Header.Status, NotOver);
    }

    [Fact]
    public async Task Code_WhereItIsNotAllowed_FailsTheStepWithWhoCanAllowIt()
    {
        using var strict = new ScriptDesk { Allows = false };

        var outcome = await new CodeNode(strict.Scripts).ExecuteAsync(NodeInputs.With("""{"code":"return 1"}"""), default);

        Assert.Equal(new NodeOutcome.Failed("code_not_allowed", "This workspace does not allow code. Whoever may change the settings of "
            + "the workspace (its owners and admins) can allow it, on the server: practice code --allow on."), outcome);
    }

    [Theory]
    [InlineData("""{"code":"\n  const a = 1;\nreturn a"}""", "const a = 1;")]
    [InlineData("""{"code":" "}""", null)]
    [InlineData("[]", null)]
    public void Summary_OfCode_IsItsFirstLine(string config, string? summary) =>
        Assert.Equal(summary, node.Summary(JsonElement.Parse(config)));

    [Fact]
    public void Example_OfCode_PassesItsOwnChecks() => Assert.Empty(Problems(node.Example));

    private IEnumerable<SettingProblem> Problems(string config) => new NodeCatalog([node]).CheckSettings(Step(config));

    private static WorkflowNode Step(string config) => new() { Id = "n", Type = "code", Config = JsonElement.Parse(config) };

    private async Task<NodeOutcome> RunAsync(string settings) => await node.ExecuteAsync(
        NodeInputs.With(settings) with
        {
            Payload = JsonElement.Parse("""{"first_name":"Maria"}"""),
            Log = (level, line) => log.Add($"{level}: {line}"),
        },
        default);
}
