using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Runtime;

/// <summary>Runs that start others, and runs that wait for their turn.</summary>
public abstract class ChildRunTests(TestStore store) : EngineSuite(store)
{
    private static readonly Tenant Tenant = EngineHarness.Tenant;

    [Fact]
    public async Task SubWorkflow_ThatIsWaitedFor_GivesItsOutput()
    {
        var end = new ScriptedNode(
            "end", (input, _) => ValueTask.FromResult<NodeOutcome>(new NodeOutcome.EndRun(input.Payload)), ports: []);
        await using var engine = await StartAsync(end, Calling(true), ScriptedNode.Echo());
        var child = await SlugAsync(engine, await engine.PublishAsync(Flows.Of("trigger > e:end")));
        var run = await engine.UntilAsync(await engine.RunAsync(Flows.Of("trigger > c:call > after:echo")
            .Setting("c", $$"""{"workflow":"{{child}}","payload":{"n":7} }""")), RunStatus.Done, RunStatus.Failed);
        var output = run.Step("c").Output;
        Assert.Equal((RunStatus.Done, "done", 7),
            (run.Header.Status, output.GetProperty("status").GetString(), output.GetProperty("output").GetProperty("n").GetInt32()));
        Assert.True(ShownId.TryRead(output.GetProperty("run_id").GetString(), out var childId));
        var header = (await engine.UntilAsync(childId, RunStatus.Done)).Header;
        Assert.Equal((run.Header.Id, 1, "workflow"), (header.ParentId!.Value, header.Depth, header.Cause));
    }

