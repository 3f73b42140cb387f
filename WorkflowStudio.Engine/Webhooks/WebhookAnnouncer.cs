using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Journal.Statements;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Webhooks;

/// <summary>
/// Writes a delivery for each endpoint that hears of what happens, in the transaction in which it does. Tests of drafts are told to nobody.
/// </summary>
internal sealed class WebhookAnnouncer(EndpointListeners endpoints, CourierBell bell, IdFactory ids) : IAnnouncer
{
    public bool MayStartRuns(RunAppend append) => false;

    public void Started(WriteSession session, RunStart start)
    {
        if (start.Run.IsTest) return;
        var listeners = endpoints.Of(session, start.Run.Tenant);
        if ((listeners.Hear & Happenings.RunStarted) == 0) return;
        Tell(session, listeners, Happenings.RunStarted, Cause.Of(start.Run, start.First.At), DeliveryFacts.None);
    }

    public void Appended(WriteSession session, RunAppend append)
    {
        if (append.Run.IsTest || append.Entries.Count == 0) return;
        var listeners = endpoints.Of(session, append.Run.Tenant);
        if (listeners.Hear == Happenings.None) return;
        for (var i = 0; i < append.Entries.Count; i++) Heard(session, listeners, append.Run, append.Entries[i]);
    }

    public void Changed(WriteSession session, WorkflowRow workflow, WorkflowChange change)
    {
        var tenant = new Tenant(workflow.WorkspaceId, workflow.Environment);
        var what = change switch
        {
            WorkflowChange.Created => Happenings.WorkflowCreated,
            WorkflowChange.Updated => Happenings.WorkflowUpdated,
            _ => Happenings.WorkflowDeleted,
        };
        var listeners = endpoints.Of(session, tenant);
        if ((listeners.Hear & what) == 0) return;
        var cause = new Cause(tenant, workflow.Id, workflow.Name, null, session.Clock.JournalNow())
        { IsHidden = workflow.Visibility != WorkflowVisibility.Tenant };
        Tell(session, listeners, what, cause, DeliveryFacts.Of(workflow));
    }

    private void Heard(WriteSession session, Listeners listeners, RunIdentity run, JournalEntry entry)
    {
        var what = entry.Event switch
        {
            RunEvent.StepCompleted => Happenings.StepCompleted,
            RunEvent.StepFailed => Happenings.StepFailed,
            RunEvent.RunCompleted => Happenings.RunCompleted,
            RunEvent.RunFailed => Happenings.RunFailed,
            _ => Happenings.None,
        };
        if ((listeners.Hear & what) == 0) return;
        var facts = entry.Event switch
        {
            RunEvent.StepCompleted c => new DeliveryFacts { Step = c.Node, Iteration = c.Iteration },
            RunEvent.StepFailed f => DeliveryFacts.Failure(f.Node, f.Iteration, f.Code, f.Message),
            RunEvent.RunFailed f => DeliveryFacts.Failure(null, null, f.Code, f.Message),
            _ => DeliveryFacts.None,
        };
        Tell(session, listeners, what, Cause.Of(run, entry.At), facts);
    }

    private void Tell(WriteSession session, Listeners listeners, Happenings what, in Cause cause, DeliveryFacts facts)
    {
        string? text = null;
        var captured = cause.Tenant.Environment == StudioEnvironment.Test; // nothing leaves the sandbox
        var isHidden = cause.IsHidden || listeners.Hide(cause.WorkflowId);
        foreach (var listener in listeners.All)
        {
            if ((listener.Events & what) == 0 || (listener.WorkflowId is { } only ? only != cause.WorkflowId : isHidden)) continue;
            session.Journal.Deliveries.Insert(new DeliveryInsert(
                ids.New(), listener.EndpointId, cause.Tenant, (int)listener.Dialect, WebhookEvents.Name(listener.Dialect, what),
                cause.WorkflowId, cause.WorkflowName, cause.RunId, text ??= facts.Text(),
                (int)(captured ? DeliveryState.Captured : DeliveryState.Pending), captured ? null : cause.At, cause.At));
        }

        if (text is not null && !captured) session.AfterCommit(bell.Ring);
    }

    private readonly record struct Cause(Tenant Tenant, Guid WorkflowId, string? WorkflowName, Guid? RunId, DateTimeOffset At)
    {
        /// <summary>Whether not everybody sees the workflow, where that is about to become so.</summary>
        public bool IsHidden { get; init; }

        public static Cause Of(RunIdentity run, DateTimeOffset at) => new(run.Tenant, run.WorkflowId, null, run.RunId, at);
    }
}
