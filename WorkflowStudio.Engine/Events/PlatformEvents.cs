using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Diagnostics.Telemetry;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;

namespace WorkflowStudio.Engine.Events;

/// <summary>
/// Raises events inside a piece of writing: the runs they start and the steps they wake become durable together with what happened, or not
/// at all. Where nobody listens nothing is written.
/// </summary>
public sealed class PlatformEvents(
    IDbContextFactory<StudioDbContext> contexts, IdFactory ids, TimeProvider clock, IRunFeed feed, RunTracing? tracing = null)
{
    /// <summary>How many runs may start each other by events; a chain that is longer goes round.</summary>
    public const int MaxDepth = 20;

    /// <summary>
    /// How many ends of runs, and findings of steps, may start each other in a row: where several workflows listen for all of them, each
    /// more makes many times as many runs.
    /// </summary>
    public const int MaxChain = 5;

    /// <summary>
    /// How many runs may stand side by side in such a chain behind its first event: eight workflows that listen for all ends would else
    /// make 8, 56, 336 and so on of one. So a chain makes at most this many runs for each of its events.
    /// </summary>
    public const int MaxAbreast = 100;

    /// <summary>How long an event with an id is known again: longer than anybody sends one anew.</summary>
    public static readonly TimeSpan KnownFor = TimeSpan.FromDays(30);

    private const string Refused = "constraints";
    private const string OwnRun = "own_run";
    private const string TooWide = "too_wide";

    private readonly EventTriggers triggers = new();
    private readonly FamilyCounts counts = new(clock);

    /// <summary>
    /// Asks the constraints of those who listen, so that <see cref="Raise"/> need not do it while others wait to write. A version never
    /// changes, so its verdict stays right; whoever listens only since then is asked there.
    /// </summary>
    public async Task<PlatformEvent> WeighAsync(Tenant tenant, PlatformEvent e, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await triggers.OfAsync(db, tenant, e.Type, cancellationToken) is not { Count: > 0 } listeners) return e;
        var data = e.Data();
        return e with
        { Data = () => data, TraceParent = tracing?.Parent(), Verdicts = listeners.ToDictionary(l => l.Serial, l => Judge(l, data)) };
    }

    /// <summary>
    /// Whether somebody listens for an event, or may be about to: what raises an event alone, without anything that has to be written, asks
    /// this first.
    /// </summary>
    public async Task<bool> IsHeardAsync(Tenant tenant, PlatformEvent e, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await triggers.OfAsync(db, tenant, e.Type, cancellationToken)).Count > 0 || IsAwaited(db, tenant, e);
    }

    /// <summary>Starts the workflows of the tenant that the event is for, and wakes the steps that wait for it.</summary>
    public EventReception Raise(StudioWrite write, Tenant tenant, PlatformEvent e)
    {
        if (e.Id is not null && !Receive(write.Db, tenant, e)) return new EventReception([], 0, IsDuplicate: true) { EventId = e.Id };
        e = e with { LogId = e.Id ?? "evt_" + ids.New().ToString("N", CultureInfo.InvariantCulture) };
        var listeners = triggers.Of(write.Db, tenant, e.Type);
        var isAwaited = !KnownEvents.IsEndOfRun(e.Type) && (write.IsStarting(tenant) || IsAwaited(write.Db, tenant, e));
        if (e.WorkflowId is { } of && (listeners.Count > 0 || isAwaited))
        {
            var reach = EventReach.Of(write.Db, of, listeners);
            (listeners, isAwaited) = (reach.Listeners, isAwaited && reach.IsForAll);
        }

        if (listeners.Count == 0 && !isAwaited) return new EventReception([], 0) { EventId = e.LogId };
        var raisedBy = e.RaisedBy is { } run
            ? write.Db.Runs.Where(r => r.Id == run).Select(r => new { r.Id, r.RootId, r.Depth, r.WorkflowId }).FirstOrDefault()
            : null;
        var (depth, root) = (raisedBy is null ? 0 : raisedBy.Depth + 1, raisedBy is null ? (Guid?)null : raisedBy.RootId ?? raisedBy.Id);
        if (e.Chain?.Workflows.Count is > MaxChain and var row)
            return RefuseAll(write, tenant, e, listeners, "too_deep", $$"""{"ends_in_a_row":{{row}}}""");
        if (depth > MaxDepth) return RefuseAll(write, tenant, e, listeners, "too_deep", $$"""{"depth":{{depth}}}""");
        if (listeners.Count > 0 && depth > 1 && root is { } first && !HasRoom(write.Db, first, listeners.Count))
            return RefuseAll(write, tenant, e, listeners, "too_many_runs", $$"""{"open":{{RunFamilies.MostOpen}}}""");
        var data = e.Data();
        // before the runs that it starts: they began by it and do not hear it
        if (isAwaited) write.Signal(tenant, EventName.Signal(e.Type), data);
        var judged = listeners
            .Select(l => (Listener: l, Verdict: IsItsOwn(l) ? null : e.Verdicts.GetValueOrDefault(l.Serial) ?? Judge(l, data)))
            .ToList();
        var chain = e.Chain?.Times(judged.Count(j => j.Verdict is { Allows: true }));
        var isTooWide = chain is { Workflows.Count: > 1, Abreast: > MaxAbreast };
        var reached = new List<ReachedWorkflow>();
        foreach (var (listener, verdict) in judged)
        {
            var (reason, saw) = verdict switch
            {
                null => (OwnRun, "{}"),
                { Allows: false } => (Refused, verdict.Saw),
                _ when isTooWide => (TooWide, $$"""{"side_by_side":{{chain!.Abreast}}}"""),
                _ => (null, verdict.Saw),
            };
            if (reason is not null) write.Log(Line(tenant, e, listener.WorkflowId, reason, saw));
            var made = reason is null ? Start(write, tenant, e, listener, data, (depth, root, chain), saw).RunId : (Guid?)null;
            reached.Add(new ReachedWorkflow(listener.WorkflowId, made, reason));
        }

        return EventReception.Of(e.LogId, reached);

        bool IsItsOwn(EventListener listener) => e.Chain?.Workflows.Contains(listener.WorkflowId) == true
            || (!e.IsForOwnWorkflow && listener.WorkflowId == raisedBy?.WorkflowId);
    }

    /// <summary>The chain of what happens in a run, as far as it was started by one: the workflow itself is its last.</summary>
    internal EventChain ChainOf(StudioDbContext db, Guid runId, Guid workflowId, long versionSerial)
    {
        var start = KnownEvents.IsOfAChain(triggers.EventOf(db, versionSerial))
            ? db.RunEvents.AsNoTracking().Where(e => e.RunId == runId && e.Seq == 1).Select(e => e.Payload).FirstOrDefault()
            : null;
        return start is { Length: > 0 }
            && RunEventCodec.Read(RunEventKind.RunStarted, null, null, 0, start) is RunEvent.RunStarted { Chain: { } before }
            ? before.And(workflowId)
            : EventChain.From(workflowId);
    }

    private bool Receive(StudioDbContext db, Tenant tenant, PlatformEvent e)
    {
        if (db.ReceivedEvents.Find(tenant.WorkspaceId, tenant.Environment, e.Type, e.Id) is not null) return false;
        db.Add(new ReceivedEventRow
        { WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, Type = e.Type, EventId = e.Id!, At = clock.GetUtcNow() });
        return true;
    }

    // a run that is at work, or was when it was paused, may be about to wait: it finds the signal that was sent while nobody did
    private static bool IsAwaited(StudioDbContext db, Tenant tenant, PlatformEvent e)
    {
        var signal = EventName.Signal(e.Type);
        return db.RunWaits.Any(w => w.WorkspaceId == tenant.WorkspaceId && w.Environment == tenant.Environment && w.Signal == signal)
            || db.Runs.Any(r => r.WorkspaceId == tenant.WorkspaceId && r.Environment == tenant.Environment
                && (r.Status == RunStatus.Queued || r.Status == RunStatus.Running || r.Status == RunStatus.Paused)
                && r.Id != (e.RaisedBy ?? Guid.Empty));
    }

    private RunIdentity Start(StudioWrite write, Tenant tenant, PlatformEvent e, EventListener listener, JsonElement data,
        (int Depth, Guid? Root, EventChain? Chain) family, string saw)
    {
        var run = NewRun.Of(tenant, ids.New(), listener.WorkflowId, listener.Serial) with { Depth = family.Depth, RootId = family.Root };
        var first = new RunEvent.RunStarted(data) { TraceParent = e.TraceParent, Chain = family.Chain };
        var start = NewRun.Start(run, first, "event", clock.JournalNow());
        write.AfterCommit(() => feed.Publish(run, [start.First])); // before the bell: a watcher hears of the start first
        write.StartRun(start with { Concurrency = listener.Concurrency });
        var line = Line(tenant, e, listener.WorkflowId, null, saw);
        (line.Outcome, line.RunId) = (TriggerOutcome.Started, run.RunId);
        write.Log(line);
        return run;
    }

    private static RuleVerdict Judge(EventListener listener, JsonElement data) => new(listener.Rule.Allows(data), listener.Rule.Saw(data));

    // as when workflows start each other, see RunFamilies; what is started for the first run itself is as wide as its own steps
    private bool HasRoom(StudioDbContext db, Guid root, int more)
    {
        var family = counts.Of(root)
            ?? counts.Set(root, db.Runs.Where(r => r.RootId == root && r.FinishedAt == null).Take(RunFamilies.MostOpen).Count());
        return family.Add(more) <= RunFamilies.MostOpen;
    }

    private EventReception RefuseAll(
        StudioWrite write, Tenant tenant, PlatformEvent e, IReadOnlyList<EventListener> listeners, string reason, string detail)
    {
        foreach (var listener in listeners) write.Log(Line(tenant, e, listener.WorkflowId, reason, detail));
        return EventReception.Of(e.LogId, [.. listeners.Select(l => new ReachedWorkflow(l.WorkflowId, null, reason))]);
    }

    private TriggerLogRow Line(Tenant tenant, PlatformEvent e, Guid workflowId, string? reason, string detail) => new()
    {
        WorkspaceId = tenant.WorkspaceId,
        Environment = tenant.Environment,
        WorkflowId = workflowId,
        At = clock.GetUtcNow(),
        Cause = "event",
        Outcome = TriggerOutcome.Refused,
        Reason = reason,
        Event = e.Type,
        EventId = e.LogId,
        Detail = detail,
    };
}

