using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Operations.Runs;

/// <summary>What people may ask of runs: control, repeat.</summary>
public abstract class RunOperationTests(TestStore store) : EngineSuite(store)
{
    private static readonly Caller Ada = new() { Tenant = EngineHarness.Tenant, Name = "Ada", Role = WorkspaceRole.Editor };
    private static readonly Caller Viewer = Ada with { Role = WorkspaceRole.Viewer };

    [Fact]
    public async Task PauseAndResume_FitTheStatusOrSayWhyNot()
    {
        await using var engine = await StartAsync(ScriptedNode.Waiting(null, "answer"));
        var control = new ControlRun(engine.Runs, engine.RunAccess(), engine.Views);
        var id = await engine.RunAsync(Flows.Of("trigger > w:waiting"));
        await engine.UntilAsync(id, RunStatus.Waiting);
        Assert.Equal(("run_not_paused", RunStatus.Waiting), Conflict(await control.ResumeAsync(Ada, id)));
        Assert.True((await control.PauseAsync(Ada, id)).Ok);
        await engine.UntilAsync(id, RunStatus.Paused);
        Assert.Equal(("run_paused", RunStatus.Paused), Conflict(await control.PauseAsync(Ada, id)));
        Assert.True((await control.ResumeAsync(Ada, id)).Ok);
        await engine.UntilAsync(id, RunStatus.Waiting);
        Assert.True((await control.SignalAsync(Ada, id, "answer", JsonElement.Parse("1"))).Ok);
        await engine.UntilAsync(id, RunStatus.Done);
        Assert.Equal(("run_over", RunStatus.Done), Conflict(await control.SignalAsync(Ada, id, "answer", default)));
        Assert.Equal(("run_over", RunStatus.Done), Conflict(await control.PauseAsync(Ada, id)));
    }

    [Fact]
    public async Task Wake_WhereNothingWaitsForATime_IsRefused()
    {
        await using var engine = await StartAsync(ScriptedNode.Waiting(null, "answer"),
            ScriptedNode.Waiting(TimeSpan.FromDays(1), null, "sleeping"), ScriptedNode.Failing(retryable: true));
        var control = new ControlRun(engine.Runs, engine.RunAccess(), engine.Views);
        var listening = await engine.RunAsync(Flows.Of("trigger > w:waiting"));
        await engine.UntilAsync(listening, RunStatus.Waiting);
        var refused = Assert.IsType<OperationProblem.Conflict>((await control.WakeAsync(Ada, listening, null)).Problem);
        Assert.Equal(("nothing_to_wake", "Nothing in this run waits for a time, so there is nothing to wake.", RunStatus.Waiting),
            (refused.Code, refused.Message, refused.Run));
        Assert.Equal(0, engine.InboxCount(listening));

        var sleeping = await engine.RunAsync(Flows.Of("trigger > s:sleeping"));
        await engine.UntilAsync(sleeping, RunStatus.Waiting);
        Assert.Equal(("nothing_to_wake", RunStatus.Waiting), Conflict(await control.WakeAsync(Ada, sleeping, "other")));
        Assert.True((await control.WakeAsync(Ada, sleeping, "s")).Ok);
        await engine.UntilAsync(sleeping, RunStatus.Done);

        var retrying = await engine.RunAsync(
            Flows.Of("trigger > f:failing").With("f", n => n with { Retry = new RetryPolicy(2, TimeSpan.FromHours(1), false) }));
        await engine.UntilAsync(retrying, RunStatus.Waiting);
        Assert.True((await control.WakeAsync(Ada, retrying, null)).Ok);
        await engine.UntilAsync(retrying, RunStatus.Failed);
    }

    [Fact]
    public async Task Wake_OfARunThatCannotBeRead_SaysWhy()
    {
        await using var first = await CreateAsync(ScriptedNode.Echo("gone"));
        var id = await first.RunAsync(Flows.Of("trigger > a:gone"));
        await using var second = first.Restart();
        await second.EventuallyAsync(
            async () => (await second.Get<RunHistory>().HeaderAsync(EngineHarness.Tenant, id, default))!.Status == RunStatus.Paused);
        Assert.Equal(("unreadable", RunStatus.Paused),
            Conflict(await new ControlRun(second.Runs, second.RunAccess(), second.Views).WakeAsync(Ada, id, null)));
    }

