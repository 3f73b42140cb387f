using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Gallery;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Engine.Webhooks;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Connections;
using WorkflowStudio.Operations.Editing;
using WorkflowStudio.Operations.Events;
using WorkflowStudio.Operations.Home;
using WorkflowStudio.Operations.Integrations;
using WorkflowStudio.Operations.Keys;
using WorkflowStudio.Operations.Practice;
using WorkflowStudio.Operations.Retention;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Schedules;
using WorkflowStudio.Operations.Templates;
using WorkflowStudio.Operations.Webhooks;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Operations.Access;

/// <summary>What a row of the table is about.</summary>
internal enum RowKind
{
    /// <summary>The workspace: the role alone decides.</summary>
    Workspace,

    /// <summary>One workflow, or something that hangs on it.</summary>
    Workflow,

    /// <summary>A list, in which what is hidden does not stand.</summary>
    List,
}

/// <summary>A method of an operation, with what it needs and how it is asked.</summary>
/// <param name="Name">The class and the method.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Needs">The permission it names; null for what every member may.</param>
/// <param name="Ask">Asks it. Of a list, the workflows or runs that stand in it.</param>
internal sealed record OperationRow(
    string Name, RowKind Kind, string? Needs, Func<AccessWorld, Caller, Target, Task<(OperationProblem? Problem,
        IEnumerable<Guid>? Found)>> Ask)
{
    /// <summary>What the role has to allow besides.</summary>
    public string? AlsoNeeds { get; init; }

    /// <summary>
    /// Whether it takes a workflow away, which a grant allows from <c>manage</c> on; each is asked of a workflow of its own.
    /// </summary>
    public bool Deletes { get; init; }
}

