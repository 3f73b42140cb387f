using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Schedules;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Operations.Schedules;

[Collection(StudioAppTests.Name)]
public sealed class ScheduleOperationTests(StudioApp app)
{
    private const string Config = """{"cron":"30 9 * * MON-FRI","timezone":"Europe/Berlin","payload":{"report":"sales"}}""";

    [Fact]
    public async Task Publish_ScheduleTrigger_IsListedWithItsNextTenTimes()
    {
        var (owner, _) = await ScheduledAsync();
        var facts = Assert.Single((await app.Get<ReadSchedules>().ListAsync(owner)).Value!);
        Assert.Equal(("Report", "Every weekday at 09:30", "Europe/Berlin", true, 0),
            (facts.Workflow, facts.Words, facts.TimeZone, facts.IsOn, facts.Missed));
        var detail = (await app.Get<ReadSchedules>().OneAsync(owner, facts.Id)).Value!;
        Assert.Equal(10, detail.Next.Count);
        Assert.All(detail.Next, t => Assert.Equal((9, 30), (t.At.Hour, t.At.Minute)));
        Assert.Equal(facts.NextAt, detail.Next[0].FiresAt);
        Assert.Empty(detail.Missed);
    }

    [Fact]
    public async Task SetStatus_AndSwitch_DecideTogether()
    {
        var (owner, workflow) = await ScheduledAsync();
        var id = (await OneAsync(owner)).Id;
        Assert.True((await app.Get<SwitchSchedule>().RunAsync(owner, id, on: false)).Ok);
        Assert.Equal((true, false, null), (await OneAsync(owner)) is var off ? (off.WorkflowOn, off.Enabled, off.NextAt) : default);
        await app.Get<SetWorkflowStatus>().RunAsync(owner, workflow, on: false);
        Assert.True((await app.Get<SwitchSchedule>().RunAsync(owner, id, on: true)).Ok);
        Assert.Equal(
            (false, true, null), (await OneAsync(owner)) is var paused ? (paused.WorkflowOn, paused.Enabled, paused.NextAt) : default);
        await app.Get<SetWorkflowStatus>().RunAsync(owner, workflow, on: true);
        Assert.NotNull((await OneAsync(owner)).NextAt);
    }

    [Fact]
    public async Task Delete_TakesTheScheduleAway()
    {
        var (owner, workflow) = await ScheduledAsync();
        await app.Get<DeleteWorkflow>().RunAsync(owner, workflow);
        Assert.Empty((await app.Get<ReadSchedules>().ListAsync(owner)).Value!);
    }

    [Fact]
    public async Task Fire_StartsARunWithTheSchedulesData()
    {
        var (owner, _) = await ScheduledAsync();
        var id = (await OneAsync(owner)).Id;
        var run = (await app.Get<FireSchedule>().RunAsync(owner, id)).Value!;
        var view = await app.Get<Engine.Feed.RunViews>().ReadAsync(owner.Tenant, run.RunId, CancellationToken.None);
        Assert.Equal("manual", view!.Header.Cause);
        Assert.Equal(
            ["fired_at", "report", "schedule_id", "scheduled_at"], view.State.Payload.EnumerateObject().Select(p => p.Name).Order());
        Assert.Null((await OneAsync(owner)).LastAt);
    }

    [Fact]
    public async Task Operations_ForViewersAndStrangers_AreRefused()
    {
        var (owner, workflow) = await ScheduledAsync();
        var id = (await OneAsync(owner)).Id;
        var viewer = owner with { Role = WorkspaceRole.Viewer };
        Assert.True((await app.Get<ReadSchedules>().OneAsync(viewer, id)).Ok);
        Assert.IsType<OperationProblem.Forbidden>((await app.Get<SwitchSchedule>().RunAsync(viewer, id, on: false)).Problem);
        Assert.IsType<OperationProblem.Forbidden>((await app.Get<FireSchedule>().RunAsync(viewer, id)).Problem);
        Assert.IsType<OperationProblem.Forbidden>(
            (await app.Get<SetSchedule>().RunAsync(viewer, workflow, new ScheduleWish("@daily", null, null))).Problem);
        var stranger = (await app.PracticeAsync()).Owner;
        Assert.IsType<OperationProblem.NotFound>((await app.Get<ReadSchedules>().OneAsync(stranger, id)).Problem);
        Assert.IsType<OperationProblem.NotFound>((await app.Get<SwitchSchedule>().RunAsync(stranger, id, on: false)).Problem);
        Assert.IsType<OperationProblem.NotFound>((await app.Get<FireSchedule>().RunAsync(stranger, id)).Problem);
    }