    [Fact]
    public async Task SubWorkflow_ThatFails_HandsItsFailureToTheErrorPort()
    {
        await using var engine = await StartAsync(new SubWorkflowNode(), ScriptedNode.Failing(), ScriptedNode.Echo());
        var slug = await SlugAsync(engine, await engine.PublishAsync(Flows.Of("trigger > book:failing")));
        var flow = Flows.Of("trigger > c:sub_workflow > after:echo").Setting("c", $$"""{"workflow":"{{slug}}"}""")
            .With("c", n => n with { OnError = OnError.Port });
        flow = flow with { Links = [flow.Links[0], flow.Links[1] with { FromPort = "error" }] };
        var run = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done, RunStatus.Failed);
        var error = run.Step("c").Output.GetProperty("error");
        var cause = error.GetProperty("cause");
        Assert.Equal(("sub_workflow_failed", "book"), (error.GetProperty("code").GetString(), cause.GetProperty("node_id").GetString()));
        Assert.True(ShownId.TryRead(cause.GetProperty("run_id").GetString(), out var childId));
        var child = (await engine.UntilAsync(childId, RunStatus.Failed)).Header;
        Assert.Equal(
            (child.ErrorCode, child.ErrorMessage), (cause.GetProperty("code").GetString(), cause.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task SubWorkflow_ThatIsNotWaitedFor_GoesOnByItself()
    {
        await using var engine = await StartAsync(Calling(false), ScriptedNode.Waiting(null, "never"));
        var child = await SlugAsync(engine, await engine.PublishAsync(Flows.Of("trigger > w:waiting")));
        var run = await engine.UntilAsync(
            await engine.RunAsync(Flows.Of("trigger > c:call").Setting("c", $$"""{"workflow":"{{child}}"}""")), RunStatus.Done,
            RunStatus.Failed);
        Assert.True(ShownId.TryRead(run.Step("c").Output.GetProperty("run_id").GetString(), out var childId));
        await engine.UntilAsync(childId, RunStatus.Waiting);
    }

    [Fact]
    public async Task SubWorkflow_ThatCallsItself_IsStoppedAtTheDepth()
    {
        await using var engine = await StartAsync(Calling(true));
        var flow = Flows.Of("trigger > c:call").Setting("c", """{"workflow":"{{ $workflow.id }}"}""");
        var run = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done, RunStatus.Failed);
        await using var db = await engine.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
        var deepest = await db.Runs.SingleAsync(r => r.Depth == 20);
        Assert.Equal(("too_deep", 21), (deepest.ErrorCode, await db.Runs.CountAsync()));
        Assert.Equal(RunStatus.Done, run.Header.Status); // this step takes any end for its output
    }

    [Fact]
    public async Task SubWorkflow_InAFamilyThatIsFull_IsRefused()
    {
        await using var engine = await CreateAsync(Calling(false), ScriptedNode.Waiting(null, "never"));
        var child = await SlugAsync(engine, await engine.PublishAsync(Flows.Of("trigger > w:waiting")));
        var id = await engine.RunAsync(Flows.Of("trigger > c:call").Setting("c", $$"""{"workflow":"{{child}}"}"""));
        await engine.Writer.WriteAsync(w =>
        {
            var parent = w.Db.Runs.Single(r => r.Id == id);
            var ids = engine.Get<IdFactory>();
            w.Db.Runs.AddRange(Enumerable.Range(0, 10_000).Select(_ => new Engine.Storage.Rows.RunRow
            {
                Id = ids.New(), WorkspaceId = parent.WorkspaceId, WorkflowId = parent.WorkflowId, Cause = "workflow", ParentId = id,
                RootId = id, Depth = 1, Status = RunStatus.Waiting,
            }));
            return 0;
        });
        engine.Pump();

        Assert.Equal("too_many_runs", (await engine.UntilAsync(id, RunStatus.Failed, RunStatus.Done)).Header.ErrorCode);
    }

    [Fact]
    public async Task SubWorkflows_OfSubWorkflows_AreOfOneFamily()
    {
        await using var engine = await StartAsync(Calling(true));
        var run = await engine.UntilAsync(
            await engine.RunAsync(Flows.Of("trigger > c:call").Setting("c", """{"workflow":"{{ $workflow.id }}"}""")), RunStatus.Done,
            RunStatus.Failed);
        await using var db = await engine.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
        Assert.Equal([(Guid?)null, run.Header.Id], (await db.Runs.Select(r => r.RootId).Distinct().ToListAsync()).Order());
    }

    [Fact]
    public async Task SubWorkflow_OfATest_IsATest()
    {
        await using var engine = await StartAsync(Calling(true), ScriptedNode.Echo(), ScriptedNode.Waiting(null, "go"));
        var inner = await SlugAsync(engine, await engine.PublishAsync(Flows.Of("trigger > w:waiting")));
        var outer = await SlugAsync(
            engine, await engine.PublishAsync(Flows.Of("trigger > c:call").Setting("c", $$"""{"workflow":"{{inner}}"}""")));
        var version = await engine.PublishAsync(Flows.Of("trigger > c:call").Setting("c", $$"""{"workflow":"{{outer}}"}"""));
        var start = new StartRunRequest { Tenant = Tenant, VersionSerial = version, Payload = JsonElement.Parse("{}"), Cause = "test" };
        var id = (await engine.Runs.TestAsync(start, new Dictionary<string, JsonElement>())).RunId;
        await engine.UntilAsync(id, RunStatus.Waiting);
        await engine.UntilAsync(await engine.ChildOfAsync(id), RunStatus.Waiting);
        await engine.UntilAsync(await engine.ChildOfAsync(await engine.ChildOfAsync(id)), RunStatus.Waiting);
        Assert.Equal(3, await engine.Writer.WriteAsync(w => w.Db.Runs.Count(r => r.IsTest)));
    }

    [Fact]
    public async Task SubWorkflow_ThatIsNotThere_FailsTheStep()
    {
        await using var engine = await StartAsync(Calling(true));
        var run = await engine.UntilAsync(
            await engine.RunAsync(Flows.Of("trigger > c:call").Setting("c", """{"workflow":"gone"}""")), RunStatus.Failed);
        Assert.Equal("unknown_workflow", run.Header.ErrorCode);
    }

    [Fact]
    public async Task Cancel_OfARunThatWaitsForAnother_CancelsThatToo()
    {
        await using var engine = await StartAsync(Calling(true), ScriptedNode.Waiting(null, "never"));
        var child = await SlugAsync(engine, await engine.PublishAsync(Flows.Of("trigger > w:waiting")));
        var run = await engine.UntilAsync(
            await engine.RunAsync(Flows.Of("trigger > c:call").Setting("c", $$"""{"workflow":"{{child}}"}""")), RunStatus.Waiting);
        Assert.True(ShownId.TryRead(run.Step("c").Memory.GetProperty("run_id").GetString(), out var childId));
        await engine.UntilAsync(childId, RunStatus.Waiting);
        await engine.Runs.RequestAsync(Tenant, run.Header.Id, RunRequestKind.Cancel, null, "Ada");
        await engine.UntilAsync(run.Header.Id, RunStatus.Canceled);
        await engine.UntilAsync(childId, RunStatus.Canceled);
    }

    [Fact]
    public async Task ErrorWorkflow_IsStartedOnceWithTheFailure()
    {
        await using var engine = await StartAsync(ScriptedNode.Failing(), ScriptedNode.Echo());
        var alarm = await SlugAsync(engine, await engine.PublishAsync(Flows.Of("trigger > e:echo")
            .Setting("e", """{"code":"{{ $initialPayload.error.code }}","step":"{{ $initialPayload.step.id }}"}""")));
        var failed = await engine.UntilAsync(
            await engine.RunAsync(Flows.Of("trigger > f:failing") with { Settings = new WorkflowSettings { ErrorWorkflow = alarm } }),
            RunStatus.Failed);
        var child = await engine.ChildOfAsync(failed.Header.Id);
        var run = await engine.UntilAsync(child, RunStatus.Done, RunStatus.Failed);
        Assert.Equal(("""{"code":"no_luck","step":"f"}""", "error"), (run.Step("e").Output.GetRawText(), run.Header.Cause));
    }

    [Fact]
    public async Task Concurrency_Queue_LetsTheNextBeginWhenOneEnds()
    {
        await using var engine = await StartAsync(ScriptedNode.Waiting(null, "go"));
        var version = await engine.PublishAsync(Limited(1, BeyondConcurrency.Queue));
        var first = await engine.StartRunAsync(version);
        await engine.UntilAsync(first, RunStatus.Waiting);
        var second = await engine.StartRunAsync(version);
        var third = await engine.StartRunAsync(version);
        await engine.Runs.RequestAsync(Tenant, second, RunRequestKind.WakeNow, null, "Ada"); // does not let it jump the queue
        await engine.EventuallyAsync(() => engine.InboxCount(second) == 0);
        Assert.Equal(RunGate.Held, (await engine.UntilAsync(second, RunStatus.Queued)).Header.Gate);
        await engine.Runs.RequestAsync(Tenant, third, RunRequestKind.Cancel, null, "Ada");
        await engine.UntilAsync(third, RunStatus.Canceled);
        await engine.Runs.SignalAsync(Tenant, first, "go", default, "Ada");
        await engine.UntilAsync(first, RunStatus.Done);
        await engine.UntilAsync(second, RunStatus.Waiting);
    }

    [Fact]
    public async Task Concurrency_Skip_RecordsTheStartAsCanceled()
    {
        await using var engine = await StartAsync(ScriptedNode.Waiting(null, "go"));
        var version = await engine.PublishAsync(Limited(1, BeyondConcurrency.Skip));
        await engine.UntilAsync(await engine.StartRunAsync(version), RunStatus.Waiting);
        var run = await engine.UntilAsync(await engine.StartRunAsync(version), RunStatus.Canceled);
        Assert.Equal(2, run.Entries.Count);
    }

    [Fact]
    public async Task Concurrency_Replace_CancelsTheOldestAndBeginsTheNewest()
    {
        await using var engine = await StartAsync(ScriptedNode.Waiting(null, "go"));
        var version = await engine.PublishAsync(Limited(2, BeyondConcurrency.Replace));
        var runs = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            runs.Add(await engine.StartRunAsync(version));
            await engine.UntilAsync(runs[^1], RunStatus.Waiting);
        }

        await engine.UntilAsync(runs[0], RunStatus.Canceled);
        await engine.UntilAsync(runs[1], RunStatus.Waiting);
    }

