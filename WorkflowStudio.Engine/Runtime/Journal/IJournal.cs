using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Journal;

/// <summary>
/// The durable memory of runs. Every method that writes completes when its write is durable; writes of many runs share one commit.
/// </summary>
public interface IJournal
{
    /// <summary>Makes a run: its header and its first entry, and the stored answer to the request when there is one.</summary>
    /// <returns>How the concurrency rule treats it; <see cref="RunGate.Held"/> and skipped runs (null) must not be rung for.</returns>
    /// <exception cref="OccurrenceTakenException">Its occurrence has a run already, or its schedule was turned off: nothing was written.</exception>
    Task<RunGate?> StartAsync(RunStart start, CancellationToken cancellationToken);

    /// <summary>
    /// Appends entries and moves the header, in one transaction. Fails with <see cref="ShardLostException"/> when another owner has taken the
    /// shard in the meantime: then nothing was written.
    /// </summary>
    Task AppendAsync(RunAppend append, CancellationToken cancellationToken);

    /// <summary>Takes a shard over: counts its epoch up, so that earlier owners can no longer write, and makes its runs due that were in execution.</summary>
    /// <remarks>When the owner before did not hand it back, it died: then those that were in execution are counted, see <see cref="RunRecord.Crashes"/>.</remarks>
    /// <returns>The new epoch.</returns>
    Task<long> ClaimAsync(int shard, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Lets a shard go after an orderly end: the next owner does not take it for a crash. Nothing happens when another one has it already.</summary>
    Task HandBackAsync(int shard, long epoch, CancellationToken cancellationToken);

    /// <summary>Sets <see cref="RunRecord.Crashes"/> and <see cref="RunRecord.Trials"/>, unless the run got on since and the counts are 0.</summary>
    Task SetCrashesAsync(RunIdentity run, long epoch, int crashes, int trials, CancellationToken cancellationToken);

    /// <summary>The runs of shards whose time has come, of each shard the oldest first, and those of which something is wanted. A run that was queued less than two seconds ago is left to its bell.</summary>
    /// <param name="shards">The shards.</param>
    /// <param name="now">The time.</param>
    /// <param name="limit">How many of each shard at most, and as many again of those that are wanted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<Guid>> DueAsync(IReadOnlyList<int> shards, DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// The same, further on: those behind a run that was answered before, or the first when there is none before. Unlike <see cref="DueAsync"/> it
    /// says nothing of inboxes.
    /// </summary>
    Task<IReadOnlyList<DueRun>> DueBehindAsync(int shard, DueRun? behind, DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>A run with its whole journal; null when there is none.</summary>
    Task<RunRecord?> LoadAsync(Guid runId, CancellationToken cancellationToken);

    /// <summary>A run without its journal, which may not be readable; null when there is none.</summary>
    Task<RunHead?> HeadAsync(Guid runId, CancellationToken cancellationToken);

    /// <summary>How many runs are not over that descend from this one; counts to <paramref name="most"/> at most.</summary>
    Task<int> OpenInFamilyAsync(Guid rootId, int most, CancellationToken cancellationToken);

    /// <summary>What is wanted of a run, oldest first.</summary>
    Task<IReadOnlyList<RunRequest>> InboxAsync(Guid runId, CancellationToken cancellationToken);

    /// <summary>Puts a request into the inbox of an unfinished run and makes it due, and stores the answer to it when there is one.</summary>
    /// <returns>The run's status before; null when the tenant has no such run. Nothing is stored for a run that is over.</returns>
    Task<RunStatus?> RequestAsync(Tenant tenant, Guid runId, RunRequest request, KeptAnswer? answer, CancellationToken cancellationToken);

    /// <summary>Makes a run due later, because it cannot be worked on now. Fails with <see cref="ShardLostException"/> as <see cref="AppendAsync"/> does.</summary>
    Task PostponeAsync(Guid runId, int shard, long epoch, DateTimeOffset until, CancellationToken cancellationToken);
}

/// <summary>A run whose time has come.</summary>
/// <param name="RunId">The run.</param>
/// <param name="WorkspaceId">Whose it is.</param>
/// <param name="WakeAt">Since when it is due: its place among the others, with its id where the time is the same.</param>
public sealed record DueRun(Guid RunId, Guid WorkspaceId, DateTimeOffset WakeAt);

/// <summary>Another owner has taken the shard: this one must stop, nothing was written.</summary>
public sealed class ShardLostException(int shard, long epoch) : Exception($"Shard {shard} has a newer owner than epoch {epoch}.");

/// <summary>The occurrence has its run, or its schedule no longer fires: nothing was written.</summary>
public sealed class OccurrenceTakenException(ScheduledOccurrence occurrence)
    : Exception($"The occurrence {occurrence.At:O} of schedule {occurrence.ScheduleId} was started before, or the schedule is off.");

/// <summary>What makes a run one of somebody's.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Tenant">Its workspace and environment.</param>
/// <param name="WorkflowId">Its workflow.</param>
/// <param name="VersionSerial">The version it keeps.</param>
/// <param name="Shard">Its share.</param>
public sealed record RunIdentity(Guid RunId, Tenant Tenant, Guid WorkflowId, long VersionSerial, int Shard)
{
    /// <summary>The run that started it and waits for it or not; null when a person or a trigger did.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>The first of the runs that started each other until this one; null when nobody started it.</summary>
    public Guid? RootId { get; init; }

    /// <summary>How many runs started each other until this one; at most 20.</summary>
    public int Depth { get; init; }

    /// <summary>Whether it is a test of a draft, or was started by one: it is kept out of lists and counts.</summary>
    public bool IsTest { get; init; }
}

/// <summary>A run to be made.</summary>
/// <param name="Run">Whose it is.</param>
/// <param name="First">The first entry, <see cref="RunEvent.RunStarted"/>.</param>
/// <param name="Cause">What started it: <c>webhook</c>, <c>manual</c>, <c>api</c>, <c>schedule</c>.</param>
/// <param name="Subject">Whom it is about, for lists.</param>
/// <param name="Answer">The answer to store with it; null for none.</param>
public sealed record RunStart(RunIdentity Run, JournalEntry First, string Cause, string? Subject, KeptAnswer? Answer)
{
    /// <summary>The entries after the first that the run begins with: what a repeated run takes over, or the pinned outputs of a test run.</summary>
    public IReadOnlyList<JournalEntry> Given { get; init; } = [];

    /// <summary>The concurrency rule of its workflow; null for none.</summary>
    public ConcurrencyRule? Concurrency { get; init; }

    /// <summary>The run that it repeats; null for none.</summary>
    public Guid? RetryOf { get; init; }

    /// <summary>The occurrence of a schedule that it is for; null for none.</summary>
    public ScheduledOccurrence? Occurrence { get; init; }
}

/// <summary>An occurrence of a schedule, which can have one run only.</summary>
/// <param name="ScheduleId">The schedule.</param>
/// <param name="At">The occurrence's own time, without jitter.</param>
/// <param name="Late">Whether it was missed and is made up for.</param>
public sealed record ScheduledOccurrence(Guid ScheduleId, DateTimeOffset At, bool Late);

/// <summary>Entries to be appended, and the header that goes with them.</summary>
/// <param name="Run">The run.</param>
/// <param name="Epoch">The owner's epoch.</param>
/// <param name="Entries">The entries, in order; may be empty when only the header moves.</param>
/// <param name="Header">The header afterwards.</param>
/// <param name="Waits">The steps that began to wait.</param>
/// <param name="EndedWaits">The steps that no longer wait.</param>
/// <param name="InboxTaken">The requests that are journaled with it, by id. Not "all up to an id": another node's request may become durable later and yet have the smaller id.</param>
public sealed record RunAppend(
    RunIdentity Run, long Epoch, IReadOnlyList<JournalEntry> Entries, RunHeader Header,
    IReadOnlyList<RunWait> Waits, IReadOnlyList<WaitPlace> EndedWaits, IReadOnlyList<long> InboxTaken)
{
    /// <summary>Runs that this one starts, in the same transaction.</summary>
    public IReadOnlyList<RunStart> Starts { get; init; } = [];

    /// <summary>Whether the run gets on by it: a step that writes lines and then kills the server does not.</summary>
    public bool GetsOn
    {
        get
        {
            for (var i = 0; i < Entries.Count; i++)
                if (Entries[i].Event is not RunEvent.Log) return true;
            return false;
        }
    }

    /// <summary>Whether the run is set aside: then it is not due before the header says so, whatever lies in its inbox.</summary>
    public bool IsSetAside { get; init; }

    /// <summary>The concurrency rule of the run's workflow: when the run is over, the next one that is held begins. Null for none.</summary>
    public ConcurrencyRule? Concurrency { get; init; }

    /// <summary>What a parent that waits for this run is told when it is over; undefined for none.</summary>
    public System.Text.Json.JsonElement Result { get; init; }
}

/// <summary>Where a step waits.</summary>
/// <param name="NodeId">The step.</param>
/// <param name="Iteration">Its iterations; null outside of every for-each.</param>
public readonly record struct WaitPlace(string NodeId, string? Iteration);

/// <summary>The part of a run's header that changes.</summary>
public readonly record struct RunHeader(
    RunStatus Status, string? CurrentNode, int StepsDone, DateTimeOffset? WakeAt, string? ErrorCode, string? ErrorMessage, DateTimeOffset? FinishedAt);

/// <summary>A step that waits.</summary>
/// <param name="NodeId">The step.</param>
/// <param name="Until">The time it waits for.</param>
/// <param name="Signal">The signal it waits for.</param>
/// <param name="Since">Since when the step has heard no signal, see <see cref="StepState.ListensSince"/>: one sent since then counts, although nobody waited.</param>
/// <param name="Iteration">Its iterations; null outside of every for-each.</param>
/// <param name="SinceId">The last signal that it has heard, 0 for none: later ones count.</param>
public readonly record struct RunWait(string NodeId, DateTimeOffset? Until, string? Signal, DateTimeOffset Since, string? Iteration = null, long SinceId = 0);

/// <summary>A run as it is stored.</summary>
public sealed record RunRecord(RunIdentity Run, RunStatus Status, IReadOnlyList<JournalEntry> Entries)
{
    /// <summary>How the concurrency rule treats it.</summary>
    public RunGate Gate { get; init; }

    /// <summary>How often a server died while it was in execution since it last got on; below zero while it is tried as the only suspect.</summary>
    public int Crashes { get; init; }

    /// <summary>When it has to be looked at; null when it is over.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>How often a server died while it was tried as the only suspect, since it last got on.</summary>
    public int Trials { get; init; }
}

/// <summary>What is known of a run without its journal.</summary>
/// <param name="Run">Whose it is.</param>
/// <param name="Status">Its status.</param>
/// <param name="LastSeq">The number of its last entry.</param>
/// <param name="CurrentNode">The step it stands at.</param>
/// <param name="StepsDone">How many steps have run to their end.</param>
/// <param name="Waits">Where it waits.</param>
public sealed record RunHead(RunIdentity Run, RunStatus Status, long LastSeq, string? CurrentNode, int StepsDone, IReadOnlyList<WaitPlace> Waits)
{
    /// <summary>Whether nothing more happens to it.</summary>
    public bool IsOver => Status is RunStatus.Done or RunStatus.Failed or RunStatus.Canceled;
}

/// <summary>Something that somebody wants of a run.</summary>
/// <param name="Id">Its place in the inbox; 0 before it is stored.</param>
/// <param name="Kind">What.</param>
/// <param name="NodeId">The step that is meant; null means every waiting one.</param>
/// <param name="Name">The name of a signal.</param>
/// <param name="Data">What a signal carries; undefined for nothing.</param>
/// <param name="By">Who asked.</param>
public sealed record RunRequest(long Id, RunRequestKind Kind, string? NodeId, string? Name, System.Text.Json.JsonElement Data, string? By)
{
    /// <summary>The iterations of the step that is meant; null means every one.</summary>
    public string? Iteration { get; init; }

    /// <summary>The number of the signal; 0 for none.</summary>
    public long SignalId { get; init; }

    /// <summary>Whether the run is rung for. A paused one may be one that cannot be read, and only the poll knows that: what can wait is left to it.</summary>
    internal bool Rings(RunStatus status) => status != RunStatus.Paused || Kind is RunRequestKind.Cancel or RunRequestKind.Resume;
}