/// <summary>Something that happened.</summary>
/// <param name="Type">Its name, see <see cref="EventName"/>.</param>
/// <param name="Data">Makes its data, an object of at most 1 MiB; called only when somebody listens.</param>
public sealed record PlatformEvent(string Type, Func<JsonElement> Data)
{
    /// <summary>What makes it the same event when it comes again; null for an event that cannot.</summary>
    public string? Id { get; init; }

    /// <summary>What the constraints of versions say to it, by serial; those that are not named are asked when it is raised.</summary>
    public IReadOnlyDictionary<long, RuleVerdict> Verdicts { get; init; } =
        System.Collections.Frozen.FrozenDictionary<long, RuleVerdict>.Empty;

    /// <summary>What the lines of the trigger log call it: set when it is raised.</summary>
    internal string? LogId { get; init; }

    /// <summary>The trace in which it was sent; null when none was on.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The run in which it happened; null when it came from outside or from a person.</summary>
    public Guid? RaisedBy { get; init; }

    /// <summary>The workflow on which it hangs, where not everybody may hear of it, see <see cref="EventReach"/>; null for none.</summary>
    public Guid? WorkflowId { get; init; }

    /// <summary>
    /// Of one that is of a chain (<see cref="KnownEvents.IsOfAChain"/>), the workflows in whose runs the events until it happened: it
    /// starts none of them again. Null for all other events.
    /// </summary>
    public EventChain? Chain { get; init; }

