using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Runs;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Runtime.Journal;

/// <summary>
/// The durable memory of runs. Every method that writes completes when its write is durable; writes of many runs share one commit.
/// </summary>
public interface IJournal
{
    /// <summary>Makes a run: its header and its first entry, and the stored answer to the request when there is one.</summary>
    Task StartAsync(RunStart start, CancellationToken cancellationToken);

    /// <summary>
    /// Appends entries and moves the header, in one transaction. Fails with <see cref="ShardLostException"/> when another owner has taken the
    /// shard in the meantime: then nothing was written.
    /// </summary>
    Task AppendAsync(RunAppend append, CancellationToken cancellationToken);

    /// <summary>Takes a shard over: counts its epoch up, so that earlier owners can no longer write, and makes its runs due that were in execution.</summary>
    /// <returns>The new epoch.</returns>
    Task<long> ClaimAsync(int shard, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The runs of a shard whose time has come, oldest first. A run that was queued less than two seconds ago is left to its bell.</summary>
    Task<IReadOnlyList<Guid>> DueAsync(int shard, DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>A run with its whole journal; null when there is none.</summary>
    Task<RunRecord?> LoadAsync(Guid runId, CancellationToken cancellationToken);

    /// <summary>What is wanted of a run, oldest first.</summary>
    Task<IReadOnlyList<RunRequest>> InboxAsync(Guid runId, CancellationToken cancellationToken);

    /// <summary>Puts a request into the inbox of an unfinished run and makes it due.</summary>
    /// <returns>The run's status before; null when the tenant has no such run. Nothing is stored for a run that is over.</returns>
    Task<RunStatus?> RequestAsync(Tenant tenant, Guid runId, RunRequest request, CancellationToken cancellationToken);

    /// <summary>Makes a run due later, because it cannot be worked on now.</summary>
    Task PostponeAsync(Guid runId, DateTimeOffset until, CancellationToken cancellationToken);
}

/// <summary>Another owner has taken the shard: this one must stop, nothing was written.</summary>
public sealed class ShardLostException(int shard, long epoch) : Exception($"Shard {shard} has a newer owner than epoch {epoch}.");

/// <summary>What makes a run one of somebody's.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Tenant">Its workspace and environment.</param>
/// <param name="WorkflowId">Its workflow.</param>
/// <param name="VersionSerial">The version it keeps.</param>
/// <param name="Shard">Its share.</param>
public sealed record RunIdentity(Guid RunId, Tenant Tenant, Guid WorkflowId, long VersionSerial, int Shard);

/// <summary>A run to be made.</summary>
/// <param name="Run">Whose it is.</param>
/// <param name="First">The first entry, <see cref="RunEvent.RunStarted"/>.</param>
/// <param name="Cause">What started it: <c>webhook</c>, <c>manual</c>, <c>api</c>.</param>
/// <param name="Subject">Whom it is about, for lists.</param>
/// <param name="Answer">The answer to store with it; null for none.</param>
public sealed record RunStart(RunIdentity Run, JournalEntry First, string Cause, string? Subject, IdempotencyRow? Answer);

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
    IReadOnlyList<RunWait> Waits, IReadOnlyList<string> EndedWaits, IReadOnlyList<long> InboxTaken);

/// <summary>The part of a run's header that changes.</summary>
public readonly record struct RunHeader(
    RunStatus Status, string? CurrentNode, int StepsDone, DateTimeOffset? WakeAt, string? ErrorCode, string? ErrorMessage, DateTimeOffset? FinishedAt);

/// <summary>A step that waits.</summary>
/// <param name="NodeId">The step.</param>
/// <param name="Until">The time it waits for.</param>
/// <param name="Signal">The signal it waits for.</param>
/// <param name="Since">Since when the step has heard no signal, see <see cref="StepState.ListensSince"/>: one sent since then counts, although nobody waited.</param>
public readonly record struct RunWait(string NodeId, DateTimeOffset? Until, string? Signal, DateTimeOffset Since);

/// <summary>A run as it is stored.</summary>
public sealed record RunRecord(RunIdentity Run, RunStatus Status, IReadOnlyList<JournalEntry> Entries);

/// <summary>Something that somebody wants of a run.</summary>
/// <param name="Id">Its place in the inbox; 0 before it is stored.</param>
/// <param name="Kind">What.</param>
/// <param name="NodeId">The step that is meant; null means every waiting one.</param>
/// <param name="Name">The name of a signal.</param>
/// <param name="Data">What a signal carries; undefined for nothing.</param>
/// <param name="By">Who asked.</param>
public sealed record RunRequest(long Id, RunRequestKind Kind, string? NodeId, string? Name, System.Text.Json.JsonElement Data, string? By);
