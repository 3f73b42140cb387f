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
    /// <exception cref="StartRefusedException">Its guard does not allow it: nothing was written.</exception>
    /// <exception cref="OccurrenceTakenException">Its occurrence has a run already, or its schedule was turned off: nothing was
    /// written.</exception>
    Task<RunGate?> StartAsync(RunStart start, CancellationToken cancellationToken);

    /// <summary>
    /// Appends entries and moves the header, in one transaction. Fails with <see cref="ShardLostException"/> when another owner has taken
    /// the shard in the meantime: then nothing was written.
    /// </summary>
    Task AppendAsync(RunAppend append, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a shard over: counts its epoch up, so that earlier owners can no longer write, and makes its runs due that were in execution.
    /// </summary>
    /// <remarks>When the owner before did not hand it back, it died: then those that were in execution are counted, see
    /// <see cref="RunRecord.Crashes"/>.</remarks>
    /// <returns>The new epoch.</returns>
    Task<long> ClaimAsync(int shard, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Lets a shard go after an orderly end: the next owner does not take it for a crash. Nothing happens when another one has it already.
    /// </summary>
    Task HandBackAsync(int shard, long epoch, CancellationToken cancellationToken);

    /// <summary>
    /// Sets <see cref="RunRecord.Crashes"/> and <see cref="RunRecord.Trials"/>, unless the run got on since and the counts are 0.
    /// </summary>
    Task SetCrashesAsync(RunIdentity run, long epoch, int crashes, int trials, CancellationToken cancellationToken);

    /// <summary>
    /// The runs of shards whose time has come, of each shard the oldest first, and those of which something is wanted. A run that was
    /// queued less than two seconds ago is left to its bell.
    /// </summary>
    /// <param name="shards">The shards.</param>
    /// <param name="now">The time.</param>
    /// <param name="limit">How many of each shard at most, and as many again of those that are wanted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<Guid>> DueAsync(IReadOnlyList<int> shards, DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// The same, further on: those behind a run that was answered before, or the first when there is none before. Unlike
    /// <see cref="DueAsync"/> it says nothing of inboxes.
    /// </summary>
    Task<IReadOnlyList<DueRun>> DueBehindAsync(
        int shard, DueRun? behind, DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>A run with its whole journal; null when there is none.</summary>
    Task<RunRecord?> LoadAsync(Guid runId, CancellationToken cancellationToken);

    /// <summary>A run without its journal, which may not be readable; null when there is none.</summary>
    Task<RunHead?> HeadAsync(Guid runId, CancellationToken cancellationToken);

    /// <summary>How many runs are not over that descend from this one; counts to <paramref name="most"/> at most.</summary>
    Task<int> OpenInFamilyAsync(Guid rootId, int most, CancellationToken cancellationToken);

    /// <summary>What is wanted of a run, oldest first.</summary>
    Task<IReadOnlyList<RunRequest>> InboxAsync(Guid runId, CancellationToken cancellationToken);

    /// <summary>
    /// Puts a request into the inbox of an unfinished run and makes it due, and stores the answer to it when there is one.
    /// </summary>
    /// <returns>The run's status before; null when the tenant has no such run. Nothing is stored for a run that is over.</returns>
    Task<RunStatus?> RequestAsync(Tenant tenant, Guid runId, RunRequest request, KeptAnswer? answer, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a run due later, because it cannot be worked on now. Fails with <see cref="ShardLostException"/> as <see cref="AppendAsync"/>
    /// does.
    /// </summary>
    Task PostponeAsync(Guid runId, int shard, long epoch, DateTimeOffset until, CancellationToken cancellationToken);
}
