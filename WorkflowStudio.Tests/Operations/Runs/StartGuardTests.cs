using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Operations.Runs;

/// <summary>What a start is held to in the transaction that makes the run.</summary>
[Collection(StudioAppTests.Name)]
public sealed class StartGuardTests(StudioApp app)
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    [Fact]
    public async Task ManyStartsForOneContact_MakeOneRunUntilItIsOver()
    {
        var (owner, id) = await WaitingAsync();
        var (contact, other) = (app.Get<IdFactory>().New(), app.Get<IdFactory>().New());
        var guard = new StartGuard { ContactId = contact };
        var started = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StartAsync(owner, id, guard)));
        var run = Assert.Single(started, s => s.Ok).Value;
        Assert.All(started.Where(s => !s.Ok), s => Assert.Equal("run_active", s.Problem!.Code));
        Assert.True((await StartAsync(owner, id, new StartGuard { ContactId = other })).Ok);
        Assert.Equal(contact, (await app.Get<ListDialectRuns>().FindAsync(owner, run!.RunId)).Value!.Run.ContactId);

        Assert.True((await app.Get<ControlRun>().CancelAsync(owner, run.RunId)).Ok);
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        Result<StartedRun> again;
        do again = await StartAsync(owner, id, new StartGuard { ContactId = contact });
        while (!again.Ok && !patience.IsCancellationRequested);
        Assert.True(again.Ok, again.Problem?.Message);
    }

    [Fact]
    public async Task StartWithinThePause_IsToldHowLongItLasts_WhateverStartedTheLast()
    {
        var (owner, id) = await WaitingAsync();
        Assert.True((await app.Get<StartRun>().RunAsync(owner, id, Nothing, "schedule")).Ok);
        var refused = Assert.IsType<OperationProblem.Conflict>(
            (await StartAsync(owner, id, new StartGuard { Pause = TimeSpan.FromMinutes(30) })).Problem);
        Assert.Equal("run_cooldown", refused.Code);
        Assert.InRange(refused.Seconds!.Value, 1, 1_800);
        Assert.True((await StartAsync(owner, id, new StartGuard { Pause = TimeSpan.Zero })).Ok);
    }

    private async Task<Result<StartedRun>> StartAsync(Caller owner, Guid id, StartGuard guard) =>
        await app.Get<StartRun>().GuardedAsync(owner, id, Nothing, "api", guard);

    private async Task<(Caller Owner, Guid Id)> WaitingAsync()
    {
        var owner = (await app.PracticeAsync()).Owner;
        var definition = new WorkflowDefinition
        {
            Trigger = new WorkflowTrigger { Type = "manual" },
            Nodes = [new WorkflowNode { Id = "a", Type = "wait", Config = JsonElement.Parse("""{"for":"2 hours"}""") }],
            Links = [new LinkConnection("trigger", null, "a")],
        };
        var made = await app.Get<CreateWorkflow>().RunAsync(
            owner, new NewWorkflow("Waits", "", WorkflowStatus.Active, definition, EditorState.None, "test"));
        return (owner, made.Value!.Id);
    }
}
