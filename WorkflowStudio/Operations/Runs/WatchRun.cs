using System.Runtime.CompilerServices;
using System.Text.Json;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Runs;

/// <summary>Opens a run to look at, and keeps it up to date while somebody looks.</summary>
public sealed class WatchRun(RunFeed feed, RunViews views, RunAccess access)
{
    /// <summary>The code of the problem that a run cannot be read; it can be tried again and canceled all the same.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewRuns;

    /// <summary>The run as it is now. Dispose what comes back to stop listening.</summary>
    public async Task<Result<RunWatch>> OpenAsync(Caller caller, Guid runId, CancellationToken cancellationToken)
    {
        if (caller.RefuseKey(Needs) is { } refusal) return refusal;
        var subscription = feed.Subscribe(runId); // before the snapshot: what happens in between is told twice and dropped by its number
        RunWatch? opened = null;
        try
        {
            var found = await access.FindAsync(caller, runId, Needs, cancellationToken: cancellationToken);
            if (!found.Ok) return found.Problem;
            if (await views.ReadAsync(found.Value, cancellationToken) is { } view)
                opened = new RunWatch(view, subscription, access, caller, found.Value);
            return opened is null ? new OperationProblem.NotFound("run") : opened;
        }
        catch (UnreadableRunException e)
        {
            return new OperationProblem.Conflict(Unreadable, e.Message);
        }
        finally
        {
            if (opened is null) subscription.Dispose(); // also where the reading was given up
        }
    }
}

/// <summary>Reads a run as it is seen.</summary>
internal static class FoundRunViews
{
    public static Task<RunView?> ReadAsync(this RunViews views, FoundRun run, CancellationToken cancellationToken) => run.IsVeiled
        ? views.ReadVeiledAsync(run.Tenant, run.Row.Id, cancellationToken)
        : views.ReadNewestAsync(run.Tenant, run.Row.Id, cancellationToken);
}

/// <summary>
/// A run that is being watched. Its facts change only while <see cref="ChangesAsync"/> is enumerated, by the one who enumerates.
/// </summary>
public sealed class RunWatch : IDisposable
{
    private readonly RunSubscription subscription;
    private readonly RunAccess access;
    private readonly Caller caller;
    private readonly FoundRun found;
    private readonly RunView view;
    private bool isBehind;

    internal RunWatch(RunView view, RunSubscription subscription, RunAccess access, Caller caller, FoundRun found) =>
        (this.view, this.subscription, this.access, this.caller, this.found) = (view, subscription, access, caller, found);

    public Guid Id => view.Header.Id;

    public Guid WorkflowId => view.Header.WorkflowId;

    public string Workflow => view.Version.WorkflowName;

    /// <summary>The number of the version, from 1; below 0 for a draft that was tested.</summary>
    public int Version => view.Version.Number;

    /// <summary>What started it.</summary>
    public string Cause => view.Header.Cause;

    /// <summary>Whom it is about; null when nobody is named.</summary>
    public string? Subject => view.Header.Subject;

    public WorkflowDefinition Definition => view.Version.Definition;

    public EditorState Editor => view.Version.Editor;

    public RunState State => view.State;

    /// <summary>The newest entries of the journal, in order; <see cref="BeforeAsync"/> reads those before.</summary>
    public IReadOnlyList<JournalEntry> Entries => view.Entries;

    /// <summary>When its steps were worked on and waited.</summary>
    public StepTries Tries => view.Tries;

    /// <summary>At most <paramref name="count"/> entries of the journal that come before one, in order.</summary>
    public async Task<IReadOnlyList<JournalEntry>> BeforeAsync(long seq, int count, CancellationToken cancellationToken)
    {
        var first = Math.Max(1, seq - count);
        if (first >= seq) return [];
        var entries = await access.History.EntriesAsync(Id, first - 1, (int)(seq - first), cancellationToken);
        return found.IsVeiled ? [.. entries.Select(RunVeil.Over)] : entries;
    }

    public NodeType TypeOf(string stepId) => view.TypeOf(stepId);

