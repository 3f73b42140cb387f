using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Runs;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Runtime;

/// <summary>What the rest of the app may ask of the engine.</summary>
public sealed class RunService
{
    private readonly IJournal journal;
    private readonly IRunFeed feed;
    private readonly RunBell bell;
    private readonly PlanSource plans;
    private readonly IdFactory ids;
    private readonly TimeProvider clock;

    internal RunService(IJournal journal, IRunFeed feed, RunBell bell, PlanSource plans, IdFactory ids, TimeProvider clock) =>
        (this.journal, this.feed, this.bell, this.plans, this.ids, this.clock) = (journal, feed, bell, plans, ids, clock);

    /// <summary>
    /// Starts a run. When this completes the run is durable: it survives any crash and goes on to an end or a documented wait.
    /// </summary>
    /// <param name="start">What to start.</param>
    /// <param name="cancellationToken">Gives up waiting; the run may have been made all the same.</param>
    public async Task<StartedRun> StartAsync(StartRunRequest start, CancellationToken cancellationToken = default)
    {
        var version = await plans.PlanAsync(start.VersionSerial, cancellationToken);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var id = ids.New();
        var run = new RunIdentity(id, start.Tenant, version.Version.WorkflowId, start.VersionSerial, RunBell.ShardOf(id));
        var started = new StartedRun(id, now);
        var entry = new JournalEntry(1, now, new RunEvent.RunStarted(start.Payload));
        var gate = await journal.StartAsync(new RunStart(run, entry, start.Cause, start.Subject ?? Subject.Of(start.Payload), start.Answer?.Invoke(started))
        {
            Concurrency = version.Version.Definition.Settings.Concurrency,
            Occurrence = start.Occurrence,
        }, cancellationToken);
        var state = RunFold.Apply(version.Plan, RunState.Before(version.Plan.Steps.Count), entry);
        feed.Publish(run, [entry]); // before the bell: a watcher hears of the start first
        if (gate is RunGate.None or RunGate.Counted) bell.Ring(new FreshRun(run, version.Plan, state));
        return started;
    }

    /// <summary>Asks something of an unfinished run: cancel it, wake a step. It is done soon after, and appears in the log.</summary>
    /// <returns>The run's status before; null when the tenant has no such run. For a run that is over nothing happens.</returns>
    public async Task<RunStatus?> RequestAsync(Tenant tenant, Guid runId, RunRequestKind kind, string? nodeId, string by, CancellationToken cancellationToken = default)
    {
        var status = await journal.RequestAsync(tenant, runId, new RunRequest(0, kind, nodeId, null, default, by), cancellationToken);
        if (status is not null) bell.Ring(runId);
        return status;
    }
}

/// <summary>A run to be started.</summary>
public sealed record StartRunRequest
{
    /// <summary>The workspace and environment.</summary>
    public required Tenant Tenant { get; init; }

    /// <summary>The version to run.</summary>
    public required long VersionSerial { get; init; }

    /// <summary>The data: any JSON value, usually an object; at most 1 MiB.</summary>
    public required JsonElement Payload { get; init; }

    /// <summary>What starts it: <c>webhook</c>, <c>manual</c>, <c>api</c>, <c>schedule</c>.</summary>
    public required string Cause { get; init; }

    /// <summary>Whom it is about, for lists; null takes the name, e-mail or phone in the payload.</summary>
    public string? Subject { get; init; }

    /// <summary>Makes the answer that is stored in the same transaction, for requests with an Idempotency-Key.</summary>
    public Func<StartedRun, IdempotencyRow?>? Answer { get; init; }

    /// <summary>The occurrence of a schedule that it is for: a second start of it fails with <see cref="OccurrenceTakenException"/>.</summary>
    public ScheduledOccurrence? Occurrence { get; init; }
}

/// <summary>A run that was started.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="At">When it was accepted.</param>
public sealed record StartedRun(Guid RunId, DateTimeOffset At);