    [Fact]
    public async Task Control_ByAViewerOrOfAnotherWorkspace_IsRefused()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var control = new ControlRun(engine.Runs, engine.RunAccess(), engine.Views);
        var id = await engine.RunAsync(Flows.Of("trigger > e:echo"));
        Assert.IsType<OperationProblem.Forbidden>((await control.PauseAsync(Viewer, id)).Problem);
        Assert.IsType<OperationProblem.Forbidden>((await control.SignalAsync(Viewer, id, "x", default)).Problem);
        Assert.IsType<OperationProblem.Forbidden>((await Repeat(engine).FromFailureAsync(Viewer, id)).Problem);
        Assert.IsType<OperationProblem.Forbidden>((await Repeat(engine).AgainAsync(Viewer, id, new RunAgain(), "manual")).Problem);
        var stranger = Ada with { Tenant = new Tenant(Guid.Empty, StudioEnvironment.Live) };
        Assert.IsType<OperationProblem.NotFound>((await control.ResumeAsync(stranger, id)).Problem);
        Assert.IsType<OperationProblem.NotFound>((await Repeat(engine).AgainAsync(stranger, id, new RunAgain(), "manual")).Problem);
    }

    [Fact]
    public async Task Retry_OfAFailedRun_DoesTheRestAndOfOthersSaysWhyNot()
    {
        var luck = false;
        var moody = new ScriptedNode("moody", (_, _) => ValueTask.FromResult<NodeOutcome>(
            luck ? new NodeOutcome.Completed(JsonElement.Parse("{}")) : new NodeOutcome.Failed("no_luck", "No.")));
        await using var engine = await StartAsync(moody, ScriptedNode.Waiting(null, "answer"));
        var failed = await engine.UntilAsync(await engine.RunAsync(Flows.Of("trigger > m:moody")), RunStatus.Failed);
        luck = true;
        var retried = await Repeat(engine).FromFailureAsync(Ada, failed.Header.Id);
        var run = await engine.UntilAsync(retried.Value!.Run.RunId, RunStatus.Done, RunStatus.Failed);
        Assert.Equal((RunStatus.Done, failed.Header.Id, "retry"), (run.Header.Status, run.Header.RetryOf, run.Header.Cause));
        Assert.Equal(("nothing_failed", RunStatus.Done), Conflict(await Repeat(engine).FromFailureAsync(Ada, run.Header.Id)));
        Assert.Equal(("no_such_iteration", RunStatus.Failed), Conflict(await Repeat(engine).IterationAsync(Ada, failed.Header.Id, "m", 0)));
        var kin = await engine.Get<RunHistory>().KinAsync(failed.Header, Sight.Everything, default);
        Assert.Equal([run.Header.Id], kin.RepeatedBy);
        var open = await engine.UntilAsync(await engine.RunAsync(Flows.Of("trigger > w:waiting")), RunStatus.Waiting);
        Assert.Equal(("run_not_over", RunStatus.Waiting), Conflict(await Repeat(engine).FromFailureAsync(Ada, open.Header.Id)));
    }

    [Fact]
    public async Task Again_TakesTheSameDataAndTheActiveVersionUnlessToldOtherwise()
    {
        await using var engine = await StartAsync(ScriptedNode.Echo());
        var first = await engine.UntilAsync(await engine.RunAsync(Flows.Of("trigger > a:echo"), """{"n":1}"""), RunStatus.Done);
        var newer = await engine.Writer.WriteAsync(w => w.AddVersion(
            w.FindWorkflow(EngineHarness.Tenant, first.Header.WorkflowId)!,
            new WorkflowVersionRow
            {
                WorkflowId = first.Header.WorkflowId,
                Definition = StoredDefinitions.Text(Flows.Of("trigger > b:echo")),
                EditorState = "{}",
            }).Serial);
        var same = await AgainAsync(new RunAgain());
        Assert.Equal((newer, """{"n":1}""", first.Header.Id, "manual"),
            (same.Header.VersionSerial, same.State.Payload.GetRawText(), same.Header.RetryOf, same.Header.Cause));
        var edited = await AgainAsync(new RunAgain(JsonElement.Parse("""{"n":2}"""), SameVersion: true));
        Assert.Equal((first.Header.VersionSerial, """{"n":2}"""), (edited.Header.VersionSerial, edited.State.Payload.GetRawText()));

        async Task<Engine.Feed.RunView> AgainAsync(RunAgain again) =>
            await engine.UntilAsync(
                (await Repeat(engine).AgainAsync(Ada, first.Header.Id, again, "manual")).Value!.Run.RunId, RunStatus.Done);
    }

    [Fact]
    public async Task Again_OfAWorkflowThatIsOff_IsRefused()
    {
        await using var engine = await StartAsync(ScriptedNode.Echo());
        var first = await engine.UntilAsync(await engine.RunAsync(Flows.Of("trigger > a:echo")), RunStatus.Done);
        await engine.Writer.WriteAsync(w => w.FindWorkflow(EngineHarness.Tenant, first.Header.WorkflowId)!.Status = WorkflowStatus.Paused);
        Assert.Equal(
            "workflow_not_active", (await Repeat(engine).AgainAsync(Ada, first.Header.Id, new RunAgain(), "manual")).Problem?.Code);
    }

    internal static RepeatRun Repeat(EngineHarness engine) => new(engine.Runs, engine.RunAccess(),
        new ActiveWorkflows(new WorkflowStore(engine.Get<IDbContextFactory<StudioDbContext>>()), engine.Get<NodeNews>()));

    private static (string, RunStatus?) Conflict<T>(Result<T> result)
    {
        var conflict = Assert.IsType<OperationProblem.Conflict>(result.Problem);
        return (conflict.Code, conflict.Run);
    }
}
