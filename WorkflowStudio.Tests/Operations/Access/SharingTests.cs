using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Events;
using WorkflowStudio.Operations.Home;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Operations.Access;

[Collection(StudioAppTests.Name)]
public sealed class SharingTests(StudioApp app)
{
    [Fact]
    public async Task SharedIds_GiveRun_UnlessTheGrantHasAnotherLevel_AndCountOnceItIsShared()
    {
        var world = await AccessWorld.MakeAsync(app);
        var share = app.Get<ShareWorkflow>();
        var id = (await app.Get<CreateWorkflow>().RunAsync(world.Admin, NewWorkflow.Draft("Mine"))).Value!.Id;
        var viewer = BuiltInRoles.IdOf(world.Admin.Tenant.WorkspaceId, WorkspaceRole.Viewer);
        var shared = (await share.SetAsync(world.Admin, id, new SharingWish(WorkflowVisibility.Private, [world.Owner], [viewer]))).Value!;
        Assert.Equal([(viewer, true, GrantLevel.Run), (world.Owner, false, GrantLevel.Run)],
            shared.Grants.OrderByDescending(g => g.IsRole).Select(g => (g.GranteeId, g.IsRole, g.Level)));
        var other = world.Caller(HeldRole.Of(WorkspaceRole.Viewer), Relation.Other);
        Assert.IsType<OperationProblem.NotFound>((await app.Get<GetWorkflow>().RunAsync(other, id)).Problem);
        await share.GrantAsync(world.Admin, id, viewer, GrantLevel.Edit);
        shared = (await share.SetAsync(world.Admin, id, new SharingWish(WorkflowVisibility.Shared, [], [viewer]))).Value!;
        Assert.Equal([(viewer, GrantLevel.Edit)], shared.Grants.Select(g => (g.GranteeId, g.Level)));
        Assert.True((await app.Get<GetWorkflow>().RunAsync(other, id)).Ok); // on the next request, and by the role
        await share.SetAsync(world.Admin, id, new SharingWish(RoleIds: []));
        Assert.IsType<OperationProblem.NotFound>((await app.Get<GetWorkflow>().RunAsync(other, id)).Problem);
    }

    [Fact]
    public async Task UnknownIds_AreNamedByTheirPlace_AndNothingIsStored()
    {
        var world = await AccessWorld.MakeAsync(app);
        var stranger = BuiltInRoles.IdOf((await app.PracticeAsync()).Owner.Tenant.WorkspaceId, WorkspaceRole.Owner);
        var wish = NewWorkflow.Draft("Shared with strangers") with
        { Visibility = WorkflowVisibility.Shared, SharedUserIds = [world.Owner, NewIds.Next()], SharedRoleIds = [stranger] };
        var refused = Assert.IsType<OperationProblem.Invalid>((await app.Get<CreateWorkflow>().RunAsync(world.Admin, wish)).Problem);
        Assert.Equal(["shared_user_ids[1]", "shared_role_ids[0]"], refused.Problems.Select(p => p.Path));
        Assert.Empty((await app.Get<ListWorkflows>().RunAsync(world.Admin, new WorkflowFilter("Shared with strangers"))).Value!.Items);
    }

    [Fact]
    public async Task Private_HandedOver_IsTheOthersAlone()
    {
        var world = await AccessWorld.MakeAsync(app);
        var editor = world.Caller(HeldRole.Of(WorkspaceRole.Editor), Relation.GrantedManage);
        var id = (await app.Get<CreateWorkflow>()
            .RunAsync(editor, NewWorkflow.Draft("Given away") with { Visibility = WorkflowVisibility.Private })).Value!.Id;
        Assert.True((await app.Get<ShareWorkflow>().HandOverAsync(editor, id, world.Owner)).Ok);
        Assert.IsType<OperationProblem.NotFound>((await app.Get<GetWorkflow>().RunAsync(editor, id)).Problem);
        Assert.True((await app.Get<GetWorkflow>().RunAsync(world.Caller(HeldRole.Of(WorkspaceRole.Viewer), Relation.Owns), id)).Ok);
    }

    [Fact]
    public async Task PrivateOfOthers_OpenedByAnAdmin_IsInTheLogOnceAMinute()
    {
        var world = await AccessWorld.MakeAsync(app);
        foreach (var target in world.Targets)
            for (var i = 0; i < 2; i++) Assert.True((await app.Get<GetWorkflow>().RunAsync(world.Admin, target.Id)).Ok);
        var opened = (await app.Get<ReadAudit>().RunAsync(world.Admin)).Value!.Where(l => l.Action == "workflow.opened").ToList();
        var line = Assert.Single(opened);
        Assert.Equal((world.Admin.UserId, world.Targets[0].Id, "Flow Private"), (line.ById, line.TargetId, line.Target));
        Assert.Equal(
            [(WorkflowVisibility.Private, world.Owner), (WorkflowVisibility.Tenant, world.Owner), (WorkflowVisibility.Shared, world.Owner)],
            (await app.Get<ListWorkflows>().RunAsync(world.Admin, new WorkflowFilter())).Value!.Items
                .Select(i => (i.Workflow.Visibility, i.Workflow.OwnerId!.Value)).Order());
    }