    [Fact]
    public async Task Set_OnAWorkflowWithAnotherTrigger_IsASecondWayToStart()
    {
        var owner = (await app.PracticeAsync()).Owner;
        var workflow = await CreateAsync(owner, OneStep);
        var set = app.Get<SetSchedule>();
        Assert.IsType<OperationProblem.NotFound>((await set.RunAsync(owner, workflow, new ScheduleWish(null, null, true))).Problem);
        Assert.True((await set.RunAsync(owner, workflow, new ScheduleWish("0 9 * * *", "Asia/Tokyo", null))).Ok);
        Assert.Equal(
            ("0 9 * * *", "Asia/Tokyo", false), await OneAsync(owner) is var made ? (made.Cron, made.TimeZone, made.IsTrigger) : default);
        Assert.True((await set.RunAsync(owner, workflow, new ScheduleWish("0 10 * * *", null, false))).Ok);
        Assert.Equal(("0 10 * * *", "Asia/Tokyo", false),
            await OneAsync(owner) is var changed ? (changed.Cron, changed.TimeZone, changed.Enabled) : default);
        await app.Get<SaveDraft>().RunAsync(
            owner, workflow, new DraftWork(1, OneStep with { Settings = new WorkflowSettings { TimeZone = "UTC" } }, EditorState.None));
        Assert.True((await app.Get<PublishWorkflow>().RunAsync(owner, workflow, 2)).Ok);
        Assert.False((await OneAsync(owner)).IsTrigger);
        Assert.True((await set.RemoveAsync(owner, workflow)).Ok);
        Assert.Empty((await app.Get<ReadSchedules>().ListAsync(owner)).Value!);
    }

    [Fact]
    public async Task Set_WhereTheTriggerIsTheSchedule_IsAConflict()
    {
        var (owner, workflow) = await ScheduledAsync();
        Assert.Equal("schedule_is_trigger",
            (await app.Get<SetSchedule>().RunAsync(owner, workflow, new ScheduleWish("@daily", null, null))).Problem!.Code);
        Assert.Equal("schedule_is_trigger", (await app.Get<SetSchedule>().RemoveAsync(owner, workflow)).Problem!.Code);
    }

    [Theory]
    [InlineData("61 * * * *", null, "cron_expression")]
    [InlineData("0 0 30 2 *", null, "cron_expression")]
    [InlineData("@daily", "Mars/Olympus", "timezone")]
    public async Task Set_Wrong_NamesTheField(string cron, string? zone, string path)
    {
        var owner = (await app.PracticeAsync()).Owner;
        var invalid = Assert.IsType<OperationProblem.Invalid>(
            (await app.Get<SetSchedule>().RunAsync(owner, Guid.Empty, new ScheduleWish(cron, zone, null))).Problem);
        Assert.Equal(path, Assert.Single(invalid.Problems).Path);
    }

    [Fact]
    public async Task Preview_Draft_TellsWordsZoneAndTimesOrTheProblem()
    {
        var owner = (await app.PracticeAsync()).Owner;
        var read = app.Get<ReadSchedules>();
        var preview = (await read.PreviewAsync(owner, JsonElement.Parse("""{"cron":"0 9 * * *"}"""), null)).Value!;
        Assert.Equal(("Every day at 09:00", "America/Chicago", 10), (preview.Words, preview.TimeZone, preview.Next.Count));
        Assert.Equal("Europe/Paris",
            (await read.PreviewAsync(owner, JsonElement.Parse("""{"cron":"0 9 * * *"}"""), "Europe/Paris")).Value!.TimeZone);
        var invalid = Assert.IsType<OperationProblem.Invalid>(
            (await read.PreviewAsync(owner, JsonElement.Parse("""{"cron":"0 9 * *"}"""), null)).Problem);
        Assert.Equal("config.cron", Assert.Single(invalid.Problems).Path);
        Assert.False((await read.PreviewAsync(owner, default, null)).Ok);
    }

    private static WorkflowDefinition OneStep { get; } = WorkflowDefinition.Empty with
    {
        Nodes = [new WorkflowNode { Id = "a", Type = "set", Config = JsonElement.Parse("""{"values":{"x":1}}""") }],
        Links = [new LinkConnection(WorkflowDefinition.TriggerId, null, "a")],
    };

    private async Task<ScheduleFacts> OneAsync(Caller owner) => Assert.Single((await app.Get<ReadSchedules>().ListAsync(owner)).Value!);

    private async Task<(Caller Owner, Guid Workflow)> ScheduledAsync()
    {
        var owner = (await app.PracticeAsync()).Owner;
        return (owner, await CreateAsync(
            owner, OneStep with { Trigger = new WorkflowTrigger { Type = "schedule", Config = JsonElement.Parse(Config) } }));
    }

    private async Task<Guid> CreateAsync(Caller owner, WorkflowDefinition definition) =>
        (await app.Get<CreateWorkflow>()
            .RunAsync(owner, new NewWorkflow("Report", "", WorkflowStatus.Active, definition, EditorState.None, "studio"))).Value!.Id;
}
