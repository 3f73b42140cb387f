using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Runs.Desk;

/// <summary>
/// One run in front of a person: what is known of it, which step they look at, and what they may ask of it. Whoever draws it reads its
/// facts and calls it from one thread. Disposed of, it ends all that it does. Knows no Blazor.
/// </summary>
internal sealed class RunDesk : IDisposable
{
    /// <summary>How often it tells that time has passed: the line of "now" and open stretches move on while nothing happens.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);

    /// <summary>How often it is asked whether it may still be seen.</summary>
    public static readonly TimeSpan Sight = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource closing = new();
    private readonly OneClick repeats = new();
    private readonly RunDesks desks;
    private readonly CancellationToken closed;
    private RunStatus shown;

    public RunDesk(RunDesks desks, StudioSession session) =>
        (this.desks, Session, Lines, closed) = (desks, session, new RunLogLines(session.Format), closing.Token);

    public StudioSession Session { get; }

    /// <summary>The run; null until it is open, and when it cannot be read.</summary>
    public RunWatch? Run { get; private set; }

    /// <summary>Why it cannot be shown; null when it can, or is not open yet.</summary>
    public string? Problem { get; private set; }

    /// <summary>Its id when it is there and cannot be read: it can be tried again and canceled all the same.</summary>
    public Guid? Unreadable { get; private set; }

    /// <summary>What came of the last thing that was asked of it, when it was not done.</summary>
    public string? Refused { get; private set; }

    /// <summary>The runs that belong to it.</summary>
    public RunSurroundings Around { get; private set; } = RunSurroundings.None;

    /// <summary>What it asks people, for those who may decide.</summary>
    public IReadOnlyList<ApprovalView> Asked { get; private set; } = [];

    /// <summary>Its log.</summary>
    public RunLogLines Lines { get; }

    /// <summary>The step that is looked at; null for none.</summary>
    public string? Chosen { get; private set; }

    public bool MayRun => Hint is null;

    public bool MayDecide => Session.May(Permission.DecideApprovals);

    /// <summary>Why nothing may be asked of it; null when it may.</summary>
    public string? Hint => Session.Hint(Permission.ControlRuns) ?? Session.Hint(Permission.RunWorkflows);

    public void Dispose()
    {
        if (closed.IsCancellationRequested) return;
        closing.Cancel();
        closing.Dispose();
        Run?.Dispose();
    }

    /// <summary>Opens a run by its id in any of its forms; what comes when nobody looks any more is let go.</summary>
    public async Task OpenAsync(string key)
    {
        try
        {
            var read = ShownId.TryRead(key, out var id)
                ? await desks.Watch.OpenAsync(Session.Caller, id, closed)
                : new OperationProblem.NotFound("run");
            if (closed.IsCancellationRequested)
            {
                read.Value?.Dispose();
                return;
            }

            (Run, Problem) = (read.Value, read.Problem?.Message);
            if (read.Problem is OperationProblem.Conflict { ConflictCode: WatchRun.Unreadable }) Unreadable = id;
            if (Run is null) return;
            Lines.Take(Run);
            await LookAroundAsync(Run);
            await ReadAskedAsync();
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            // nobody looks any more
        }
    }

    /// <summary>
    /// Tells of every change until the desk is left; <see cref="TakeAsync"/> takes it. After an interruption that may be none.
    /// </summary>
    public Task FollowAsync(Func<Task> changed)
    {
        var watched = Run!;
        var isMissed = false;
        return Following.UntilClosedAsync(
            async () =>
            {
                if (isMissed) await changed();
                isMissed = true;
                await foreach (var _ in watched.ChangesAsync(closed)) await changed();
            },
            desks.Clock,
            closed);
    }

