using System.Text.Json;
using WorkflowStudio.Engine.Diagnostics.Telemetry;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Diagnostics.Telemetry;

/// <summary>Runs that are made in the writer's thread, where no trace is at hand: they get it from whoever wanted them.</summary>
[Collection(ListeningTests.Name)]
public sealed class RunsOfRunsTracingTests
{
    [Fact]
    public async Task RunThatARunStarts_IsInItsTrace()
    {
        await using var engine = await EngineHarness.CreateAsync(
            new ScriptedNode("call", (input, _) => ValueTask.FromResult<NodeOutcome>(
                new NodeOutcome.StartRun(input.Settings.GetProperty("workflow").GetString()!, default, false))), ScriptedNode.Echo());
        var child = await engine.PublishAsync(Flows.Of("trigger > a:echo"));
        var slug = await engine.Writer.WriteAsync(w => w.Db.Workflows.Find(w.Db.Versions.Find(child)!.WorkflowId)!.Slug);
        using var traced = new Traced(engine.Get<RunTracing>());
        engine.Pump();
        var run = await traced.InsideAsync(
            () => engine.RunAsync(Flows.Of("trigger > c:call").Setting("c", $$"""{"workflow":"{{slug}}"}""")));
        await engine.UntilAsync(run, RunStatus.Done);
        var started = await engine.ChildOfAsync(run);
        await engine.UntilAsync(started, RunStatus.Done);
        var turn = traced.Named("run turn").First();
        Assert.Equal(turn.Id, await ParentAsync(engine, started));
    }

    [Fact]
    public async Task RunThatAnEventStarts_IsInTheTraceOfWhoSentIt()
    {
        await using var engine = await EngineHarness.CreateAsync(ScriptedNode.Echo());
        var version = await engine.PublishAsync(
            Flows.Of("trigger > a:echo") with { Trigger = new WorkflowTrigger { Type = "event", Event = "contact-created" } });
        await engine.Writer.WriteAsync(w => w.Db.Workflows.Find(w.Db.Versions.Find(version)!.WorkflowId)!.TriggerType = "event");
        var events = engine.Get<PlatformEvents>();
        using var traced = new Traced(engine.Get<RunTracing>());
        var sent = await traced.InsideAsync(
            () => events.WeighAsync(EngineHarness.Tenant, new PlatformEvent("contact-created", () => JsonElement.Parse("{}")), default));
        var came = await engine.Writer.WriteAsync(w => events.Raise(w, EngineHarness.Tenant, sent));
        Assert.Contains(traced.Trace.ToString(), await ParentAsync(engine, Assert.Single(came.Started)), StringComparison.Ordinal);
    }

    private static async Task<string?> ParentAsync(EngineHarness engine, Guid id) =>
        Assert.IsType<RunEvent.RunStarted>((await engine.Journal.LoadAsync(id, default))!.Entries[0].Event).TraceParent;
}
