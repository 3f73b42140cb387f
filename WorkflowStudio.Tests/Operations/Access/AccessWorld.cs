using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Practice.Notifications;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Keys;
using WorkflowStudio.Operations.Schedules;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Operations.Access;

/// <summary>How somebody stands to the workflows of an <see cref="AccessWorld"/>.</summary>
public enum Relation
{
    Owns,
    Other,
    GrantedView,
    GrantedRun,
    GrantedEdit,
    GrantedManage,
}

/// <summary>A workflow with all that hangs on one.</summary>
internal sealed record Target(Guid Id, WorkflowVisibility Visibility, int Revision)
{
    public Guid Run { get; init; }

    public Guid Schedule { get; init; }

    public Guid Approval { get; init; }
}

/// <summary>A workspace with a workflow of each visibility, owned by one person and granted to others at each level.</summary>
internal sealed class AccessWorld
{
    private readonly StudioApp app;
    private readonly Dictionary<Relation, Guid> people = Enum.GetValues<Relation>().ToDictionary(r => r, _ => NewIds.Next());

    private AccessWorld(StudioApp app, Caller admin) => (this.app, Admin) = (app, admin);

    public StudioApp App => app;

    /// <summary>An owner of the workspace who owns no workflow.</summary>
    public Caller Admin { get; }

    /// <summary>The role that somebody made: reads, and controls runs.</summary>
    public HeldRole Custom { get; } = new()
    {
        Name = "Night watch", MadeId = NewIds.Next(),
        Permissions = Permissions.Of(Permission.ViewWorkflows, Permission.ViewRuns, Permission.ControlRuns),
    };

    public IReadOnlyList<Target> Targets { get; private set; } = [];

    public Guid Owner => people[Relation.Owns];

    /// <summary>A key of the workspace that was revoked.</summary>
    public Guid Key { get; private set; }

    public static async Task<AccessWorld> MakeAsync(StudioApp app)
    {
        var practice = await app.PracticeAsync();
        var world = new AccessWorld(app, practice.Owner with { UserId = NewIds.Next() });
        await app.Get<IStudioWriter>().WriteAsync(w =>
        {
            w.Db.Add(new MemberRow { WorkspaceId = world.Admin.Tenant.WorkspaceId, UserId = world.Owner });
            return 0;
        });
        world.Key = (await app.Get<CreateKey>().RunAsync(world.Admin, StudioEnvironment.Test, "Gone", [Scopes.All[0]])).Value!.Facts.Id;
        await app.Get<RevokeKey>().RunAsync(world.Admin, world.Key);
        var targets = new List<Target>();
        foreach (var visibility in Enum.GetValues<WorkflowVisibility>()) targets.Add(await world.AddAsync(visibility));
        world.Targets = targets;
        return world;
    }

    /// <summary>Somebody of this role who stands to the workflows like this.</summary>
    public Caller Caller(HeldRole role, Relation relation) =>
        new() { Tenant = Admin.Tenant, UserId = people[relation], Name = $"{role.Name}, {relation}", Roles = [role] };

