using System.Text.Json;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Diagnostics.Telemetry;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Triggers;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime;

/// <summary>What the rest of the app may ask of the engine.</summary>
public sealed class RunService
{
    private readonly IJournal journal;
    private readonly IRunFeed feed;
    private readonly RunBell bell;
    private readonly PlanSource plans;
    private readonly RunIds ids;
    private readonly TimeProvider clock;
    private readonly RunTracing? tracing;

    internal RunService(
        IJournal journal, IRunFeed feed, RunBell bell, PlanSource plans, RunIds ids, TimeProvider clock, RunTracing? tracing = null) =>
        (this.journal, this.feed, this.bell, this.plans, this.ids, this.clock, this.tracing) =
            (journal, feed, bell, plans, ids, clock, tracing);

    /// <summary>
    /// Starts a run. When this completes the run is durable: it survives any crash and goes on to an end or a documented wait.
    /// </summary>
    /// <param name="start">What to start.</param>
    /// <param name="cancellationToken">Gives up waiting; the run may have been made all the same.</param>
    public async Task<StartedRun> StartAsync(StartRunRequest start, CancellationToken cancellationToken = default)
    {
        var version = await plans.PlanAsync(start.VersionSerial, cancellationToken);
        var now = clock.JournalNow();
        var run = NewRun.Of(start.Tenant, ids.New(), version.Version.WorkflowId, start.VersionSerial) with
        { Depth = start.Depth, IsTest = start.IsTest };
        var started = new StartedRun(run.RunId, now) { VersionSerial = start.VersionSerial };
        using var span = tracing?.Start(run, start.Cause);
        var made = NewRun.Start(
            run, new RunEvent.RunStarted(start.Payload) { UpTo = start.UpTo, TraceParent = RunTracing.ParentOf(span) }, start.Cause, now);
        JournalEntry[] given = [.. start.Given.Select((e, i) => new JournalEntry(i + 2, now, e))];
        var gate = await journal.StartAsync(made with
        {
            Subject = start.Subject ?? made.Subject,
            Answer = start.Answer?.Invoke(started),
            Given = given,
            Concurrency = start.IsTest ? null : version.Version.Definition.Settings.Concurrency,
            Occurrence = start.Occurrence,
            Guard = start.Guard,
            RetryOf = start.RetryOf,
            Attachment = start.Attachment,
        }, cancellationToken);
        JournalEntry[] entries = [made.First, .. given];
        var state = RunFold.Replay(version.Plan, entries);
        FailPoints.Pass(FailPoint.StartDurable);
        feed.Publish(run, entries); // before the bell: a watcher hears of the start first
        if (gate is RunGate.None or RunGate.Counted) bell.Ring(new FreshRun(run, version.Plan, state));
        return started;
    }

    /// <summary>
    /// Repeats a run that is over, as a new run of the same version: from where it failed, or one iteration of a for-each and what follows
    /// it. What was done already is taken over and not done again.
    /// </summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="runId">The run to repeat.</param>
    /// <param name="iteration">The step and the number of its iteration, from 0; null repeats from where the run failed.</param>
    /// <param name="cause">What starts it: <c>retry</c>.</param>
    /// <param name="answer">Makes the answer that is stored in the same transaction, for requests with an Idempotency-Key.</param>
    /// <param name="cancellationToken">Gives up waiting; the run may have been made all the same.</param>
    public async Task<RepeatedRun> RepeatAsync(
        Tenant tenant, Guid runId, (string NodeId, int Index)? iteration, string cause, Func<StartedRun, KeptAnswer?>? answer = null,
        CancellationToken cancellationToken = default)
    {
        if (await journal.LoadAsync(runId, cancellationToken) is not { } record || record.Run.Tenant != tenant)
            return new RepeatedRun(RepeatRefusal.NoSuchRun, null);
        var version = await plans.PlanAsync(record.Run.VersionSerial, cancellationToken);
        var state = RunFold.Replay(version.Plan, record.Entries);
        if (!state.IsFinal) return new RepeatedRun(RepeatRefusal.NotOver, null);
        if (iteration is null && state.Status == RunStatus.Done) return new RepeatedRun(RepeatRefusal.NothingFailed, null);
        var given = iteration is { } i
            ? RunRepeat.Iteration(version.Plan, state, record.Entries, i.NodeId, i.Index)
            : RunRepeat.FromFailure(version.Plan, state, record.Entries);
        if (given is null) return new RepeatedRun(RepeatRefusal.NoSuchIteration, null);
        return new RepeatedRun(null, await StartAsync(
            new StartRunRequest
            {
                Tenant = tenant, VersionSerial = record.Run.VersionSerial, Payload = state.Payload, Cause = cause, Given = given,
                RetryOf = runId, Answer = answer,
            }, cancellationToken));
    }

    /// <summary>The constraints of a version's trigger.</summary>
    public async Task<StartRule> RuleOfAsync(long versionSerial, CancellationToken cancellationToken = default) =>
        (await plans.PlanAsync(versionSerial, cancellationToken)).Rule;

