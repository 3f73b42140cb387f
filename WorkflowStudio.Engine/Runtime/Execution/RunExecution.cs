using System.Text.Json;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>
/// One run while it is worked on: makes the calls that the recorder says, records what came of them, and makes it durable, until the run is
/// over or only waits. A step with an outside effect is called only after its start is durable, and its successors only after its result
/// is; steps that only compute ride in the next commit.
/// </summary>
internal sealed class RunExecution : IDisposable
{
    private readonly RunIdentity run;
    private readonly RunPlan plan;
    private readonly ExecutionTools tools;
    private readonly RunLedger ledger;
    private readonly StepCalls steps;
    private readonly RunRecorder recorder;
    private readonly RunCalls calls = new();
    private readonly ExecutionBell bell = new();
    private readonly CancellationTokenSource ended = new();
    private bool resultNotDurable;
    private bool inboxKeepsSignals;

    public RunExecution(
        RunIdentity run, RunPlan plan, RunState initial, RunContext context, long epoch, ExecutionTools tools, Action? stepCameOut = null)
    {
        (this.run, this.plan, this.tools) = (run, plan, tools);
        ledger = new RunLedger(run, plan, initial, epoch, tools, stepCameOut);
        steps = new StepCalls(run, plan, context, tools, bell.Wake);
        recorder = new RunRecorder(plan, ledger, steps);
    }

    /// <summary>How the run stands.</summary>
    public RunState State => ledger.State;

    private bool Busy => recorder.HasCommands || !calls.IsEmpty;

    private bool IsPaused => State.Status == RunStatus.Paused;

    /// <summary>Says that the inbox has something new. Safe from any thread.</summary>
    public void Ring() => bell.Ring();

    /// <summary>Works until the run is over or waits. Throws <see cref="ShardLostException"/> when another owner has taken it.</summary>
    /// <param name="fresh">Whether the run was made a moment ago, so that neither inbox nor waits can hold anything.</param>
    /// <param name="stopping">Asks to stop: calls in flight are cut off and not recorded.</param>
    public async Task ExecuteAsync(bool fresh, CancellationToken stopping)
    {
        using var calling = CancellationTokenSource.CreateLinkedTokenSource(stopping, ended.Token);
        try
        {
            await WorkAsync(fresh, calling.Token, stopping);
        }
        finally
        {
            await ended.CancelAsync(); // also after a refused commit: nobody would record what the calls come to
        }
    }

    /// <summary>
    /// Looks only at what is wanted of a run that waits for its turn: it may be canceled, paused and resumed, and begins nothing.
    /// </summary>
    public async Task LookAsync(CancellationToken stopping)
    {
        await ReadInboxAsync(stopping);
        if (ledger.IsDirty) await FlushAsync(stopping);
        else await ledger.MoveWakeAsync(false, stopping);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        bell.Dispose();
        ended.Dispose();
    }

    private async Task WorkAsync(bool fresh, CancellationToken calling, CancellationToken stopping)
    {
        recorder.TakeUp();
        if (!fresh) bell.LookAtInbox();
        while (true)
        {
            if (bell.TakeRing()) await ReadInboxAsync(stopping);
            WakeDue();
            if (IsPaused) calls.DropKept(); // decided anew when the run goes on
            while (recorder.TryNextCall(out var call)) await BeginAsync(call, calling);
            if (State.IsFinal)
            {
                await StartErrorRunAsync(stopping);
                await FlushAsync(stopping);
                return;
            }

            if (calls.AnyWaiting) await MakeKeptAsync(calling, stopping);
            if (!calls.AnyUnderWay)
            {
                if (recorder.EndsForWantOfAWay()) continue;
                if (ledger.IsDirty) await FlushAsync(stopping);
                else if (!fresh) await ledger.MoveWakeAsync(Busy, stopping); // taken up for nothing: it must not stay due
                if (bell.IsRung || ledger.NextDue <= ledger.Now()) continue;
                return;
            }

            if (ledger.HasEntries) await FlushAsync(stopping);
            await WaitAsync(stopping);
            await CollectResultsAsync();
        }
    }

    private async ValueTask BeginAsync(CallToMake call, CancellationToken calling)
    {
        if (calls.Has(call)) return; // it was resumed while under way
        if (call.Place.Step.Type.HasOutsideEffect)
        {
            recorder.RecordStart(call);
            calls.Keep(call);
            return;
        }

        if (resultNotDurable) await FlushAsync(calling, busy: true); // this step is still to be called
        var result = CallAsync(call, calling);
        if (result.IsCompletedSuccessfully) recorder.RecordOutcome(call, await result);
        else calls.Add(call, result);
    }

