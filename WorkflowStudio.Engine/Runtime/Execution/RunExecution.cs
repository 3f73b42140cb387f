using System.Text.Json;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Diagnostics.Telemetry;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>
/// One run while it is worked on: performs what the decider wants, records what came of it, until the run is over or only waits.
/// A step with an outside effect is called only after its start is durable, and its successors only after its result is; steps that only
/// compute ride in the next commit.
/// </summary>
internal sealed class RunExecution : IDisposable
{
    private readonly RunIdentity run;
    private readonly RunPlan plan;
    private readonly ExecutionTools tools;
    private readonly RunLedger ledger;
    private readonly StepCalls steps;
    private readonly RunRecorder recorder;
    private readonly List<CallInFlight> calls = [];
    private readonly List<CallToMake> toStart = [];
    private readonly SemaphoreSlim bell = new(0, 1);
    private readonly CancellationTokenSource ended = new();
    private bool resultNotDurable;
    private bool inboxKeepsSignals;
    private int inboxRung;
    private bool disposed;

    public RunExecution(RunIdentity run, RunPlan plan, RunState initial, RunSurroundings surroundings, long epoch, ExecutionTools tools, Action? stepCameOut = null)
    {
        (this.run, this.plan, this.tools) = (run, plan, tools);
        ledger = new RunLedger(run, plan, initial, epoch, tools, stepCameOut);
        steps = new StepCalls(run, plan, surroundings, tools, Wake);
        recorder = new RunRecorder(plan, ledger, steps);
    }

    /// <summary>How the run stands.</summary>
    public RunState State => ledger.State;

    private bool Busy => recorder.HasCommands || toStart.Count > 0 || calls.Count > 0;

    private bool IsPaused => State.Status == RunStatus.Paused;

    /// <summary>Says that the inbox has something new. Safe from any thread.</summary>
    public void Ring()
    {
        Volatile.Write(ref inboxRung, 1);
        Wake();
    }

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

    /// <summary>Looks only at what is wanted of a run that waits for its turn: it may be canceled, paused and resumed, and begins nothing.</summary>
    public async Task LookAsync(CancellationToken stopping)
    {
        await ReadInboxAsync(stopping);
        if (ledger.IsDirty) await FlushAsync(stopping);
        else await ledger.MoveWakeAsync(false, stopping);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (bell) disposed = true;
        bell.Dispose();
        ended.Dispose();
    }

    private async Task WorkAsync(bool fresh, CancellationToken calling, CancellationToken stopping)
    {
        recorder.Enqueue(RunDecider.Resume(plan, State));
        if (!fresh) Volatile.Write(ref inboxRung, 1);
        while (true)
        {
            if (Interlocked.Exchange(ref inboxRung, 0) == 1) await ReadInboxAsync(stopping);
            WakeDue();
            await PerformAsync(calling);
            if (State.IsFinal)
            {
                await StartErrorRunAsync(stopping);
                await FlushAsync(stopping);
                return;
            }

            if (toStart.Count > 0) await StartCallsAsync(calling, stopping);
            if (calls.Count == 0)
            {
                if (!Waits())
                {
                    // never reached by a definition that the validator let pass: better a clear end than a run that hangs
                    recorder.Record(new RunEvent.RunFailed("no_way_on", "The steps that are left wait for each other. Remove the loop between them."));
                    continue;
                }

                if (ledger.IsDirty) await FlushAsync(stopping);
                else if (!fresh) await ledger.MoveWakeAsync(Busy, stopping); // taken up for nothing: it must not stay due
                if (Volatile.Read(ref inboxRung) == 1 || ledger.NextDue <= ledger.Now()) continue;
                return;
            }

            if (ledger.HasEntries) await FlushAsync(stopping);
            await WaitAsync(stopping);
            await CollectResultsAsync();
        }
    }

    private async Task PerformAsync(CancellationToken calling)
    {
        if (IsPaused)
        {
            recorder.DropCommands(); // what was to be done is decided anew when the run goes on
            toStart.Clear();
        }

        while (!State.IsFinal && recorder.TryTake(out var command))
        {
            if (command is RunCommand.ExecuteStep e) await ExecuteStepAsync(e, calling);
            else recorder.Perform(command);
        }
    }

    private async ValueTask ExecuteStepAsync(RunCommand.ExecuteStep e, CancellationToken calling)
    {
        var step = plan.Steps[e.Step];
        if (State.At(step, e.Iteration) is not { } known || known.IsOver || IsUnderWay(e)) return; // its iteration ended, or it was resumed while under way
        if (step.Type.HasOutsideEffect)
        {
            if (known.Status is StepStatus.NotStarted) recorder.Record(new RunEvent.StepStarted(step.Node.Id, e.Attempt) { Iteration = e.Iteration });
            toStart.Add(new CallToMake(e, State.TurnOf(step, e.Iteration)));
            return;
        }

        if (resultNotDurable) await FlushAsync(calling, busy: true); // this step is still to be called
        var turn = State.TurnOf(step, e.Iteration);
        var call = Call(e, calling);
        if (call.IsCompletedSuccessfully) recorder.RecordOutcome(e, turn, await call);
        else calls.Add(new CallInFlight(new CallToMake(e, turn), call.AsTask()));
    }

