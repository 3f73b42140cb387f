using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Runs;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Runtime;

/// <summary>The limits of design/engine.md, "Journal".</summary>
public abstract class RunLimitTests(TestStore store) : EngineSuite(store)
{
    [Fact]
    public async Task RunOver50Mebibytes_FailsWithTheLimit()
    {
        var node = new ScriptedNode("large", (_, _) => ValueTask.FromResult<NodeOutcome>(new NodeOutcome.Completed(JsonSerializer.SerializeToElement(new string('x', (1024 * 1024) - 2)))));
        await using var engine = await StartAsync(node);
        var chain = "trigger > " + string.Join(" > ", Enumerable.Range(0, 52).Select(i => $"s{i}:large"));
        var run = await engine.UntilAsync(await engine.RunAsync(Flows.Of(chain)), RunStatus.Failed, RunStatus.Done);
        Assert.Equal(("run_too_large", "The run's journal would exceed 52,428,800 bytes, the most that are allowed (50 MiB). Let steps give less, or split the workflow."), (run.Header.ErrorCode, run.Header.ErrorMessage));
        Assert.Equal(49, run.Header.StepsDone - run.State.Steps.Count(s => s.Status == StepStatus.Canceled));
    }

    [Fact]
    public async Task LogLines_DoNotCountAsEvents()
    {
        var node = new ScriptedNode("chatty", (input, _) =>
        {
            for (var i = 0; i < 9_999; i++) input.Log(NodeLogLevel.Info, "x");
            return ValueTask.FromResult<NodeOutcome>(new NodeOutcome.Completed(JsonElement.Parse("{}")));
        });
        await using var engine = await StartAsync(node, ScriptedNode.Echo());
        var run = await engine.UntilAsync(await engine.RunAsync(Flows.Of("trigger > a:chatty > b:echo > c:echo")), RunStatus.Done, RunStatus.Failed);
        Assert.Equal(RunStatus.Done, run.Header.Status);
        Assert.Equal(9_999, run.Entries.Count(e => e.Event is RunEvent.Log));
    }
}
