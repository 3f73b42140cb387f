using System.Runtime.CompilerServices;
using System.Text.Json;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Runs;
using WorkflowStudio.Engine.Runtime.Shards;

namespace WorkflowStudio.Operations.Runs;

/// <summary>Opens a run to look at, and keeps it up to date while somebody looks.</summary>
public sealed class WatchRun(RunFeed feed, RunViews views)
{
    /// <summary>The code of the problem that a run cannot be read; it can be tried again and canceled all the same.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>The run as it is now. Dispose what comes back to stop listening.</summary>
    public async Task<Result<RunWatch>> OpenAsync(Caller caller, Guid runId, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ViewRuns) is { } refusal) return refusal;
        var subscription = feed.Subscribe(runId); // before the snapshot: what happens in between is told twice and dropped by its number
        RunView? view;
        try
        {
            view = await views.ReadAsync(caller.Tenant, runId, cancellationToken);
        }
        catch (UnreadableRunException e)
        {
            subscription.Dispose();
            return new OperationProblem.Conflict(Unreadable, e.Message);
        }

        if (view is not null) return new RunWatch(view, subscription, ReadAgain);
        subscription.Dispose();
        return new OperationProblem.NotFound("run");

        Task<RunView?> ReadAgain(CancellationToken token) => views.ReadAsync(caller.Tenant, runId, token);
    }
}

/// <summary>A run that is being watched. Its facts change only while <see cref="ChangesAsync"/> is enumerated, by the one who enumerates, and by <see cref="ReloadAsync"/>.</summary>
public sealed class RunWatch : IDisposable
{
    private readonly RunSubscription subscription;
    private readonly Func<CancellationToken, Task<RunView?>> readAgain;
    private readonly SemaphoreSlim turn = new(1, 1);
    private RunView view;

    internal RunWatch(RunView view, RunSubscription subscription, Func<CancellationToken, Task<RunView?>> readAgain) =>
        (this.view, this.subscription, this.readAgain) = (view, subscription, readAgain);

    public Guid Id => view.Header.Id;

    public Guid WorkflowId => view.Header.WorkflowId;

    public string Workflow => view.Version.WorkflowName;

    /// <summary>The number of the version, from 1.</summary>
    public int Version => view.Version.Number;

    /// <summary>What started it.</summary>
    public string Cause => view.Header.Cause;

    /// <summary>Whom it is about; null when nobody is named.</summary>
    public string? Subject => view.Header.Subject;

    public WorkflowDefinition Definition => view.Version.Definition;

    public EditorState Editor => view.Version.Editor;

    public RunState State => view.State;

    /// <summary>The journal so far, in order.</summary>
    public IReadOnlyList<JournalEntry> Entries => view.Entries;

    public NodeType TypeOf(string stepId) => view.TypeOf(stepId);

    /// <summary>The output ports of a step, as its settings make them.</summary>
    public IReadOnlyList<NodePort> PortsOf(string stepId) => TypeOf(stepId).PortsOf(Definition.Node(stepId)!);

    public StepState Step(string stepId) => view.Step(stepId);

    /// <summary>The settings a step was called with, as far as they are known.</summary>
    public JsonElement SettingsUsed(string stepId) => view.SettingsUsed(stepId);

    /// <summary>
    /// Whether entries came faster than they were taken and are missing here. The run stands still then, until <see cref="ReloadAsync"/>:
    /// reading it again with every batch would make a flood worse.
    /// </summary>
    public bool HasGap { get; private set; }

    /// <summary>Yields after every change, at most ten times a second, until disposed; also when a gap begins.</summary>
    public async IAsyncEnumerable<RunState> ChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in subscription.ReadAsync(cancellationToken))
            if (await TakeAsync(batch, cancellationToken)) yield return view.State;
    }

    /// <summary>Reads the run again, which closes the gap. What comes from now on follows without an entry missing or twice.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        using (await OnlyOneAsync(cancellationToken))
        {
            HasGap = false;
            if (await readAgain(cancellationToken) is { } fresh) view = fresh;
        }
    }

    public void Dispose() => subscription.Dispose();

    // whether there is something new to show
    private async Task<bool> TakeAsync(FeedBatch batch, CancellationToken cancellationToken)
    {
        using (await OnlyOneAsync(cancellationToken))
        {
            if (HasGap) return false;
            var before = view.State.Seq;
            HasGap = batch.Gap;
            // a single entry that is missing is no flood: it was told before it could be read
            if (!HasGap && !view.TryApply(batch.Entries.Select(e => e.Entry)) && await readAgain(cancellationToken) is { } fresh) view = fresh;
            return HasGap || view.State.Seq != before;
        }
    }

    // a reload and a batch must not replace each other's view
    private async Task<IDisposable> OnlyOneAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