    /// <summary>Tells that time has passed, until the run is over or the desk is left.</summary>
    public async Task TickAsync(Func<Task> passed)
    {
        using var timer = new PeriodicTimer(Tick, desks.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(closed) && !Run!.State.IsFinal) await passed();
        }
        catch (Exception e) when (closed.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException)
        {
            // nobody looks any more
        }
    }

    /// <summary>Closes it with a sentence once somebody has taken the workflow out of sight; asks until the desk is left.</summary>
    public async Task StayAsync(Func<Task> closedNow)
    {
        using var timer = new PeriodicTimer(Sight, desks.Clock);
        await Following.UntilClosedAsync(
            async () =>
            {
                while (await timer.WaitForNextTickAsync(closed))
                {
                    if (await Run!.MayStayAsync(closed)) continue;
                    Problem = "This run is not shared with you any more.";
                    Run.Dispose();
                    await closedNow();
                    return;
                }
            },
            desks.Clock,
            closed);
    }

    /// <summary>Takes what has changed.</summary>
    public async Task TakeAsync()
    {
        if (Run is not { } run || closed.IsCancellationRequested) return;
        Lines.Take(run);
        if (run.State.Status != shown) await LookAroundAsync(run);
        await ReadAskedAsync();
    }

    /// <summary>Reads what it asks. A run that asks nothing costs nothing.</summary>
    public async Task ReadAskedAsync()
    {
        IReadOnlyList<ApprovalView> open = [];
        if (Run is { State.IsFinal: false } run && MayDecide && RunWords.AsksApproval(run))
        {
            var read = await desks.Approvals.OfRunAsync(Session.Caller, run.Id, closed);
            if (read.Ok) open = read.Value;
        }

        Asked = open;
    }

    /// <summary>Reads earlier lines of its log.</summary>
    public Task ReadEarlierAsync() => Lines.ExtendAsync(Run!, closed);

    /// <summary>Looks at a step, or at none; true when there was none before and now is, or the other way around.</summary>
    public bool Choose(string? step)
    {
        var isOther = Chosen is null != step is null;
        Chosen = step;
        return isOther;
    }

    /// <summary>What is lost when a step, or with null every step that waits for a time, is woken now; null when nothing is.</summary>
    public string? LostByWaking(string? step) => RunWords.LostByWaking(Run!, step);

    public Task PauseAsync() => AskAsync(() => desks.Control.PauseAsync(Session.Caller, Run!.Id, null, closed));

    /// <summary>Lets it go on; also one that cannot be read.</summary>
    public async Task ResumeAsync()
    {
        await AskAsync(() => desks.Control.ResumeAsync(Session.Caller, Unreadable ?? Run!.Id, null, closed));
        if (Unreadable is not null) Refused ??= "It is tried again. Load the page again to see what came of it.";
    }

    public Task WakeAsync(string? step) => AskAsync(() => desks.Control.WakeAsync(Session.Caller, Run!.Id, step, null, closed));

    /// <summary>Ends it; also one that cannot be read.</summary>
    public Task CancelAsync() => AskAsync(() => desks.Control.CancelAsync(Session.Caller, Unreadable ?? Run!.Id, null, closed));

    /// <summary>Does the rest in a new run, and answers its id; null when that was refused, or is being done already.</summary>
    public Task<Guid?> RetryAsync() => OnceAsync(() => desks.Repeat.FromFailureAsync(Session.Caller, Run!.Id, null, closed));

    /// <summary>Does one iteration of the step that is looked at again, likewise.</summary>
    public Task<Guid?> RetryIterationAsync(int index) =>
        OnceAsync(() => desks.Repeat.IterationAsync(Session.Caller, Run!.Id, Chosen!, index, null, closed));

    /// <summary>Does everything again, likewise.</summary>
    public Task<Guid?> AgainAsync(RunAgain how) =>
        RepeatAsync(() => desks.Repeat.AgainAsync(Session.Caller, Run!.Id, how, "manual", null, closed));

    // what belongs to it changes when it begins, starts others or ends
    private async Task LookAroundAsync(RunWatch run)
    {
        var status = run.State.Status;
        Around = await run.SurroundingsAsync(closed);
        shown = status;
    }

    private async Task AskAsync(Func<Task<Result<RunStatus>>> asking) => Refused = (await StoreAway.TryAsync(asking)).Problem?.Message;

    private async Task<Guid?> OnceAsync(Func<Task<Result<RepeatedExecution>>> repeating)
    {
        Guid? made = null;
        await repeats.RunAsync(async () => made = await RepeatAsync(repeating));
        return made;
    }

    private async Task<Guid?> RepeatAsync(Func<Task<Result<RepeatedExecution>>> repeating)
    {
        var repeated = await StoreAway.TryAsync(repeating);
        Refused = repeated.Problem?.Message;
        return repeated.Ok ? repeated.Value.Run.RunId : null;
    }
}