    [Fact]
    public async Task Concurrency_Replace_AsksEachRunToEndOnce()
    {
        await using var engine = await CreateAsync(ScriptedNode.Waiting(null, "go"));
        var version = await engine.PublishAsync(Limited(2, BeyondConcurrency.Replace));
        var runs = new List<Guid>();
        for (var i = 0; i < 6; i++) runs.Add(await engine.StartRunAsync(version));

        // the oldest makes place for the newest, and what was held between is wanted no more
        Assert.Equal([1, 0, 1, 1, 1, 0], runs.Select(engine.InboxCount));
    }

    private static WorkflowDefinition Limited(int max, BeyondConcurrency beyond) =>
        Flows.Of("trigger > w:waiting") with { Settings = new WorkflowSettings { Concurrency = new ConcurrencyRule(max, beyond) } };

    private static ScriptedNode Calling(bool wait) => new(
        "call", (input, _) => ValueTask.FromResult<NodeOutcome>(input.Wake.Kind == NodeWakeKind.Signal
            ? new NodeOutcome.Completed(input.Wake.Data)
            : new NodeOutcome.StartRun(input.Settings.GetProperty("workflow").GetString()!,
                input.Settings.TryGetProperty("payload", out var payload) ? payload : default, wait)), waits: true);

    private static async Task<string> SlugAsync(EngineHarness engine, long version)
    {
        await using var db = await engine.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
        return await db.Versions.Where(v => v.Serial == version).Join(db.Workflows, v => v.WorkflowId, w => w.Id, (_, w) => w.Slug)
            .SingleAsync();
    }
}
