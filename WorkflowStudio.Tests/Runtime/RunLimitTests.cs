using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Runtime;

/// <summary>The limits of docs/run-lifecycle.md, "Limits".</summary>
public abstract class RunLimitTests(TestStore store) : EngineSuite(store)
{
    [Fact]
    public async Task RunOver50Mebibytes_FailsWithTheLimit()
    {
        var node = new ScriptedNode("large", (_, _) => ValueTask.FromResult<NodeOutcome>(
            new NodeOutcome.Completed(JsonSerializer.SerializeToElement(new string('x', (1024 * 1024) - 2)))));
        await using var engine = await StartAsync(node);
        var chain = "trigger > " + string.Join(" > ", Enumerable.Range(0, 52).Select(i => $"s{i}:large"));
        var run = await engine.UntilAsync(await engine.RunAsync(Flows.Of(chain)), RunStatus.Failed, RunStatus.Done);
        Assert.Equal(("run_too_large", "The run's journal would exceed 52,428,800 bytes, the most that are allowed (50 MiB). Let steps "
            + "give less, or split the workflow."), (run.Header.ErrorCode, run.Header.ErrorMessage));
        Assert.Equal(49, run.Header.StepsDone);
    }

    [Fact]
    public async Task ForEach_OfTheLargestList_IsDoneToItsEnd()
    {
        await using var engine = await StartAsync(ScriptedNode.ForEach(8), ScriptedNode.Echo());
        var items = JsonSerializer.Serialize(Enumerable.Range(0, 10_000));
        var run = await engine.UntilAsync(await engine.RunAsync(Flows.Of("trigger > loop:each", "loop.each > a:echo > b:echo",
            "loop.done > end:echo").Setting("loop", $$"""{"items":{{items}}}""")), RunStatus.Done, RunStatus.Failed);

        Assert.Equal((RunStatus.Done, 10_000), (run.Header.Status, run.Step("loop").Output.GetProperty("count").GetInt32()));
        Assert.True(run.Entries.Count > 30_000);
    }

    [Fact]
    public async Task ForEach_WithMoreThanItsBodyMayWrite_IsRefusedBeforeTheFirstItem()
    {
        var body = ScriptedNode.Echo("work", effect: true);
        await using var engine = await StartAsync(ScriptedNode.ForEach(8), body);
        var items = JsonSerializer.Serialize(Enumerable.Range(0, 10_000));
        var chain = "loop.each > " + string.Join(" > ", Enumerable.Range(0, 10).Select(i => $"s{i}:work"));
        var run = await engine.UntilAsync(
            await engine.RunAsync(Flows.Of("trigger > loop:each", chain).Setting("loop", $$"""{"items":{{items}}}""")), RunStatus.Done,
            RunStatus.Failed);

        Assert.Equal("too_many_items", run.Header.ErrorCode);
        Assert.Equal("The list has 10,000 items; with 10 steps for each, at most 9,523 are possible in this run. Pass a part of the list, "
            + "or let a workflow of its own do the steps.", run.Step("loop").ErrorMessage);
        Assert.Equal(0, body.Calls);
    }

    [Fact]
    public async Task ForEach_WhoseStepsGoRound_IsRefusedByWhatTheyMayWrite()
    {
        var body = ScriptedNode.Echo("work", effect: true);
        await using var engine = await StartAsync(ScriptedNode.ForEach(8), body);
        var flow = Flows.Of("trigger > loop:each", "loop.each > a:work > b:work > a")
            .Setting("loop", $$"""{"items":{{JsonSerializer.Serialize(Enumerable.Range(0, 2_000))}}}""");
        flow = flow with { Links = [.. flow.Links.Select(l => l.From == "b" ? l with { MaxRounds = 30 } : l)] };
        var run = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done, RunStatus.Failed);

        Assert.Equal("too_many_items", run.Header.ErrorCode);
        Assert.StartsWith("The list has 2,000 items; with 2 steps for each and their rounds, at most 1,599 are possible",
            run.Step("loop").ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(0, body.Calls);
    }