    /// <summary>
    /// Whether it starts the workflow of the run in which it happened, too. What every run of a workflow does by its steps would else start
    /// it over and over.
    /// </summary>
    public bool IsForOwnWorkflow { get; init; } = true;
}

/// <summary>What the constraints of a trigger say to an event.</summary>
/// <param name="Allows">Whether they hold.</param>
/// <param name="Saw">The values they saw, as JSON by path.</param>
public sealed record RuleVerdict(bool Allows, string Saw);

/// <summary>What came of an event.</summary>
/// <param name="Started">The runs that it started.</param>
/// <param name="Refused">How many workflows listen for it and were not started.</param>
/// <param name="IsDuplicate">Whether an event with this type and id was received before; then nothing happened.</param>
public sealed record EventReception(IReadOnlyList<Guid> Started, int Refused, bool IsDuplicate = false)
{
    /// <summary>The workflows that listen for it.</summary>
    public IReadOnlyList<ReachedWorkflow> Reached { get; init; } = [];

    /// <summary>What the trigger log calls it.</summary>
    public string? EventId { get; init; }

    /// <summary>What came of those that listen.</summary>
    internal static EventReception Of(string? eventId, IReadOnlyList<ReachedWorkflow> reached) =>
        new([.. reached.Where(r => r.RunId is not null).Select(r => r.RunId!.Value)], reached.Count(r => r.RunId is null))
        {
            Reached = reached,
            EventId = eventId,
        };

    /// <summary>The same as far as somebody sees the workflows.</summary>
    public EventReception SeenBy(StudioWrite write, Sight sight)
    {
        if (sight.SeesAll || Reached.Count == 0) return this;
        var ids = Reached.Select(r => r.WorkflowId).ToArray();
        var seen = write.Db.SeenWorkflows(sight).Where(w => ids.Contains(w.Id)).Select(w => w.Id).ToHashSet();
        return Of(EventId, [.. Reached.Where(r => seen.Contains(r.WorkflowId))]);
    }
}

/// <summary>A workflow that listens for an event.</summary>
/// <param name="WorkflowId">It.</param>
/// <param name="RunId">The run that was started; null when none was.</param>
/// <param name="Reason">Why none was, as <see cref="TriggerLogRow.Reason"/>; null when one was.</param>
public sealed record ReachedWorkflow(Guid WorkflowId, Guid? RunId, string? Reason);
