using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Components.Runs.Desk;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Home;
using WorkflowStudio.Operations.Practice;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Tests.Operations.Runs;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Components.Runs.Desk;

public sealed class RunDeskTests
{
    [Theory]
    [InlineData("run_nonsense")]
    [InlineData("019abcde-0000-7000-8000-000000000009")]
    public async Task Open_NoSuchRun_SaysSo(string key)
    {
        await using var store = await WatchedFixture.CreateAsync(1);
        using var desk = Desk(store);

        await desk.OpenAsync(key);

        Assert.Equal(("There is no run with this id.", null, null), (desk.Problem, desk.Run, desk.Unreadable));
    }

    [Fact]
    public async Task Open_ARun_HasItAndItsLog()
    {
        await using var store = await WatchedFixture.CreateAsync(1);
        using var desk = await OpenAsync(store);
        Assert.Equal((store.Run, null), (desk.Run!.Id, desk.Problem));
        Assert.NotEmpty(desk.Lines.All);
        Assert.Empty(desk.Asked);
        Assert.Equal((true, null), (desk.MayRun, desk.Hint));
    }

    [Fact]
    public async Task Open_OfADeskThatIsLeftMeanwhile_LetsTheRunGo()
    {
        await using var store = await WatchedFixture.CreateAsync(1);
        var desk = Desk(store);
        desk.Dispose();

        await desk.OpenAsync(ShownId.Run(store.Run));

        Assert.Null(desk.Run);
        Assert.Equal(0, store.Harness.Feed.Watched);
    }

    [Fact]
    public async Task Follow_WhatHappens_IsToldAndTakenUntilTheDeskIsLeft()
    {
        await using var store = await WatchedFixture.CreateAsync(1);
        var desk = await OpenAsync(store);
        var told = new TaskCompletionSource();
        var following = desk.FollowAsync(async () =>
        {
            await desk.TakeAsync();
            if (desk.Run!.State.IsFinal) told.TrySetResult();
        });

        await store.TellAsync(new RunEvent.RunCanceled("Dana"));
        await told.Task.WaitAsync(EngineHarness.Patience);
        Assert.Equal(RunStatus.Canceled, desk.Run!.State.Status);
        Assert.Contains(desk.Lines.All, l => l.Text.Contains("Dana", StringComparison.Ordinal));

        desk.Dispose();
        await following.WaitAsync(EngineHarness.Patience);
        await desk.TakeAsync(); // what was told before it was left and comes after
        Assert.Equal(0, store.Harness.Feed.Watched);
    }

    [Fact]
    public async Task Tick_OfADeskThatIsLeft_Ends()
    {
        await using var store = await WatchedFixture.CreateAsync(1);
        var desk = await OpenAsync(store);
        var ticking = desk.TickAsync(() => Task.CompletedTask);

        desk.Dispose();

        await ticking.WaitAsync(EngineHarness.Patience);
    }

    [Fact]
    public async Task Ask_WhatCannotBeDone_SaysWhyUntilSomethingIsDone()
    {
        await using var store = await WatchedFixture.CreateAsync(1);
        using var desk = await OpenAsync(store);

        Assert.Null(await desk.RetryAsync());
        Assert.NotNull(desk.Refused); // it is not over

        await desk.PauseAsync();
        Assert.Null(desk.Refused);
    }

    [Fact]
    public async Task Ask_OfAViewer_IsRefusedWithTheHintOfTheButtons()
    {
        await using var store = await WatchedFixture.CreateAsync(1);
        using var desk = await OpenAsync(store, WorkspaceRole.Viewer);
        Assert.False(desk.MayRun);

        await desk.CancelAsync();

        Assert.NotNull(desk.Hint);
        Assert.Equal(desk.Hint, desk.Refused);
    }

    [Fact]
    public async Task Again_ARun_IsANewOneThatBelongsToIt()
    {
        await using var store = await WatchedFixture.CreateAsync(1);
        using var desk = await OpenAsync(store);
        await store.TellAsync(new RunEvent.RunCanceled("Dana"));

        var made = await desk.AgainAsync(new RunAgain());

        Assert.Null(desk.Refused);
        using var other = Desk(store);
        await other.OpenAsync(ShownId.Run(made!.Value));
        Assert.Equal(store.Run, other.Around.Repeats);
    }

    [Fact]
    public async Task Choose_AStep_SaysWhetherThePanelComesOrGoes()
    {
        await using var store = await WatchedFixture.CreateAsync(1);
        using var desk = await OpenAsync(store);
        Assert.True(desk.Choose("a"));
        Assert.False(desk.Choose("trigger"));
        Assert.Equal("trigger", desk.Chosen);
        Assert.True(desk.Choose(null));
        Assert.False(desk.Choose(null));
    }

    internal static RunDesks Desks(WatchedFixture store, WatchRun? watch = null)
    {
        var harness = store.Harness;
        var approvals = new ApprovalStore(
            harness.Writer, harness.Get<IDbContextFactory<StudioDbContext>>(), new IdFactory(harness.Clock), harness.Clock,
            new FakeProtector(), new StudioAddress("https://studio.example.com"));
        return new RunDesks(
            watch ?? new WatchRun(harness.Feed, harness.Views, harness.RunAccess()), new ControlRun(harness.Runs, harness.RunAccess(),
                harness.Views),
            RunOperationTests.Repeat(harness), new Approvals(approvals, harness.RunAccess(), harness.WorkflowAccess()), harness.Clock);
    }

    private static RunDesk Desk(WatchedFixture store, WorkspaceRole role = WorkspaceRole.Owner) => Desks(store).For(new StudioSession(
        new Caller { Tenant = EngineHarness.Tenant, Name = "Dana", Role = role },
        new WorkspaceFacts("Test practice", "UTC", true, true), new StudioFormat("UTC", store.Harness.Clock)));

    private static async Task<RunDesk> OpenAsync(WatchedFixture store, WorkspaceRole role = WorkspaceRole.Owner)
    {
        var desk = Desk(store, role);
        await desk.OpenAsync(ShownId.Run(store.Run));
        return desk;
    }
}