    [Fact]
    public async Task Figures_CountWhatIsSeen()
    {
        var world = await AccessWorld.MakeAsync(app);
        DateTimeOffset[] edges = [TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddMinutes(1)];
        Assert.Equal(3, await DoneAsync(world.Admin));
        Assert.Equal(2, await DoneAsync(world.Caller(HeldRole.Of(WorkspaceRole.Viewer), Relation.GrantedView)));
        Assert.Equal(1, await DoneAsync(world.Caller(HeldRole.Of(WorkspaceRole.Editor), Relation.Other)));
        Assert.Equal(3, await DoneAsync(world.Caller(HeldRole.Of(WorkspaceRole.Operator), Relation.Owns)));

        async Task<long> DoneAsync(Caller caller)
        {
            var home = (await app.Get<ReadHome>().ReadAsync(caller, edges, default)).Value!;
            return home.Bars.Sum(b => b.Done);
        }
    }

    [Fact]
    public async Task Search_FindsNothingOfWhatIsHidden()
    {
        var world = await AccessWorld.MakeAsync(app);
        var other = world.Caller(HeldRole.Of(WorkspaceRole.Editor), Relation.Other);
        Assert.Equal(["Flow Tenant"], (await app.Get<ListWorkflows>().RunAsync(other, new WorkflowFilter("Flow"))).Value!.Items
            .Select(i => i.Workflow.Name));
        Assert.Equal(1, (await app.Get<ListWorkflows>().RunAsync(other, new WorkflowFilter("Flow"))).Value!.Total);
        foreach (var hidden in world.Targets.Where(t => t.Visibility != WorkflowVisibility.Tenant))
        {
            foreach (var text in new[] { "Flow", hidden.Run.ToString() })
                Assert.DoesNotContain((await app.Get<ListRuns>().PageAsync(other, new RunFilter(Text: text), null, 50,
                    default)).Value!.Runs,
                    r => r.WorkflowId == hidden.Id);
            Assert.Empty((await app.Get<ListRuns>().PageAsync(other, new RunFilter(WorkflowId: hidden.Id), null, 50, default)).Value!.Runs);
        }
    }

    [Fact]
    public async Task RunOfAHiddenWorkflow_IsSeenWithoutItsDataByWhoSeesTheRunThatStartedIt()
    {
        var world = await AccessWorld.MakeAsync(app);
        var (hidden, open) = (world.Targets[0], world.Targets[1]);
        var child = await world.RunAsync(hidden.Id, open.Run);
        var other = world.Caller(HeldRole.Of(WorkspaceRole.Operator), Relation.Other);
        Assert.Equal(RunStatus(await app.Get<ReadRun>().StatusAsync(other, child)), (true, (Guid?)open.Run));
        var log = (await app.Get<ReadRun>().LogAsync(other, child, 0, 10)).Value!;
        Assert.Equal(4, log.Count);
        Assert.DoesNotContain(log, l => l.Message.Contains("4711", StringComparison.Ordinal));
        using var watch = (await app.Get<WatchRun>().OpenAsync(other, child, default)).Value!;
        Assert.True(watch.IsVeiled);
        Assert.Equal(("{}", "{}", "{}"), (watch.State.Payload.GetRawText(), watch.Step("a").Output.GetRawText(),
            watch.SettingsUsed("a").GetRawText()));
        Assert.DoesNotContain(await watch.BeforeAsync(5, 10, default), e => e.Event.ToString().Contains("4711", StringComparison.Ordinal));
        var refused = Assert.IsType<OperationProblem.Forbidden>((await app.Get<ControlRun>().CancelAsync(other, child)).Problem);
        Assert.Equal("runs.control", refused.Permission);
        using var whole = (await app.Get<WatchRun>().OpenAsync(world.Admin, child, default)).Value!;
        Assert.Contains("4711", whole.State.Payload.GetRawText(), StringComparison.Ordinal);
        // the other way around, who sees the child does not see who started it
        var parent = await world.RunAsync(hidden.Id);
        var seen = await world.RunAsync(open.Id, parent);
        Assert.Null((await app.Get<ReadRun>().StatusAsync(other, seen)).Value!.ParentId);
        using var without = (await app.Get<WatchRun>().OpenAsync(other, seen, default)).Value!;
        Assert.Null((await without.SurroundingsAsync(default)).StartedBy);

        static (bool, Guid?) RunStatus(Result<ExecutionStatus> read) => (read.Ok, read.Value?.ParentId);
    }

