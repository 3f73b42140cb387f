using System.Text.Json;
using WorkflowStudio.Components.Runs;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Components.Runs;

public sealed class IterationWordsTests
{
    [Fact]
    public async Task Words_OfARunThroughItems_TellHowFarItCame()
    {
        var picky = new ScriptedNode("picky", (input, _) => ValueTask.FromResult<NodeOutcome>(
            input.Settings.GetProperty("value").GetInt32() == 2
                ? new NodeOutcome.Failed("no_luck", "Not two.")
                : new NodeOutcome.Completed(input.Settings)));
        await using var engine = await EngineHarness.StartAsync(ScriptedNode.ForEach(1, keepGoing: true), picky);
        var flow = Flows.Of("trigger > loop:each", "loop.each > p:picky").Setting("loop", """{"items":[1,2,3]}""")
            .Setting("p", """{"value":"{{ $item }}"}""");
        var id = await engine.RunAsync(flow);
        await engine.UntilAsync(id, RunStatus.Done, RunStatus.Failed);
        var ada = new Caller { Tenant = EngineHarness.Tenant, Name = "Ada", Role = WorkspaceRole.Viewer };
        using var watch = (await new WatchRun(engine.Feed, engine.Views, engine.RunAccess()).OpenAsync(ada, id, default)).Value!;
        Assert.Equal("3 items: 2 done, 1 failed", IterationWords.Sum(watch.Iterations.Of("loop")[0]));
        Assert.Equal(("3 items, 1 failed", "Done 2 of 3, 1 failed"),
            (IterationWords.OfLoop(watch.Iterations.Of("loop")), IterationWords.OfStep(watch, "p")));
        var format = new StudioFormat("UTC", engine.Clock);
        var log = new RunLogLines(format);
        log.Take(watch);
        var lines = log.All.Select(l => $"{l.Step}: {l.Text}").ToList();
        Assert.Contains("Goes through 3 items", lines.Single(l => l.Contains("Goes", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains(lines, l => l.EndsWith(": Item 1 is done", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains(", item 2: Not two.", StringComparison.Ordinal));
        // told once, where it arose
        Assert.Single(lines, l => l.Contains("2 failed", StringComparison.Ordinal) || l.Contains("Not two", StringComparison.Ordinal));
        var tries = watch.Tries.Of("p").Newest;
        Assert.Equal(
            [("0", StepStatus.Done), ("1", StepStatus.Failed), ("2", StepStatus.Done)], tries.Select(t => (t.Iteration!, t.Status)));
        Assert.All(tries.Zip(tries.Skip(1)), pair => Assert.True(pair.First.To <= pair.Second.From)); // one at a time
        Assert.Equal("3 of 3", IterationWords.Through(watch, "p"));
        Assert.Equal("Done 2 of 3, 1 failed, longest 1.2 s", IterationWords.OfStep(watch, "p", TimeSpan.FromSeconds(1.2)));
    }

    [Fact]
    public async Task Log_OfAnItemThatEndsTheRun_TellsItsFailureOnce()
    {
        await using var engine = await EngineHarness.StartAsync(ScriptedNode.ForEach(), ScriptedNode.Failing());
        var id = await engine.RunAsync(Flows.Of("trigger > outer:each", "outer.each > inner:each", "inner.each > p:failing")
            .Setting("outer", """{"items":[["x"]]}""").Setting("inner", """{"items":"{{ $item }}"}"""));
        var failed = await engine.UntilAsync(id, RunStatus.Failed);
        Assert.Equal((1, "outer"), (failed.Header.StepsDone, failed.Header.CurrentNode)); // what is inside did not come to its end
        var ada = new Caller { Tenant = EngineHarness.Tenant, Name = "Ada", Role = WorkspaceRole.Viewer };
        using var watch = (await new WatchRun(engine.Feed, engine.Views, engine.RunAccess()).OpenAsync(ada, id, default)).Value!;
        var log = new RunLogLines(new StudioFormat("UTC", engine.Clock));
        log.Take(watch);
        Assert.Equal(
            ["each: Goes through 1 item", "each, item 1: Goes through 1 item", "failing, item 1.1: It did not work. Try another day.",
                "each, item 1: Stopped at item 1.1", "each: Stopped at item 1", "Run: Stopped"],
            log.All.Skip(1).Select(l => $"{l.Step}: {l.Text}"));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("3", "item 4")]
    [InlineData("3.0", "item 4.1")]
    public void Place_CountsFromOne(string? iteration, string? expected) => Assert.Equal(expected, IterationWords.Place(iteration));

    [Fact]
    public void Short_OfALongItem_IsCut()
    {
        Assert.Equal(("""{"a":1}""", "two lines"), (
            IterationWords.Short(JsonElement.Parse("""{"a":1}""")), IterationWords.Short(JsonSerializer.SerializeToElement("two\nlines"))));
        Assert.EndsWith("x…", IterationWords.Short(JsonSerializer.SerializeToElement(new string('x', 500))), StringComparison.Ordinal);
    }
}