    /// <summary>A workflow that starts by the clock, was paused, has run once, has asked somebody once and sent a message.</summary>
    public async Task<Target> AddAsync(WorkflowVisibility visibility)
    {
        var owner = Caller(HeldRole.Of(WorkspaceRole.Editor), Relation.Owns);
        var definition = WorkflowDefinition.Empty with
        {
            Trigger = new WorkflowTrigger { Type = "schedule", Config = JsonElement.Parse("""{"cron":"30 9 * * *","timezone":"UTC"}""") },
            Nodes = [new WorkflowNode { Id = "a", Type = "set", Config = JsonElement.Parse("""{"values":{"x":"1"}}""") }],
            Links = [new LinkConnection("trigger", null, "a")],
        };
        var made = await app.Get<CreateWorkflow>().RunAsync(
            owner, new NewWorkflow($"Flow {visibility}", "", WorkflowStatus.Paused, definition, EditorState.None, "studio")
            { Visibility = visibility });
        Assert.True(made.Ok, made.Problem?.Message);
        var id = made.Value.Id;
        await app.Get<IStudioWriter>().WriteAsync(w =>
        {
            foreach (var (relation, user) in people.Where(p => p.Key >= Relation.GrantedView))
                w.Db.Add(new GrantRow { WorkflowId = id, GranteeId = user, Level = (GrantLevel)(relation - Relation.GrantedView) });
            w.Log(new TriggerLogRow
            {
                WorkspaceId = Admin.Tenant.WorkspaceId, Environment = Admin.Tenant.Environment, WorkflowId = id, Cause = "schedule",
                Outcome = TriggerOutcome.Refused, Reason = "constraints",
            });
            return 0;
        });
        var run = await RunAsync(id);
        var schedule = (await app.Get<ReadSchedules>().OfWorkflowAsync(Admin, id)).Value!.Schedule.Id;
        var question = new ApprovalQuestion("May it?", "", "", "Yes", "No", null);
        var approval = await app.Get<ApprovalStore>()
            .AskAsync(Admin.Tenant, question, new EffectSource($"test:{id:N}", run, id, "a"), default);
        // of a run that nobody knows to be over, so that it stands in the list
        await app.Get<ApprovalStore>()
            .AskAsync(Admin.Tenant, question, new EffectSource($"open:{id:N}", NewIds.Next(), id, "a"), default);
        return new Target(id, visibility, (await app.Get<GetWorkflow>().RunAsync(owner, id)).Value!.Revision)
        { Run = run, Schedule = schedule, Approval = approval.Id };
    }

    /// <summary>A run that is over; and a message that it has sent.</summary>
    public async Task<Guid> RunAsync(Guid workflowId, Guid? parent = null, string payload = """{"secret":"4711"}""")
    {
        var (id, now) = (NewIds.Next(), TimeProvider.System.GetUtcNow());
        JournalEntry[] entries =
        [
            new(1, now, new RunEvent.RunStarted(JsonElement.Parse(payload))),
            new(2, now, new RunEvent.Log("a", 1, Engine.Nodes.NodeLogLevel.Info, "4711 was looked at")),
            new(3, now, new RunEvent.StepCompleted("a", 1, JsonElement.Parse("""{"x":"4711"}"""), null)),
            new(4, now, new RunEvent.RunCompleted()),
        ];
        await app.Get<IStudioWriter>().WriteAsync(w =>
        {
            var workflow = w.Db.Workflows.Single(f => f.Id == workflowId);
            w.Db.Add(new RunRow
            {
                Id = id, WorkspaceId = workflow.WorkspaceId, Environment = workflow.Environment, WorkflowId = workflowId,
                VersionSerial = workflow.ActiveSerial!.Value, Status = RunStatus.Done, Cause = "manual", CreatedAt = now, FinishedAt = now,
                LastSeq = entries.Length, StepsDone = 1, ParentId = parent, RootId = parent, Depth = parent is null ? 0 : 1,
            });
            foreach (var e in entries.Select(e => EncodedEntry.Of(e)))
                w.Db.Add(new RunEventRow
                {
                    RunId = id, Seq = e.Seq, At = now, Kind = (RunEventKind)e.Kind, NodeId = e.NodeId, Attempt = e.Attempt,
                    Payload = e.Payload,
                });
            w.Db.Add(new OutboxRow
            {
                Id = NewIds.Next(), WorkspaceId = workflow.WorkspaceId, Environment = workflow.Environment, RunId = id,
                WorkflowId = workflowId, NodeId = "a", Channel = MessageChannel.Email, To = "a@example.test", From = "", Body = "4711",
                Captured = true, CreatedAt = now,
            });
            w.Db.Add(new NotificationRow
            {
                Id = NewIds.Next(), WorkspaceId = workflow.WorkspaceId, Environment = workflow.Environment, RunId = id,
                WorkflowId = workflowId, Title = "4711", CreatedAt = now,
            });
            return 0;
        });
        return id;
    }
}