    [Fact]
    public async Task Followed_TakenOutOfSight_IsNotToldAnyMore()
    {
        var world = await AccessWorld.MakeAsync(app);
        var open = world.Targets[1];
        var other = world.Caller(HeldRole.Of(WorkspaceRole.Viewer), Relation.Other);
        using var followed = (await app.Get<FollowRun>().OpenAsync(other, open.Run, 0, default)).Value!;
        using var watched = (await app.Get<WatchRun>().OpenAsync(other, open.Run, default)).Value!;
        Assert.True(await followed.MayStayAsync(other, default) && await watched.MayStayAsync(default));
        await app.Get<ShareWorkflow>().SetAsync(world.Admin, open.Id, new SharingWish(WorkflowVisibility.Private));
        Assert.False(await followed.MayStayAsync(other, default));
        Assert.False(await watched.MayStayAsync(default));
    }

    [Fact]
    public async Task Event_TellsItsSenderOfTheWorkflowsThatAreSeen()
    {
        var world = await AccessWorld.MakeAsync(app);
        var definition = WorkflowDefinition.Empty with
        {
            Trigger = new WorkflowTrigger { Type = "event", Event = "plan.changed" },
            Nodes = [new WorkflowNode { Id = "a", Type = "set", Config = JsonElement.Parse("""{"values":{"x":"1"}}""") }],
            Links = [new LinkConnection("trigger", null, "a")],
        };
        foreach (var visibility in new[] { WorkflowVisibility.Private, WorkflowVisibility.Tenant })
            Assert.True((await app.Get<CreateWorkflow>().RunAsync(world.Admin,
                new NewWorkflow("Listens", "", WorkflowStatus.Active, definition, EditorState.None,
                    "studio")
                { Visibility = visibility })).Ok);
        var sent = new NewEvent("plan.changed", null, JsonElement.Parse("{}"));
        Assert.Equal(2, (await app.Get<SendEvent>().RunAsync(world.Admin, sent)).Value!.Came.Started.Count);
        var other = world.Caller(HeldRole.Of(WorkspaceRole.Editor), Relation.Other);
        Assert.Single((await app.Get<SendEvent>().RunAsync(other, sent)).Value!.Came.Started);
    }

    [Fact]
    public async Task Default_HoldsForWhatIsMadeInTheStudio_AndCopiesAreNoLeak()
    {
        var world = await AccessWorld.MakeAsync(app);
        var editor = world.Caller(HeldRole.Of(WorkspaceRole.Editor), Relation.Owns);
        await app.Get<SetDefaultVisibility>().RunAsync(world.Admin, WorkflowVisibility.Private);
        Assert.Equal(WorkflowVisibility.Private, await MadeAsync(NewWorkflow.Draft("Studio")));
        Assert.Equal(WorkflowVisibility.Tenant, await MadeAsync(NewWorkflow.Draft("By API") with { Origin = "graph" }));
        await app.Get<SetDefaultVisibility>().RunAsync(world.Admin, WorkflowVisibility.Tenant);
        var copy = (await app.Get<DuplicateWorkflow>().RunAsync(editor, world.Targets[0].Id)).Value!.Id;
        Assert.Equal(WorkflowVisibility.Private, (await app.Get<ReadSharing>().RunAsync(editor, copy)).Value!.Visibility);

        async Task<WorkflowVisibility> MadeAsync(NewWorkflow workflow)
        {
            var id = (await app.Get<CreateWorkflow>().RunAsync(editor, workflow)).Value!.Id;
            return (await app.Get<ReadSharing>().RunAsync(editor, id)).Value!.Visibility;
        }
    }

    [Fact]
    public async Task SharedWithNobodyAnyMore_IsForgottenWithTheMember()
    {
        var world = await AccessWorld.MakeAsync(app);
        await app.Get<IStudioWriter>().WriteAsync(w => w.Db.Add(
            new GrantRow { WorkflowId = world.Targets[2].Id, GranteeId = world.Owner, Level = GrantLevel.View }).Entity.Level);
        Assert.True((await app.Get<ChangeMember>().RemoveAsync(world.Admin, world.Owner)).Ok);
        Assert.DoesNotContain(world.Owner, (await app.Get<ReadSharing>().RunAsync(world.Admin, world.Targets[2].Id)).Value!.UserIds);
    }
}