    /// <summary>The shape of a step, as its settings make it.</summary>
    public NodeShape ShapeOf(string stepId) => TypeOf(stepId).ShapeOf(Definition.Node(stepId)!);

    /// <summary>The output ports of a step, as its settings make them.</summary>
    public IReadOnlyList<NodePort> PortsOf(string stepId) => ShapeOf(stepId).Ports;

    /// <summary>The state of a step; of one inside a for-each, all iterations summed up.</summary>
    public StepState Step(string stepId) => view.Step(stepId);

    /// <summary>The iterations of its for-each steps.</summary>
    public IterationViews Iterations => view.Iterations;

    /// <summary>Whether a step stands inside a for-each.</summary>
    public bool IsInside(string stepId) => view.IsInside(stepId);

    /// <summary>Whether an iteration of this for-each can be done again.</summary>
    public bool MayRepeatIterations(string stepId) => !IsTest && State.IsFinal && view.MayRepeatIterations(stepId);

    /// <summary>Whether it is seen without its data, for the sake of the run that started it.</summary>
    public bool IsVeiled => found.IsVeiled;

    /// <summary>Whether it may still be looked at as it is: somebody may have taken the workflow out of sight.</summary>
    public Task<bool> MayStayAsync(CancellationToken cancellationToken) => access.MayStayAsync(caller, found, cancellationToken);

    /// <summary>Whether it is a test run of a draft.</summary>
    public bool IsTest => view.Header.IsTest;

    /// <summary>Whether it waited for its turn when it was read; it no longer does once it is not queued.</summary>
    public bool IsHeld => view.Header.Gate == RunGate.Held && State.Status == RunStatus.Queued;

    /// <summary>The runs that belong to it, and how many of its workflow are under way, as they are now.</summary>
    public async Task<RunSurroundings> SurroundingsAsync(CancellationToken cancellationToken)
    {
        var kin = await access.History.KinAsync(view.Header, caller.Sight, cancellationToken);
        return new RunSurroundings(kin.Repeats, kin.StartedBy, kin.RepeatedBy, kin.Started,
            IsHeld ? await access.History.UnderWayAsync(WorkflowId, cancellationToken) : 0);
    }

    /// <summary>The settings a step was called with, as far as they are known.</summary>
    public JsonElement SettingsUsed(string stepId) => view.SettingsUsed(stepId);

    /// <summary>
    /// Yields after every change, at most ten times a second, until disposed. Entries that came faster than they were taken are read from
    /// the journal, from the place where they are missing: a flood costs what it wrote, once. Where that reading failed, the next
    /// enumeration begins with it.
    /// </summary>
    public async IAsyncEnumerable<RunState> ChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (isBehind)
        {
            await CatchUpAsync(cancellationToken);
            yield return view.State;
        }

        await foreach (var batch in subscription.ReadAsync(cancellationToken))
        {
            var before = view.State.Seq;
            if (batch.Gap || !view.TryApply(batch.Entries.Select(e => e.Entry))) await CatchUpAsync(cancellationToken);
            if (view.State.Seq != before) yield return view.State;
        }
    }

    public void Dispose() => subscription.Dispose();

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        isBehind = true;
        await foreach (var entry in access.History.ReadAsync(Id, view.State.Seq, cancellationToken))
            if (!view.TryApply([entry])) break;
        isBehind = false;
    }
}

/// <summary>What surrounds a run.</summary>
/// <param name="Repeats">The run that it repeats.</param>
/// <param name="StartedBy">The run that started it.</param>
/// <param name="RepeatedBy">Those that repeat it, newest first.</param>
/// <param name="Started">Those that it started, newest first.</param>
/// <param name="UnderWay">How many runs of its workflow are under way while it waits for its turn; else 0.</param>
public sealed record RunSurroundings(
    Guid? Repeats, Guid? StartedBy, IReadOnlyList<Guid> RepeatedBy, IReadOnlyList<Guid> Started, int UnderWay)
{
    /// <summary>Nothing.</summary>
    public static RunSurroundings None { get; } = new(null, null, [], [], 0);
}