/// <summary>
/// The table of access.md, "Proof": a row for every method of an operation that takes a caller. A new one without a row fails
/// <see cref="AccessMatrixTests"/>. Where it is allowed, what is asked for is either harmless or impossible for another reason.
/// </summary>
internal static partial class OperationRows
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");
    private static readonly DraftWork Stale = new(-1, WorkflowDefinition.Empty, EditorState.None);
    private static readonly string Long = new('n', 500);

    public static IReadOnlyList<OperationRow> All { get; } =
    [
        .. Lists(), .. Workspaces(), .. Runs(), .. Workflows(), // lists first: others add to them
    ];

    private static IEnumerable<OperationRow> Workflows()
    {
        const string manage = "workflows.manage", run = "workflows.run", view = "workflows.view", share = "workflows.share";
        yield return On<GetWorkflow>("RunAsync", view, async (o, c, t) => (await o.RunAsync(c, t.Id)).Problem);
        yield return On<ReadWorkflow>("RunAsync", view, async (o, c, t) => (await o.RunAsync(c, t.Id)).Problem);
        yield return On<SaveDraft>("RunAsync", manage, async (o, c, t) => (await o.RunAsync(c, t.Id, Stale)).Problem);
        yield return On<PublishWorkflow>("RunAsync", manage, async (o, c, t) => (await o.RunAsync(c, t.Id, -1)).Problem);
        yield return On<SetWorkflowStatus>("RunAsync", manage, async (o, c, t) => (await o.RunAsync(c, t.Id, on: false)).Problem);
        yield return On<ActivateWorkflow>("RunAsync", manage, async (o, c, t) =>
            (await o.RunAsync(c, t.Id)).Problem);
        yield return On<UpdateWorkflow>("RunAsync", manage, async (o, c, t) =>
            (await o.RunAsync(c, t.Id, _ => new OperationProblem.Conflict("test", "Nothing is changed."))).Problem);
        yield return On<RenameWorkflow>("RunAsync", manage, async (o, c, t) =>
            (await o.RunAsync(c, t.Id, $"Flow {t.Visibility}", "")).Problem);
        yield return On<DuplicateWorkflow>("RunAsync", view, async (o, c, t) =>
            (await o.RunAsync(c, t.Id)).Problem) with
        { AlsoNeeds = manage };
        yield return On<DeleteWorkflow>("RunAsync", manage, async (o, c, t) => (await o.RunAsync(c, t.Id)).Problem) with { Deletes = true };
        // what cannot be discarded is answered like what is not there
        yield return On<DiscardUntouched>("RunAsync", manage, async (o, c, t) =>
            await o.RunAsync(c, t.Id) is { Ok: true } && !AccessRules.Sees(c.Roles[0], RelationOf(c), t.Visibility)
                ? new OperationProblem.NotFound("workflow")
                : (await o.RunAsync(c, t.Id)).Problem);
        yield return On<StartRun>("RunAsync", run, async (o, c, t) => (await o.RunAsync(c, t.Id, Nothing, "manual")).Problem);
        yield return On<StartRun>("GuardedAsync", run, async (o, c, t) => (await o.GuardedAsync(c, t.Id, Nothing, "manual", null)).Problem);
        yield return On<StartContactRun>("RunAsync", run, async (o, c, t) =>
            (await o.RunAsync(c, t.Id, NewIds.Next(), null)).Problem);
        yield return On<TestDraft>("RunAsync", run, async (o, c, t) => (await o.RunAsync(c, t.Id, new DraftTest(Nothing, "none"))).Problem);
        yield return On<ReadTriggerLog>("RunAsync", "runs.view", async (o, c, t) => (await o.RunAsync(c, t.Id)).Problem);
        yield return On<ReadSchedules>("OneAsync", view, async (o, c, t) => (await o.OneAsync(c, t.Schedule)).Problem);
        yield return On<ReadSchedules>("OfWorkflowAsync", view, async (o, c, t) => (await o.OfWorkflowAsync(c, t.Id)).Problem);
        yield return On<SwitchSchedule>("RunAsync", "schedules.manage", async (o, c, t) =>
            (await o.RunAsync(c, t.Schedule, on: true)).Problem);
        yield return On<FireSchedule>("RunAsync", run, async (o, c, t) => (await o.RunAsync(c, t.Schedule)).Problem);
        yield return On<SetSchedule>("RunAsync", "schedules.manage", async (o, c, t) =>
            (await o.RunAsync(c, t.Id, new ScheduleWish("0 9 * * *", null, null))).Problem);
        yield return On<SetSchedule>("RemoveAsync", "schedules.manage", async (o, c, t) => (await o.RemoveAsync(c, t.Id)).Problem);
        yield return On<ReadSharing>("RunAsync", view, async (o, c, t) => (await o.RunAsync(c, t.Id)).Problem);
        yield return On<ShareWorkflow>("SetAsync", share, async (o, c, t) => (await o.SetAsync(c, t.Id, new SharingWish())).Problem);
        yield return On<ShareWorkflow>("GrantAsync", share, async (o, c, t) => (await o.GrantAsync(c, t.Id, NewIds.Next(), null)).Problem);
        yield return On<ShareWorkflow>("HandOverAsync", share, async (o, c, t) => (await o.HandOverAsync(c, t.Id, NewIds.Next())).Problem);
        yield return OnEdit("OpenAsync", view, async (o, c, t) => (await o.OpenAsync(c, t.Id, default)).Problem);
        yield return OnEdit("SaveAsync", manage, async (o, c, t) => (await o.SaveAsync(c, t.Id, Stale, default)).Problem);
        yield return OnEdit("PublishAsync", manage, async (o, c, t) => (await o.PublishAsync(c, t.Id, -1, default)).Problem);
        yield return OnEdit("RenameAsync", manage, async (o, c, t) =>
            (await o.RenameAsync(c, t.Id, $"Flow {t.Visibility}", "", default)).Problem);
        yield return OnEdit("StartAsync", run, async (o, c, t) => (await o.StartAsync(c, t.Id, Nothing, default)).Problem);
        yield return OnEdit("TestAsync", run, async (o, c, t) =>
            (await o.TestAsync(c, t.Id, new DraftTest(Nothing, "none"), default)).Problem);
    }

    private static IEnumerable<OperationRow> Runs()
    {
        yield return On<AwaitRun>("RunAsync", "runs.view", async (o, c, t) =>
        {
            var read = await o.RunAsync(c, t.Run, TimeSpan.Zero, default);
            read.Value?.Dispose();
            return read.Problem;
        });
        const string control = "runs.control", view = "runs.view", again = "workflows.run";
        yield return On<ReadRun>("StatusAsync", view, async (o, c, t) => (await o.StatusAsync(c, t.Run)).Problem);
        yield return On<ReadRun>("LogAsync", view, async (o, c, t) => (await o.LogAsync(c, t.Run, 0, 10)).Problem);
        yield return On<ListDialectRuns>("FindAsync", view, async (o, c, t) => (await o.FindAsync(c, t.Run)).Problem);
        yield return On<FollowRun>("OpenAsync", view, async (o, c, t) =>
        {
            var opened = await o.OpenAsync(c, t.Run, 0, default);
            opened.Value?.Dispose();
            return opened.Problem;
        });
        yield return On<WatchRun>("OpenAsync", view, async (o, c, t) =>
        {
            var opened = await o.OpenAsync(c, t.Run, default);
            opened.Value?.Dispose();
            return opened.Problem;
        });
        yield return On<ControlRun>("CancelAsync", control, async (o, c, t) => (await o.CancelAsync(c, t.Run)).Problem);
        yield return On<ControlRun>("PauseAsync", control, async (o, c, t) => (await o.PauseAsync(c, t.Run)).Problem);
        yield return On<ControlRun>("ResumeAsync", control, async (o, c, t) => (await o.ResumeAsync(c, t.Run)).Problem);
        yield return On<ControlRun>("WakeAsync", control, async (o, c, t) => (await o.WakeAsync(c, t.Run, null)).Problem);
        yield return On<ControlRun>("SignalAsync", control, async (o, c, t) => (await o.SignalAsync(c, t.Run, "s", Nothing)).Problem);
        yield return On<RepeatRun>("FromFailureAsync", again, async (o, c, t) => (await o.FromFailureAsync(c, t.Run)).Problem);
        yield return On<RepeatRun>("IterationAsync", again, async (o, c, t) => (await o.IterationAsync(c, t.Run, "none", 0)).Problem);
        yield return On<RepeatRun>("AgainAsync", again, async (o, c, t) =>
            (await o.AgainAsync(c, t.Run, new RunAgain(), "manual")).Problem);
        yield return On<Approvals>("DecideAsync", "approvals.decide", async (o, c, t) =>
            (await o.DecideAsync(c, t.Approval, approve: true, "", default)).Problem);
        yield return On<Approvals>("OfRunAsync", view, async (o, c, t) =>
            (await o.OfRunAsync(c, t.Run, default)).Problem) with
        { AlsoNeeds = "data.view" };
        yield return On<ReadOutbox>("OfRunAsync", view, async (o, c, t) =>
            (await o.OfRunAsync(c, t.Run, default)).Problem) with
        { AlsoNeeds = "data.view" };
    }

    private static IEnumerable<OperationRow> Lists()
    {
        const string workflows = "workflows.view", runs = "runs.view";
        yield return In<ListWorkflows>("RunAsync", workflows, async (o, c, _) =>
            await o.RunAsync(c, new WorkflowFilter(Take: 100)) is var l ? (l.Problem, l.Value?.Items.Select(i => i.Workflow.Id)) : default);
        yield return In<ListWorkflows>("WithDefinitionsAsync", workflows, async (o, c, _) =>
            await o.WithDefinitionsAsync(c, new WorkflowFilter(Take: 100)) is var l ? (l.Problem, l.Value?.Items.Select(i =>
                i.Workflow.Id)) : default);
        yield return In<ReadSchedules>("ListAsync", workflows, async (o, c, _) =>
            await o.ListAsync(c) is var l ? (l.Problem, l.Value?.Select(s => s.WorkflowId)) : default);
        yield return In<ReadSharing>("OfShownAsync", workflows, async (o, c, t) =>
            await o.OfShownAsync(c, [t.Id]) is var l ? (l.Problem, l.Value?.Keys) : default);
        yield return In<ListRuns>("PageAsync", runs, async (o, c, _) =>
            await o.PageAsync(c, RunFilter.None, null, 50, default) is var l ? (l.Problem, l.Value?.Runs.Select(r =>
                r.WorkflowId)) : default);
        yield return In<ListRuns>("FindAsync", runs, async (o, c, t) =>
            await o.FindAsync(c, RunFilter.None, [t.Run], default) is var l ? (l.Problem, l.Value?.Select(r => r.WorkflowId)) : default);
        yield return In<ListDialectRuns>("RunAsync", runs, async (o, c, _) =>
            await o.RunAsync(c, new NumberedRunFilter(), 0, 50) is var l ? (l.Problem, l.Value?.Items.Select(r =>
                r.Run.WorkflowId)) : default);
        yield return In<ReadTriggerLog>("AllAsync", runs, async (o, c, _) =>
            await o.AllAsync(c, new TriggerLogFilter(), null, 100) is var l
                ? (l.Problem, l.Value?.Lines.Select(t => t.WorkflowId)) : default);
        yield return In<ReadHome>("ReadAsync", runs, async (o, c, _) =>
            await o.ReadAsync(c, [TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddMinutes(1)],
                default) is var h
                ? (h.Problem, h.Value?.Recent.Select(r => r.WorkflowId)) : default);
        yield return In<Approvals>("ListAsync", "data.view", async (o, c, _) =>
            await o.ListAsync(c, open: true, default) is var l ? (l.Problem, l.Value?.Select(a => a.WorkflowId)) : default);
        yield return In<Notifications>("ListAsync", "data.view", async (o, c, _) => await o.ListAsync(c, unread: true, default) is var l
            ? (l.Problem, l.Value?.Items.Select(n => n.WorkflowId ?? Guid.Empty)) : default);
        yield return In<ReadOutbox>("PageAsync", "data.view", async (o, c, t) =>
            await o.PageAsync(c, null, null, default) is var l ? (l.Problem, l.Value?.Items.Select(m =>
                m.RunId == t.Run ? t.Id : Guid.Empty)) : default);
        yield return Editing("SurroundingsAsync", workflows, async (o, c, _) =>
            c.Refuse(Permission.ViewWorkflows) is { } no
                ? (no, null) : (null, (await o.SurroundingsAsync(c, default)).Workflows.Select(w => w.Id)));
        yield return Editing("LastRunAsync", runs, async (o, c, t) =>
            c.Refuse(Permission.ViewRuns) is { } no ? (no, null) : (null, await o.LastRunAsync(c, t.Id, default) is null ? [] : [t.Id]));
    }

    private static IEnumerable<OperationRow> Workspaces()
    {
        yield return Of<CreateWorkflow>("RunAsync", "workflows.manage", async (o, c) =>
            (await o.RunAsync(c, NewWorkflow.Draft(Long))).Problem);
        yield return new OperationRow("EditWorkflow.CopyAsync", RowKind.Workspace, "workflows.manage", async (w, c, _) =>
            ((await w.App.Get<IEditWorkflow>().CopyAsync(c, Long, Stale, default)).Problem, null));
        // tells nothing of what it did, and does nothing to what cannot be discarded: DiscardUntouched has the row
        yield return new OperationRow("EditWorkflow.DiscardUntouchedAsync", RowKind.Workspace, null, async (w, c, t) =>
        {
            await w.App.Get<IEditWorkflow>().DiscardUntouchedAsync(c, t.Id, default);
            return (null, null);
        });
        yield return new OperationRow("EditWorkflow.TestRunAsync", RowKind.Workspace, null, async (w, c, t) =>
            (await w.App.Get<IEditWorkflow>().TestRunAsync(c, t.Run, default) is null
                ? null : new OperationProblem.Conflict("leak", ""), null));
        yield return Of<ReadSchedules>("PreviewAsync", "workflows.view", async (o, c) => (await o.PreviewAsync(c, Nothing, null)).Problem);
        yield return Of<SendEvent>("RunAsync", "events.send", async (o, c) =>
            (await o.RunAsync(c, new NewEvent("NOT ONE", null, Nothing))).Problem);
        yield return Of<WatchRuns>("ChangesAsync", "runs.view", async (o, c) =>
        {
            using var stop = new CancellationTokenSource();
            await using var changes = o.ChangesAsync(c, TimeSpan.Zero, TimeProvider.System, stop.Token).GetAsyncEnumerator(stop.Token);
            var next = changes.MoveNextAsync().AsTask();
            var refused = next.IsCompletedSuccessfully && !await next;
            await stop.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return refused ? c.Refuse(Permission.ViewRuns) ?? new OperationProblem.NotFound("feed") : null;
        });
        const string data = "data.manage";
        yield return Of<Contacts>("PageAsync", data, async (o, c) => (await o.PageAsync(c, null, 0, 10, default)).Problem);
        yield return Of<Contacts>("FindAsync", data, async (o, c) => There((await o.FindAsync(c, NewIds.Next(), default)).Problem));
        yield return Of<Contacts>("TimelineAsync", data, async (o, c) =>
            There((await o.TimelineAsync(c, null, "nobody@example.org", default)).Problem));
        yield return Of<Contacts>("AddAsync", data, async (o, c) =>
            (await o.AddAsync(c, new ContactFields(), null, default)).Problem);
        yield return Of<Contacts>("ChangeAsync", data, async (o, c) =>
            There((await o.ChangeAsync(c, NewIds.Next(), _ => throw new InvalidOperationException(), default)).Problem));
        foreach (var row in OfRecords()) yield return row;
        foreach (var row in OfForms().Concat(OfInvoices()).Concat(OfConversations())) yield return row;
        yield return Of<ReadContactStory>("RunAsync", "data.view", async (o, c) =>
            There((await o.RunAsync(c, NewIds.Next(), default)).Problem));
        yield return Of<AllowMessages>("RunAsync", data, async (o, c) =>
            There((await o.RunAsync(c, NewIds.Next(), MessageChannel.Sms, default)).Problem));
        yield return Of<Notifications>("ReadAsync", "data.view", async (o, c) =>
            There((await o.ReadAsync(c, NewIds.Next(), default)).Problem));
        yield return Of<Messages>("ReceiveAsync", data, async (o, c) => (await o.ReceiveAsync(
            c, new IncomingMessage(MessageChannel.Email, "a@example.test", null, "Hi"), null, default)).Problem);
        yield return Of<Contacts>("RemoveAsync", data, async (o, c) => There((await o.RemoveAsync(c, NewIds.Next(), default)).Problem));
        yield return Of<PingWorkspace>("RunAsync", "workflows.view", async (o, c) => (await o.RunAsync(c)).Problem);
        yield return Of<ReadTemplates>("List", "workflows.view", (o, c) => Task.FromResult(o.List(c).Problem));
        yield return Of<ReadTemplates>("One", "workflows.view", (o, c) => Task.FromResult(There(o.One(c, NewIds.Next()).Problem)));
        yield return Of<UseTemplate>("RunAsync", "workflows.manage", async (o, c) =>
            (await o.RunAsync(c, TemplateGallery.All[0].Id, Long)).Problem);
        yield return Of<ReadStepTypes>("Run", "workflows.view", (o, c) => Task.FromResult(o.Run(c).Problem));
        yield return Of<ReadCalendar>("WeekAsync", "data.view", async (o, c) => (await o.WeekAsync(c, null, default)).Problem);
        yield return Of<FindFreeTimes>("TypesAsync", "data.view", async (o, c) => (await o.TypesAsync(c, default)).Problem);
        yield return Of<FindFreeTimes>("RunAsync", "data.view", async (o, c) =>
            (await o.RunAsync(c, new FreeTimeWish("", null, null), default)).Problem);
        yield return Of<CalendarLinks>("FindAsync", "data.view", async (o, c) => (await o.FindAsync(c, default)).Problem);
        yield return Of<CalendarLinks>("RenewAsync", data, async (o, c) => (await o.RenewAsync(c, default)).Problem);
        yield return Of<CalendarLinks>("TellAsync", data, async (o, c) => (await o.TellAsync(c, false, default)).Problem);
        yield return Of<CalendarLinks>("StopAsync", data, async (o, c) => (await o.StopAsync(c, default)).Problem);
        yield return Of<ReadDocuments>("FindAsync", "data.view", async (o, c) =>
            There((await o.FindAsync(c, NewIds.Next(), default)).Problem));
        yield return Of<ReadOutbox>("FindAsync", "data.view", async (o, c) =>
            There((await o.FindAsync(c, NewIds.Next(), default)).Problem));
        yield return Of<DecideMessage>("SettleAsync", "outbox.resend", async (o, c) =>
            There((await o.SettleAsync(c, NewIds.Next(), true)).Problem));
        yield return Of<DecideMessage>("ResendAsync", "outbox.resend", async (o, c) =>
            There((await o.ResendAsync(c, NewIds.Next())).Problem));
        yield return Of<ReadDocuments>("ContentAsync", "data.view", async (o, c) =>
            There((await o.ContentAsync(c, NewIds.Next(), default)).Problem));
        yield return Of<RemoveDocument>("RunAsync", "data.manage", async (o, c) =>
            There((await o.RunAsync(c, NewIds.Next(), default)).Problem));
        yield return Of<ReadWorkspace>("ReadAsync", null, async (o, c) => (await o.ReadAsync(c, default)).Problem);
        yield return Of<ReadRetention>("RunAsync", "runs.view", async (o, c) => (await o.RunAsync(c)).Problem);
        yield return Of<SetRetention>("RunAsync", "settings.manage", async (o, c) =>
            (await o.RunAsync(c, new RetentionChange(-1, null, null, null))).Problem);
        yield return Of<AllowCode>("RunAsync", "settings.manage", async (o, c) => (await o.RunAsync(c, null)).Problem);
        yield return Of<SetDefaultVisibility>("RunAsync", "settings.manage", async (o, c) =>
            (await o.RunAsync(c, WorkflowVisibility.Tenant)).Problem);
        yield return Of<SetConnection>("RunAsync", "connections.manage", async (o, c) =>
            (await o.RunAsync(c, new Connection(ConnectionKinds.WebhookSecret, "hub", Nothing, "s"))).Problem);
        yield return Of<TryConnection>("RunAsync", "connections.manage", async (o, c) =>
            There((await o.RunAsync(c, ConnectionKinds.Ai, null)).Problem));
        yield return Of<ReadConnections>("ListAsync", "connections.manage", async (o, c) => (await o.ListAsync(c)).Problem);
        yield return Of<ReadConnections>("UsesAsync", "connections.manage", async (o, c) => (await o.UsesAsync(c, "ai", "x")).Problem);
        yield return Of<RemoveConnection>("RunAsync", "connections.manage", async (o, c) =>
            There((await o.RunAsync(c, "none", null)).Problem));
        yield return Of<CreateKey>("RunAsync", "keys.manage", async (o, c) =>
            (await o.RunAsync(c, StudioEnvironment.Test, "", [])).Problem);
        yield return Of<ListKeys>("RunAsync", "keys.manage", async (o, c) => (await o.RunAsync(c)).Problem);
        yield return new OperationRow("RevokeKey.RunAsync", RowKind.Workspace, "keys.manage", async (w, c, _) =>
            ((await w.App.Get<RevokeKey>().RunAsync(c, w.Key)).Problem, null));
        yield return Of<ListMembers>("RunAsync", "members.manage", async (o, c) => (await o.RunAsync(c)).Problem);
        yield return Of<ChangeMember>("SetAsync", "members.manage", async (o, c) => (await o.SetAsync(c, NewIds.Next(), [])).Problem);
        yield return Of<ChangeMember>("AddAsync", "members.manage", async (o, c) =>
            (await o.AddAsync(c, "nobody@example.test", [])).Problem is OperationProblem.Forbidden no ? no : null);
        yield return Of<ChangeMember>("RemoveAsync", "members.manage", async (o, c) =>
            There((await o.RemoveAsync(c, NewIds.Next())).Problem));
        yield return Of<InviteMember>("RunAsync", "members.manage", async (o, c) => (await o.RunAsync(c, "", [])).Problem);
        yield return Of<ListInvitations>("RunAsync", "members.manage", async (o, c) => (await o.RunAsync(c)).Problem);
        yield return Of<WithdrawInvitation>("RunAsync", "members.manage", async (o, c) =>
            There((await o.RunAsync(c, NewIds.Next())).Problem));
        yield return Of<MakeResetLink>("RunAsync", "members.manage", async (o, c) =>
            There((await o.RunAsync(c, NewIds.Next())).Problem));
        yield return Of<ListRoles>("RunAsync", "workflows.view", async (o, c) => (await o.RunAsync(c)).Problem);
        yield return Of<ChangeRole>("AddAsync", "members.manage", async (o, c) => (await o.AddAsync(c, "", default)).Problem);
        yield return Of<ChangeRole>("SetAsync", "members.manage", async (o, c) =>
            There((await o.SetAsync(c, NewIds.Next(), null, null)).Problem));
        yield return Of<ChangeRole>("RemoveAsync", "members.manage", async (o, c) =>
            There((await o.RemoveAsync(c, NewIds.Next())).Problem));
        yield return Of<ListIntegrations>("RunAsync", "workflows.view", async (o, c) => (await o.RunAsync(c, null)).Problem);
        yield return Of<ChangeIntegrations>("CreateAsync", "workflows.manage", async (o, c) =>
            (await o.CreateAsync(c, new IntegrationWish("", null, null, null))).Problem);
        yield return Of<ChangeIntegrations>("UpdateAsync", "workflows.manage", async (o, c) =>
            There((await o.UpdateAsync(c, NewIds.Next(), new IntegrationWish(null, null, null, null))).Problem));
        yield return Of<ChangeIntegrations>("RemoveAsync", "workflows.manage", async (o, c) =>
            There((await o.RemoveAsync(c, NewIds.Next())).Problem));
        yield return Of<CheckWorkflow>("Run", "workflows.view", (o, c) => Task.FromResult(o.Run(c, WorkflowDefinition.Empty).Problem));
        yield return Hook<CreateEndpoint>("RunAsync", async (o, c) =>
            (await o.RunAsync(c, new NewEndpoint(WebhookDialect.Services, "nowhere", []))).Problem);
        yield return Hook<ListEndpoints>("RunAsync", async (o, c) => (await o.RunAsync(c)).Problem);
        yield return Hook<GetEndpoint>("RunAsync", async (o, c) => There((await o.RunAsync(c, NewIds.Next())).Problem));
        yield return Hook<ChangeEndpoint>("RunAsync", async (o, c) =>
            There((await o.RunAsync(c, NewIds.Next(), new EndpointChange())).Problem));
        yield return Hook<RemoveEndpoint>("RunAsync", async (o, c) => There((await o.RunAsync(c, NewIds.Next())).Problem));
        yield return Hook<RotateSecret>("RunAsync", async (o, c) => There((await o.RunAsync(c, NewIds.Next(), TimeSpan.Zero)).Problem));
        yield return Hook<TestEndpoint>("RunAsync", async (o, c) => There((await o.RunAsync(c, NewIds.Next())).Problem));
        yield return Hook<ListDeliveries>("RunAsync", async (o, c) => There((await o.RunAsync(c, NewIds.Next())).Problem));
        yield return Hook<ResendDelivery>("RunAsync", async (o, c) => There((await o.RunAsync(c, NewIds.Next())).Problem));
        yield return Of<ReadAudit>("RunAsync", "audit.view", async (o, c) => (await o.RunAsync(c)).Problem);
    }

    private static OperationRow Hook<T>(string method, Func<T, Caller, Task<OperationProblem?>> ask)
        where T : notnull => Of(method, "webhooks.manage", ask);

    // of the workspace: that there is no such thing is not about rights
    private static OperationProblem? There(OperationProblem? problem) => problem is OperationProblem.NotFound ? null : problem;

    private static Relation RelationOf(Caller caller) => Enum.Parse<Relation>(caller.Name.Split(", ")[1]);

    private static OperationRow On<T>(string method, string needs, Func<T, Caller, Target, Task<OperationProblem?>> ask)
        where T : notnull =>
        new($"{typeof(T).Name}.{method}", RowKind.Workflow, needs, async (w, c, t) => (await ask(w.App.Get<T>(), c, t), null));

    private static OperationRow OnEdit(string method, string needs, Func<IEditWorkflow, Caller, Target, Task<OperationProblem?>> ask) =>
        On(method, needs, ask) with { Name = $"{nameof(EditWorkflow)}.{method}" };

    private static OperationRow In<T>(
        string method, string needs, Func<T, Caller, Target, Task<(OperationProblem?, IEnumerable<Guid>?)>> ask)
        where T : notnull =>
        new($"{typeof(T).Name}.{method}", RowKind.List, needs, (w, c, t) => ask(w.App.Get<T>(), c, t));

    private static OperationRow Editing(
        string method, string needs, Func<IEditWorkflow, Caller, Target, Task<(OperationProblem?, IEnumerable<Guid>?)>> ask) =>
        In(method, needs, ask) with { Name = $"{nameof(EditWorkflow)}.{method}" };

    private static OperationRow Of<T>(string method, string? needs, Func<T, Caller, Task<OperationProblem?>> ask)
        where T : notnull =>
        new($"{typeof(T).Name}.{method}", RowKind.Workspace, needs, async (w, c, _) => (await ask(w.App.Get<T>(), c), null));
}