    private async Task MakeKeptAsync(CancellationToken calling, CancellationToken stopping)
    {
        await FlushAsync(stopping);
        foreach (var call in calls.TakeKept())
        {
            FailPoints.Pass(FailPoint.BeforeEffect);
            if (call.IsStillMeant(State)) calls.Add(call, CallAsync(call, calling));
        }
    }

    private ValueTask<StepResult> CallAsync(in CallToMake call, CancellationToken calling)
    {
        var now = ledger.Now();
        if (call.Place.Step.Type.Waits) ledger.NoteCall(call.Place, now);
        FailPoints.Pass(FailPoint.BeforeStep, call.Place.Id);
        return ResultAsync(steps.CallAsync(State, call.Place, call.Attempt, now, calling), now, calling);
    }

    private async ValueTask<StepResult> ResultAsync(ValueTask<NodeOutcome> call, DateTimeOffset now, CancellationToken calling)
    {
        var outcome = await call;
        if (outcome is not NodeOutcome.StartRun s) return new StepResult(outcome, null);
        var payload = s.Payload.ValueKind == JsonValueKind.Undefined ? State.Payload : s.Payload;
        var (start, refusal) = await tools.Children.PrepareAsync(run, s.Workflow, payload, "workflow", now, calling);
        return new StepResult(refusal ?? outcome, start);
    }

    private async Task CollectResultsAsync()
    {
        while (calls.TryTakeCompleted(out var call, out var result))
        {
            if (result.IsCanceled) continue; // stopping: nothing is known of the call
            FailPoints.Pass(FailPoint.AfterEffect);
            recorder.RecordOutcome(call, await result);
            resultNotDurable = true;
        }

        if (inboxKeepsSignals) bell.LookAtInbox();
        recorder.RecordLines();
    }

    private async Task StartErrorRunAsync(CancellationToken cancellationToken)
    {
        if (State.Status != RunStatus.Failed || State.UpTo is not null || plan.Definition.Settings.ErrorWorkflow is not { } workflow)
            return;
        var report = ErrorReport.Of(run, plan, State);
        var (start, refusal) = await tools.Children.PrepareAsync(run, workflow, report, ChildRuns.Error, ledger.Now(), cancellationToken);
        if (start is not null) ledger.Start(start);
        else if (refusal is not null) Log.ErrorWorkflowRefused(tools.Logger, run.RunId, workflow, refusal.Message);
    }

    private void WakeDue()
    {
        var now = ledger.Now();
        if (State.IsFinal || ledger.NextDue is not { } next || next > now) return;
        if (ledger.Deadline <= now) recorder.Record(RunDeadline.Event(plan, State, now));
        else if (IsPaused) Resume(new RunEvent.RunResumed(RunEvent.Engine));
        else foreach (var e in RunWakes.Due(plan, State, now)) recorder.RecordWake(e);
    }

    private async Task ReadInboxAsync(CancellationToken cancellationToken)
    {
        inboxKeepsSignals = false;
        foreach (var request in await tools.Journal.InboxAsync(run.RunId, cancellationToken))
        {
            if (RunWakes.ComesEarly(plan, State, request, calls.AnyUnderWay))
            {
                inboxKeepsSignals = true;
                continue;
            }

            if (!ledger.Take(request) || State.IsFinal) continue;
            foreach (var e in RunWakes.Asked(plan, State, request))
                if (e is RunEvent.RunResumed resumed) Resume(resumed);
                else recorder.RecordWake(e);
        }
    }

    // durable before anything is called: a step that kills the server must not do it again and again to a run that still counts as paused
    private void Resume(RunEvent.RunResumed e)
    {
        recorder.RecordWake(e);
        resultNotDurable = true;
    }

    private ValueTask FlushAsync(CancellationToken cancellationToken, bool busy = false)
    {
        resultNotDurable = false;
        return ledger.FlushAsync(busy || Busy, cancellationToken);
    }

    private async Task WaitAsync(CancellationToken stopping)
    {
        using var renewal = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var ring = bell.WaitAsync(renewal.Token);
        var renew = Task.Delay(UntilLook(), tools.Clock, renewal.Token); // for the lease, or for a wait on another branch
        var woken = await Task.WhenAny([.. calls.Tasks, ring, renew]);
        await renewal.CancelAsync();
        stopping.ThrowIfCancellationRequested();
        if (woken != renew) return;
        bell.LookAtInbox(); // a lost ring is made good here, too
        await ledger.MoveWakeAsync(Busy, stopping);
    }

    private TimeSpan UntilLook()
    {
        var look = RunLedger.Lease / 3;
        var due = ledger.NextDue - ledger.Now();
        return due < look ? due > TimeSpan.Zero ? due.Value : TimeSpan.Zero : look;
    }
}
