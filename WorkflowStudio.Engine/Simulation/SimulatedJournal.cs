using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Simulation;

/// <summary>The journal of one simulated run, in memory. Runs that it starts are only noted.</summary>
internal sealed class SimulatedJournal(RunIdentity run) : IJournal
{
    private readonly List<JournalEntry> entries = [];
    private readonly List<RunRequest> inbox = [];
    private long requests;

    /// <summary>The entries so far.</summary>
    public IReadOnlyList<JournalEntry> Entries => entries;

    /// <summary>The header as the last commit left it.</summary>
    public RunHeader Header { get; private set; }

    /// <summary>The runs that it has started.</summary>
    public List<RunStart> Started { get; } = [];

    /// <summary>How many commits it took.</summary>
    public int Appends { get; private set; }

    /// <summary>Called before each commit; what it throws refuses the commit.</summary>
    public Action<int>? BeforeAppend { get; init; }

    public Task<RunGate?> StartAsync(RunStart start, CancellationToken cancellationToken)
    {
        entries.AddRange([start.First, .. start.Given]);
        return Task.FromResult<RunGate?>(RunGate.None);
    }

    public Task AppendAsync(RunAppend append, CancellationToken cancellationToken)
    {
        BeforeAppend?.Invoke(Appends + 1);
        Appends++;
        foreach (var entry in append.Entries)
            if (entry.Seq != entries.Count + 1) throw new InvalidOperationException($"Entry {entry.Seq} follows {entries.Count}.");
            else entries.Add(entry);
        inbox.RemoveAll(r => append.InboxTaken.Contains(r.Id));
        Started.AddRange(append.Starts);
        Header = append.Header;
        return Task.CompletedTask;
    }

    public Task<RunRecord?> LoadAsync(Guid runId, CancellationToken cancellationToken) =>
        Task.FromResult<RunRecord?>(runId == run.RunId ? new RunRecord(run, Header.Status, [.. entries]) : null);

    public Task<IReadOnlyList<RunRequest>> InboxAsync(Guid runId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RunRequest>>([.. inbox]);

    public Task<RunStatus?> RequestAsync(
        Tenant tenant, Guid runId, RunRequest request, KeptAnswer? answer, CancellationToken cancellationToken)
    {
        inbox.Add(request with { Id = ++requests });
        return Task.FromResult<RunStatus?>(Header.Status);
    }

    public Task<long> ClaimAsync(int shard, DateTimeOffset now, CancellationToken cancellationToken) => Task.FromResult(1L);

    public Task<IReadOnlyList<Guid>> DueAsync(IReadOnlyList<int> shards, DateTimeOffset now, int limit,
        CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Guid>>([]);

    public Task<IReadOnlyList<DueRun>> DueBehindAsync(int shard, DueRun? behind, DateTimeOffset now, int limit,
        CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DueRun>>([]);

    public Task HandBackAsync(int shard, long epoch, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetCrashesAsync(RunIdentity run, long epoch, int crashes, int trials, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task<int> OpenInFamilyAsync(Guid rootId, int most, CancellationToken cancellationToken) => Task.FromResult(0);

    public Task<RunHead?> HeadAsync(Guid runId, CancellationToken cancellationToken) =>
        Task.FromResult(
            runId == run.RunId ? new RunHead(run, Header.Status, entries.Count, Header.CurrentNode, Header.StepsDone, []) : null);

    public Task PostponeAsync(Guid runId, int shard, long epoch, DateTimeOffset until, CancellationToken cancellationToken) =>
        Task.CompletedTask;
}