    private bool IsUnderWay(RunCommand.ExecuteStep e)
    {
        foreach (var call in calls) if (IsSame(call.Made, e)) return true;
        foreach (var start in toStart) if (IsSame(start, e)) return true;
        return false;
    }

    // a call of an earlier turn may still be under way: its iteration was ended and began anew
    private bool IsSame(in CallToMake made, RunCommand.ExecuteStep e) =>
        made.Command.Step == e.Step && made.Command.Iteration == e.Iteration && made.Turn == State.TurnOf(plan.Steps[e.Step], e.Iteration);

    private async Task StartCallsAsync(CancellationToken calling, CancellationToken stopping)
    {
        await FlushAsync(stopping);
        foreach (var start in toStart)
        {
            FailPoints.Pass(FailPoint.BeforeEffect);
            var (step, iteration) = (plan.Steps[start.Command.Step], start.Command.Iteration);
            if (State.At(step, iteration) is not null && State.TurnOf(step, iteration) == start.Turn) calls.Add(new CallInFlight(start, Call(start.Command, calling).AsTask()));
        }

        toStart.Clear();
    }

    private ValueTask<StepResult> Call(RunCommand.ExecuteStep e, CancellationToken calling)
    {
        var (step, now) = (plan.Steps[e.Step], ledger.Now());
        if (step.Type.Waits) ledger.NoteCall(step, e.Iteration, now);
        FailPoints.Pass(FailPoint.BeforeStep, step.Node.Id);
        return ResultAsync(steps.CallAsync(State, step, e.Iteration, e.Attempt, now, calling), now, calling);
    }

    private async ValueTask<StepResult> ResultAsync(ValueTask<NodeOutcome> call, DateTimeOffset now, CancellationToken calling)
    {
        var outcome = await call;
        if (outcome is not NodeOutcome.StartRun s) return new StepResult(outcome, null);
        var (start, refusal) = await tools.Children.PrepareAsync(run, s.Workflow, s.Payload.ValueKind == JsonValueKind.Undefined ? State.Payload : s.Payload, "workflow", now, calling);
        return new StepResult(refusal ?? outcome, start);
    }

    private async Task CollectResultsAsync()
    {
        for (var i = calls.Count - 1; i >= 0; i--)
        {
            if (!calls[i].Task.IsCompleted) continue;
            var call = calls[i];
            calls.RemoveAt(i);
            if (call.Task.IsCanceled) continue; // stopping: nothing is known of the call
            FailPoints.Pass(FailPoint.AfterEffect);
            recorder.RecordOutcome(call.Made.Command, call.Made.Turn, await call.Task);
            resultNotDurable = true;
        }

        if (inboxKeepsSignals) Volatile.Write(ref inboxRung, 1);
        recorder.RecordLines();
    }

    private async Task StartErrorRunAsync(CancellationToken cancellationToken)
    {
        if (State.Status != RunStatus.Failed || State.UpTo is not null || plan.Definition.Settings.ErrorWorkflow is not { } workflow) return;
        var (start, refusal) = await tools.Children.PrepareAsync(run, workflow, ErrorReport.Of(run, plan, State), ChildRuns.Error, ledger.Now(), cancellationToken);
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
            if (RunWakes.ComesEarly(plan, State, request, calls.Count > 0))
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

    private bool Waits() => IsPaused || RunSteps.First(plan, State, static s => s is StepStatus.Waiting or StepStatus.Retrying) is not null;

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
        var woken = await Task.WhenAny([.. calls.Select(c => (Task)c.Task), ring, renew]);
        await renewal.CancelAsync();
        stopping.ThrowIfCancellationRequested();
        if (woken != renew) return;
        Volatile.Write(ref inboxRung, 1); // a lost ring is made good here, too
        await ledger.MoveWakeAsync(Busy, stopping);
    }

    private TimeSpan UntilLook()
    {
        var look = RunLedger.Lease / 3;
        var due = ledger.NextDue - ledger.Now();
        return due < look ? due > TimeSpan.Zero ? due.Value : TimeSpan.Zero : look;
    }

    private void Wake()
    {
        lock (bell) if (!disposed && bell.CurrentCount == 0) bell.Release();
    }

    private readonly record struct CallToMake(RunCommand.ExecuteStep Command, string Turn);

    private readonly record struct CallInFlight(CallToMake Made, Task<StepResult> Task);
}

/// <summary>What executions share.</summary>
internal sealed record ExecutionTools(IJournal Journal, IRunFeed Feed, StepInvoker Invoker, ChildRuns Children, TimeProvider Clock, Microsoft.Extensions.Logging.ILogger Logger)
{
    /// <summary>Counts the ends of runs; null when nobody does.</summary>
    public RunMetrics? Runs { get; init; }

    /// <summary>Measures how late runs are taken up; null when nobody does.</summary>
    public PumpMetrics? Pumps { get; init; }

    /// <summary>Traces runs; null when nobody does.</summary>
    public RunTracing? Tracing { get; init; }
}
