using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Components.Runs;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Components.Shared;

public sealed class RunWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 16, 14, 0, TimeSpan.Zero);
    private static readonly StudioFormat Format = new("America/Chicago", new FakeTimeProvider(Now));

    [Fact]
    public void Look_OfEveryStatus_HasWordsOfItsOwn()
    {
        var looks = Enum.GetValues<RunStatus>().Select(s => StatusLook.Of(s, null, Format).Words).ToList();
        Assert.Equal(looks.Distinct(), looks);
        Assert.Equal(("Paused", "Paused until 10:14 AM"),
            (StatusLook.Of(RunStatus.Paused, null, Format).Words, StatusLook.Of(RunStatus.Paused, Now, Format).Words));
    }

    [Fact]
    public async Task Look_OfARunThatWaitsForNoTime_SaysForWhat()
    {
        var asks = new ScriptedNode("asks",
            (_, _) => ValueTask.FromResult<NodeOutcome>(new NodeOutcome.Waiting(null, "asked", default, "an approval")), waits: true);
        await using var engine = await EngineHarness.StartAsync(asks);
        var id = await engine.RunAsync(Flows.Of("trigger > a:asks"));
        await engine.UntilAsync(id, RunStatus.Waiting);
        var ada = new Caller { Tenant = EngineHarness.Tenant, Name = "Ada", Role = WorkspaceRole.Viewer };
        using var watch = (await new WatchRun(engine.Feed, engine.Views, engine.RunAccess()).OpenAsync(ada, id, default)).Value!;
        var contexts = engine.Get<Microsoft.EntityFrameworkCore.IDbContextFactory<StudioDbContext>>();
        var lists = new ListRuns(
            new Engine.Storage.Queries.RunListQueries(contexts), new Engine.Storage.Queries.StepCounts(contexts), new AskingRuns(contexts),
            engine.WorkflowAccess());
        Assert.Null((await lists.PageAsync(ada, RunFilter.None, null, 10, default)).Value!.Runs.Single().Until);
        Assert.Equal(
            "Waits for an approval", StatusLook.Of(watch.State.Status, watch.State.NextWake, Format, RunWords.WaitsFor(watch)).Words);
        Assert.Equal("Waits for an approval", RunGraphData.Statuses(watch, Format).Single(s => s.Id == "a").Caption);
        Assert.Equal("Waiting", StatusLook.Of(RunStatus.Waiting, null, Format).Words);
    }

    [Theory]
    [InlineData(RunStatus.Queued, RunGate.Held, true)]
    [InlineData(RunStatus.Queued, RunGate.Counted, false)]
    [InlineData(RunStatus.Canceled, RunGate.Held, false)] // it never had its turn
    public void RecentRun_ThatWaitsForItsTurn_IsHeld(RunStatus status, RunGate gate, bool held) =>
        Assert.Equal(held, RecentRun.Of(new RunRow { Cause = "webhook", Status = status, Gate = gate }).IsHeld);

    [Fact]
    public void Filter_OfEveryStatus_FindsItAndNoOther()
    {
        foreach (var status in Enum.GetValues<RunStatus>())
        {
            var fitting = RunWords.Statuses.Select(s => new RunListQuery(Status: s.Value).ToFilter().ToRows().Statuses!)
                .Where(s => s.Contains(status));
            Assert.Single(fitting);
        }
    }

    [Theory]
    [InlineData(RunStatus.Paused, "2 of 5 steps")]
    [InlineData(RunStatus.Waiting, "2 of 5 steps")]
    [InlineData(RunStatus.Running, "1 h")]
    [InlineData(RunStatus.Failed, "Stopped at step 2 of 5")]
    public void Outcome_OfARun_SaysHowFarItCame(RunStatus status, string expected) => Assert.StartsWith(expected, RunWords.Outcome(
        new RunLine(Guid.Empty, Guid.Empty, "Visit", status, "webhook", null, 2, 5, null, null, Now.AddHours(-1), null), Now),
        StringComparison.Ordinal);
}