    [Fact]
    public void Output_MayBeAsLargeAsWhatTheStepWasToldOf()
    {
        var large = JsonSerializer.SerializeToElement(new string('x', 2_000_000));
        Assert.IsType<NodeOutcome.Failed>(StepInvoker.Limited(new NodeOutcome.Completed(large)));
        Assert.IsType<NodeOutcome.Completed>(StepInvoker.Limited(new NodeOutcome.Completed(large), told: large));
    }

    [Theory]
    [InlineData(false, RunStatus.Done, null)]
    [InlineData(true, RunStatus.Failed, "output_too_large")]
    public async Task ForEach_ThatCollectsTooMuch_GoesThroughAllItemsAllTheSame(bool asked, RunStatus end, string? code)
    {
        var large = new ScriptedNode("large", (_, _) => ValueTask.FromResult<NodeOutcome>(
            new NodeOutcome.Completed(JsonSerializer.SerializeToElement(new string('x', 1_000_000)))), effect: true);
        await using var engine = await StartAsync(ScriptedNode.ForEach(2), large);
        var collect = asked ? ""","collect":"{{ $node.a }}" """ : "";
        var run = await engine.UntilAsync(await engine.RunAsync(Flows.Of("trigger > loop:each", "loop.each > a:large").Setting(
            "loop", $$"""{"items":{{JsonSerializer.Serialize(Enumerable.Range(0, 60))}}{{collect}}}""")), RunStatus.Done, RunStatus.Failed);

        Assert.Equal((end, code, 60), (run.Header.Status, run.Header.ErrorCode, large.Calls));
        if (!asked)
            Assert.Equal(52, run.Step("loop").Output.GetProperty("items").EnumerateArray().Count(i => i.ValueKind == JsonValueKind.Null));
        Assert.Equal(asked ? 0 : 1, run.Entries.Count(e => e.Event is RunEvent.Log { Level: NodeLogLevel.Warning }));
    }

    [Fact]
    public async Task ForEach_WhoseStepsGiveMuch_HoldsOnlyWhatIsUnderWay()
    {
        var large = new ScriptedNode("large", (_, _) => ValueTask.FromResult<NodeOutcome>(
            new NodeOutcome.Completed(JsonSerializer.SerializeToElement(new string('x', 1_000_000)))), effect: true);
        await using var engine = await StartAsync(
            ScriptedNode.ForEach(2), large, ScriptedNode.Waiting(TimeSpan.Zero, null), ScriptedNode.Echo());
        var flow = Flows.Of("trigger > loop:each", "loop.each > a:large > b:large > w:waiting > c:echo")
            .Setting("loop", $$$"""{"items":{{{JsonSerializer.Serialize(Enumerable.Range(0, 40))}}},"collect":"{{ $item }}"}""");
        var run = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done, RunStatus.Failed);

        Assert.Equal((RunStatus.Done, null), (run.Header.Status, run.Header.ErrorCode));
        Assert.True(run.State.Bytes > 80_000_000);
        Assert.True(run.State.Held < 1_000);
    }

    [Fact]
    public async Task Rounds_ThatAreOver_DoNotCount()
    {
        await using var engine = await StartAsync(ScriptedNode.Echo());
        var chain = string.Join(" > ", Enumerable.Range(0, 15).Select(i => $"s{i}:echo"));
        var flow = Flows.Of($"trigger > {chain} > s0");
        flow = flow with { Links = [.. flow.Links.Select(l => l.To == "s0" && l.From != "trigger" ? l with { MaxRounds = 1_000 } : l)] };
        var run = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Failed, RunStatus.Done);

        Assert.NotEqual("too_many_events", run.Header.ErrorCode); // it ends by the link's own bound
        Assert.Equal(1_000, run.Entries.Count(e => e.Event is RunEvent.RoundStarted));
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
        var run = await engine.UntilAsync(
            await engine.RunAsync(Flows.Of("trigger > a:chatty > b:echo > c:echo")), RunStatus.Done, RunStatus.Failed);
        Assert.Equal(RunStatus.Done, run.Header.Status);
        Assert.Equal(9_999, run.Entries.Count(e => e.Event is RunEvent.Log));
    }
}
