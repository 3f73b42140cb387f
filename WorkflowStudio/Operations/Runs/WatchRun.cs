using System.Runtime.CompilerServices;
using System.Text.Json;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Runs;

namespace WorkflowStudio.Operations.Runs;

/// <summary>Opens a run to look at, and keeps it up to date while somebody looks.</summary>
public sealed class WatchRun(RunFeed feed, RunViews views)
{
    /// <summary>The run as it is now. Dispose what comes back to stop listening.</summary>
    public async Task<Result<RunWatch>> OpenAsync(Caller caller, Guid runId, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ViewRuns) is { } refusal) return refusal;
        var subscription = feed.Subscribe(runId); // before the snapshot: what happens in between is told twice and dropped by its number
        var view = await views.ReadAsync(caller.Tenant, runId, cancellationToken);
        if (view is not null) return new RunWatch(view, subscription, ReadAgain);
        subscription.Dispose();
        return new OperationProblem.NotFound("run");

        Task<RunView?> ReadAgain(CancellationToken token) => views.ReadAsync(caller.Tenant, runId, token);
    }
}

/// <summary>A run that is being watched. Its facts change only while <see cref="ChangesAsync"/> is enumerated, by the one who enumerates.</summary>
public sealed class RunWatch : IDisposable
{
    private readonly RunSubscription subscription;
    private readonly Func<CancellationToken, Task<RunView?>> readAgain;
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

    public StepState Step(string stepId) => view.Step(stepId);

    /// <summary>The settings a step was called with, as far as they are known.</summary>
    public JsonElement SettingsUsed(string stepId) => view.SettingsUsed(stepId);

    /// <summary>Yields after every change, at most ten times a second, until disposed. After a gap the run is read again.</summary>
    public async IAsyncEnumerable<RunState> ChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in subscription.ReadAsync(cancellationToken))
        {
            var before = view.State.Seq;
            if ((batch.Gap || !view.TryApply(batch.Entries.Select(e => e.Entry))) && await readAgain(cancellationToken) is { } fresh) view = fresh;
            if (view.State.Seq != before) yield return view.State;
        }
    }

    public void Dispose() => subscription.Dispose();
}
