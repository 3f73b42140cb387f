using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Tests.Support.Fakes;

/// <summary>The real journal, with places where a test steps in between.</summary>
internal sealed class HookedJournal(IJournal journal) : IJournal
{
    /// <summary>Called after the inbox was read, before the reader goes on.</summary>
    public Func<Guid, Task> AfterInbox { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called before entries are appended; an exception takes the place of the append.</summary>
    public Func<RunAppend, Task> BeforeAppend { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called after a run was made, before whoever wanted it hears of it.</summary>
    public Action AfterStart { get; set; } = () => { };

    /// <summary>Called when a run was read.</summary>
    public Action<RunRecord> AfterLoad { get; set; } = _ => { };

    public async Task<RunGate?> StartAsync(RunStart start, CancellationToken cancellationToken)
    {
        var gate = await journal.StartAsync(start, cancellationToken);
        AfterStart();
        return gate;
    }

    public async Task AppendAsync(RunAppend append, CancellationToken cancellationToken)
    {
        await BeforeAppend(append);
        await journal.AppendAsync(append, cancellationToken);
    }

    public Task<long> ClaimAsync(int shard, DateTimeOffset now, CancellationToken cancellationToken) =>
        journal.ClaimAsync(shard, now, cancellationToken);

    public Task<IReadOnlyList<Guid>> DueAsync(IReadOnlyList<int> shards, DateTimeOffset now, int limit,
        CancellationToken cancellationToken) => journal.DueAsync(shards, now, limit, cancellationToken);

    public Task<IReadOnlyList<DueRun>> DueBehindAsync(int shard, DueRun? behind, DateTimeOffset now, int limit,
        CancellationToken cancellationToken) => journal.DueBehindAsync(shard, behind, now, limit, cancellationToken);

    public Task HandBackAsync(int shard, long epoch, CancellationToken cancellationToken) =>
        journal.HandBackAsync(shard, epoch, cancellationToken);

    public Task SetCrashesAsync(RunIdentity run, long epoch, int crashes, int trials, CancellationToken cancellationToken) =>
        journal.SetCrashesAsync(run, epoch, crashes, trials, cancellationToken);

    public Task<int> OpenInFamilyAsync(Guid rootId, int most, CancellationToken cancellationToken) =>
        journal.OpenInFamilyAsync(rootId, most, cancellationToken);

    public Task<RunHead?> HeadAsync(Guid runId, CancellationToken cancellationToken) => journal.HeadAsync(runId, cancellationToken);

    public async Task<RunRecord?> LoadAsync(Guid runId, CancellationToken cancellationToken)
    {
        var record = await journal.LoadAsync(runId, cancellationToken);
        if (record is not null) AfterLoad(record);
        return record;
    }

    public async Task<IReadOnlyList<RunRequest>> InboxAsync(Guid runId, CancellationToken cancellationToken)
    {
        var requests = await journal.InboxAsync(runId, cancellationToken);
        await AfterInbox(runId);
        return requests;
    }

    public Task<RunStatus?> RequestAsync(
        Tenant tenant, Guid runId, RunRequest request, KeptAnswer? answer, CancellationToken cancellationToken) =>
        journal.RequestAsync(tenant, runId, request, answer, cancellationToken);

    public Task PostponeAsync(Guid runId, int shard, long epoch, DateTimeOffset until, CancellationToken cancellationToken) =>
        journal.PostponeAsync(runId, shard, epoch, until, cancellationToken);
}