    /// <summary>Starts a test run of a version, published or not: up to a step, with outputs that stand for steps.</summary>
    /// <param name="start">What to start.</param>
    /// <param name="pinned">Outputs that stand for steps that are not called, by step id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<StartedRun> TestAsync(
        StartRunRequest start, IReadOnlyDictionary<string, JsonElement> pinned, CancellationToken cancellationToken = default)
    {
        var version = await plans.PlanAsync(start.VersionSerial, cancellationToken);
        return await StartAsync(start with { IsTest = true, Given = RunRepeat.Test(version.Plan, start.UpTo, pinned) }, cancellationToken);
    }

    /// <summary>Sends a signal to one run: its steps that wait for it are woken.</summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="runId">The run.</param>
    /// <param name="name">The name of the signal.</param>
    /// <param name="data">What it carries; undefined for nothing.</param>
    /// <param name="by">Who sends it, for the log.</param>
    /// <param name="answer">The answer that is stored in the same transaction, for requests with an Idempotency-Key.</param>
    /// <param name="cancellationToken">Gives up waiting; the signal may have been sent all the same.</param>
    /// <returns>The run's status before; null when the tenant has no such run. For a run that is over nothing happens, and no answer is
    /// stored.</returns>
    public Task<RunStatus?> SignalAsync(
        Tenant tenant, Guid runId, string name, JsonElement data, string by, KeptAnswer? answer = null,
        CancellationToken cancellationToken = default) =>
        AskAsync(tenant, runId, new RunRequest(0, RunRequestKind.Signal, null, name, data, by), answer, cancellationToken);

    /// <summary>
    /// Asks something of an unfinished run: cancel it, pause it, resume it, wake a step. It is done soon after, and appears in the log.
    /// </summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="runId">The run.</param>
    /// <param name="kind">What is asked.</param>
    /// <param name="nodeId">The step that is meant; null means every one.</param>
    /// <param name="by">Who asks, for the log.</param>
    /// <param name="answer">The answer that is stored in the same transaction, for requests with an Idempotency-Key.</param>
    /// <param name="cancellationToken">Gives up waiting; it may have been asked all the same.</param>
    /// <returns>The run's status before; null when the tenant has no such run. For a run that is over nothing happens, and no answer is
    /// stored.</returns>
    public Task<RunStatus?> RequestAsync(
        Tenant tenant, Guid runId, RunRequestKind kind, string? nodeId, string by, KeptAnswer? answer = null,
        CancellationToken cancellationToken = default) =>
        AskAsync(tenant, runId, new RunRequest(0, kind, nodeId, null, default, by), answer, cancellationToken);

    private async Task<RunStatus?> AskAsync(
        Tenant tenant, Guid runId, RunRequest request, KeptAnswer? answer, CancellationToken cancellationToken)
    {
        var status = await journal.RequestAsync(tenant, runId, request, answer, cancellationToken);
        if (status is { } known && request.Rings(known)) bell.Ring(runId);
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

    /// <summary>The step at which a test run ends; null for a run that goes to its end.</summary>
    public string? UpTo { get; init; }

    /// <summary>What the run begins with after its start; empty for nothing.</summary>
    public IReadOnlyList<RunEvent> Given { get; init; } = [];

    /// <summary>The run that it repeats.</summary>
    public Guid? RetryOf { get; init; }

    /// <summary>Whether it is a test run of a draft.</summary>
    public bool IsTest { get; init; }

    /// <summary>How many runs started each other until this one; more than 20 are refused by whoever starts it.</summary>
    public int Depth { get; init; }

    /// <summary>Makes the answer that is stored in the same transaction, for requests with an Idempotency-Key.</summary>
    public Func<StartedRun, KeptAnswer?>? Answer { get; init; }

    /// <summary>
    /// The occurrence of a schedule that it is for: a second start of it fails with <see cref="OccurrenceTakenException"/>.
    /// </summary>
    public ScheduledOccurrence? Occurrence { get; init; }

    /// <summary>What becomes durable with it.</summary>
    public RunAttachment? Attachment { get; init; }

    /// <summary>What must not be so: else the start fails with <see cref="StartRefusedException"/>.</summary>
    public StartGuard? Guard { get; init; }
}

/// <summary>A run that repeats another, or why there is none.</summary>
/// <param name="Refusal">Why there is none; null when it was started.</param>
/// <param name="Started">The new run.</param>
public sealed record RepeatedRun(RepeatRefusal? Refusal, StartedRun? Started);

/// <summary>Why a run is not repeated.</summary>
public enum RepeatRefusal
{
    /// <summary>The tenant has no such run.</summary>
    NoSuchRun,

    /// <summary>It is not over.</summary>
    NotOver,

    /// <summary>It ended well.</summary>
    NothingFailed,

    /// <summary>It has no such iteration that is over.</summary>
    NoSuchIteration,
}

/// <summary>A run that was started.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="At">When it was accepted.</param>
public sealed record StartedRun(Guid RunId, DateTimeOffset At)
{
    /// <summary>The version that it runs.</summary>
    public long VersionSerial { get; init; }
}
