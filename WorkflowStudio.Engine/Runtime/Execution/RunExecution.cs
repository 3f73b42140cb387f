using System.Collections.Concurrent;
using System.Text.Json;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Runs;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>
/// One run while it is worked on: performs what the decider wants, records what came of it, until the run is over or only waits.
/// A step with an outside effect is called only after its start is durable, and its successors only after its result is; steps that only
/// compute ride in the next commit.
/// </summary>
internal sealed class RunExecution(RunIdentity run, RunPlan plan, RunState initial, RunSurroundings surroundings, long epoch, ExecutionTools tools) : IDisposable
{
    private static readonly JsonElement EmptyObject = JsonSerializer.Deserialize<JsonElement>("{}");

    private readonly Queue<RunCommand> commands = new();
    private readonly List<(PlanStep Step, Task<NodeOutcome> Call)> calls = [];
    private readonly List<RunCommand.ExecuteStep> toStart = [];
    private readonly ConcurrentQueue<RunEvent.Log> lines = new();
    private readonly SemaphoreSlim bell = new(0, 1);
    private readonly CancellationTokenSource ended = new();
    private readonly RunLedger ledger = new(run, plan, initial, epoch, tools);
    private bool resultNotDurable;
    private int inboxRung;
    private bool disposed;

    private RunState State => ledger.State;

    private bool Busy => commands.Count > 0 || toStart.Count > 0 || calls.Count > 0;

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

    /// <inheritdoc />
    public void Dispose()
    {
        lock (bell) disposed = true;
        bell.Dispose();
        ended.Dispose();
    }

    private async Task WorkAsync(bool fresh, CancellationToken calling, CancellationToken stopping)
    {
        Enqueue(RunDecider.Resume(plan, State));
        if (!fresh) Volatile.Write(ref inboxRung, 1);
        while (true)
        {
            if (Interlocked.Exchange(ref inboxRung, 0) == 1) await ReadInboxAsync(stopping);
            WakeDue();
            await PerformAsync(calling);
            if (State.IsFinal)
            {
                await FlushAsync(stopping);
                return;
            }

            if (toStart.Count > 0) await StartCallsAsync(calling, stopping);
            if (calls.Count == 0)
            {
                if (!Waits())
                {
                    // never reached by a definition that the validator let pass: better a clear end than a run that hangs
                    Record(new RunEvent.RunFailed("no_way_on", "The steps that are left wait for each other. Remove the loop between them."));
                    continue;
                }

                if (ledger.IsDirty) await FlushAsync(stopping);
                else if (!fresh) await ledger.MoveWakeAsync(Busy, stopping); // taken up for nothing: it must not stay due
                if (Volatile.Read(ref inboxRung) == 1 || State.NextWake <= ledger.Now()) continue;
                return;
            }

            if (ledger.HasEntries) await FlushAsync(stopping);
            await WaitAsync(stopping);
            await CollectResultsAsync();
        }
    }

    private async Task PerformAsync(CancellationToken calling)
    {
        while (!State.IsFinal && commands.TryDequeue(out var command))
        {
            switch (command)
            {
                case RunCommand.SkipStep s:
                    Record(new RunEvent.StepSkipped(plan.Steps[s.Step].Node.Id));
                    break;
                case RunCommand.PassStep s:
                    Record(new RunEvent.StepCompleted(plan.Steps[s.Step].Node.Id, 1, EmptyObject, null));
                    break;
                case RunCommand.Finish f:
                    Record(f.Failure is null ? new RunEvent.RunCompleted() : new RunEvent.RunFailed(f.Failure.Code, f.Failure.Message));
                    break;
                case RunCommand.ExecuteStep e:
                    await ExecuteStepAsync(e, calling);
                    break;
            }
        }
    }

    private async ValueTask ExecuteStepAsync(RunCommand.ExecuteStep e, CancellationToken calling)
    {
        var step = plan.Steps[e.Step];
        if (step.Type.HasOutsideEffect)
        {
            if (State.Steps[e.Step].Status is StepStatus.NotStarted) Record(new RunEvent.StepStarted(step.Node.Id, e.Attempt));
            toStart.Add(e);
            return;
        }

        if (resultNotDurable) await FlushAsync(calling);
        var call = Call(step, e.Attempt, calling);
        if (call.IsCompletedSuccessfully) RecordOutcome(step, e.Attempt, call.Result);
        else calls.Add((step, call.AsTask()));
    }

    private async Task StartCallsAsync(CancellationToken calling, CancellationToken stopping)
    {
        await FlushAsync(stopping);
        foreach (var e in toStart)
        {
            FailPoints.Pass("before_effect");
            calls.Add((plan.Steps[e.Step], Call(plan.Steps[e.Step], e.Attempt, calling).AsTask()));
        }

        toStart.Clear();
    }

    private ValueTask<NodeOutcome> Call(PlanStep step, int attempt, CancellationToken calling)
    {
        var now = ledger.Now();
        var known = State.Steps[step.Index];
        if (step.Type.Waits) ledger.NoteCall(step.Node.Id, now);
        var scope = new RunScope(plan, State, step, surroundings, now);
        var input = new NodeInput
        {
            Run = surroundings.Facts,
            NodeId = step.Node.Id,
            Settings = default,
            Payload = State.Payload,
            Upstream = new UpstreamOutputs(plan, State, scope),
            Attempt = Math.Max(attempt, 1),
            EffectKey = $"{run.RunId:N}:{step.Node.Id}",
            Now = now,
            State = known.Memory,
            Wake = known.Wake,
            Log = (level, text) =>
            {
                lines.Enqueue(new RunEvent.Log(step.Node.Id, Math.Max(attempt, 1), level, text.Length <= 2000 ? text : text[..2000] + "…"));
                if (step.Type.HasOutsideEffect) Wake();
            },
        };
        return tools.Invoker.InvokeAsync(new StepCall(step, scope, input), calling);
    }

    private async Task CollectResultsAsync()
    {
        for (var i = calls.Count - 1; i >= 0; i--)
        {
            if (!calls[i].Call.IsCompleted) continue;
            var (step, call) = calls[i];
            calls.RemoveAt(i);
            if (call.IsCanceled) continue; // stopping: nothing is known of the call
            FailPoints.Pass("after_effect");
            RecordOutcome(step, Math.Max(State.Steps[step.Index].Attempt, 1), await call);
            resultNotDurable = true;
        }

        RecordLines();
    }

    private void RecordOutcome(PlanStep step, int attempt, NodeOutcome outcome)
    {
        RecordLines();
        if (State.IsFinal) return;
        var id = step.Node.Id;
        switch (outcome)
        {
            case NodeOutcome.Completed c:
                Record(new RunEvent.StepCompleted(id, attempt, c.Output, c.Port));
                break;
            case NodeOutcome.Waiting w:
                Record(new RunEvent.StepParked(id, attempt, w.Until, w.Signal, w.State, w.Caption));
                break;
            case NodeOutcome.Failed f when RetryRule.Next(step.Node.Retry, attempt, f, ledger.Now()) is { } at:
                Record(new RunEvent.RetryScheduled(id, attempt, f.Code, f.Message, at));
                break;
            case NodeOutcome.Failed f:
                Record(new RunEvent.StepFailed(id, attempt, f.Code, f.Message));
                break;
        }
    }

    private void RecordLines()
    {
        while (lines.TryDequeue(out var line))
        {
            if (State.IsFinal || State.LogLines > RunLimits.MaxLogLines) continue;
            Record(State.LogLines < RunLimits.MaxLogLines ? line : line with { Level = NodeLogLevel.Warning, Text = $"The run has written {RunLimits.MaxLogLines:N0} lines; further ones are not kept." });
        }
    }

    private void WakeDue()
    {
        if (State.IsFinal || State.NextWake is not { } next || next > ledger.Now()) return;
        var now = ledger.Now();
        foreach (var step in plan.Steps)
        {
            var known = State.Steps[step.Index];
            if (known.Until > now || known.Until is null) continue;
            if (known.Status == StepStatus.Waiting) Record(new RunEvent.StepWoken(step.Node.Id, known.Attempt, NodeWakeKind.Time, null, default, null));
            else if (known.Status == StepStatus.Retrying) TryAgain(step, known);
        }
    }

    private void TryAgain(PlanStep step, StepState known)
    {
        Record(new RunEvent.StepStarted(step.Node.Id, known.Attempt + 1));
        commands.Enqueue(new RunCommand.ExecuteStep(step.Index, known.Attempt + 1));
    }

    private async Task ReadInboxAsync(CancellationToken cancellationToken)
    {
        foreach (var request in await tools.Journal.InboxAsync(run.RunId, cancellationToken))
        {
            if (!ledger.Take(request) || State.IsFinal) continue;
            if (request.Kind == RunRequestKind.Cancel) Record(new RunEvent.RunCanceled(request.By ?? "somebody"));
            else WakeRequested(request);
        }
    }

    private void WakeRequested(RunRequest request)
    {
        foreach (var step in plan.Steps)
        {
            var known = State.Steps[step.Index];
            if (request.NodeId is not null && request.NodeId != step.Node.Id) continue;
            if (known.Status == StepStatus.Retrying && request.Kind == RunRequestKind.WakeNow) TryAgain(step, known);
            if (known.Status != StepStatus.Waiting) continue;
            if (request.Kind == RunRequestKind.Signal && known.Signal == request.Name)
                Record(new RunEvent.StepWoken(step.Node.Id, known.Attempt, NodeWakeKind.Signal, request.Name, request.Data, request.By));
            else if (request.Kind == RunRequestKind.WakeNow && known.Until is not null)
                Record(new RunEvent.StepWoken(step.Node.Id, known.Attempt, NodeWakeKind.Time, null, default, request.By));
        }
    }

    private void Record(RunEvent e) => Enqueue(ledger.Record(e));

    private bool Waits()
    {
        foreach (var step in State.Steps)
            if (step.Status is StepStatus.Waiting or StepStatus.Retrying) return true;
        return false;
    }

    private void Enqueue(IReadOnlyList<RunCommand> next)
    {
        for (var i = 0; i < next.Count; i++) commands.Enqueue(next[i]);
    }

    private ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        resultNotDurable = false;
        return ledger.FlushAsync(Busy, cancellationToken);
    }

    private async Task WaitAsync(CancellationToken stopping)
    {
        using var renewal = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var ring = bell.WaitAsync(renewal.Token);
        var renew = Task.Delay(UntilLook(), tools.Clock, renewal.Token); // for the lease, or for a wait on another branch
        var woken = await Task.WhenAny([.. calls.Select(c => (Task)c.Call), ring, renew]);
        await renewal.CancelAsync();
        stopping.ThrowIfCancellationRequested();
        if (woken != renew) return;
        Volatile.Write(ref inboxRung, 1); // a lost ring is made good here, too
        await ledger.MoveWakeAsync(Busy, stopping);
    }

    private TimeSpan UntilLook()
    {
        var look = RunLedger.Lease / 3;
        var due = State.NextWake - ledger.Now();
        return due < look ? due > TimeSpan.Zero ? due.Value : TimeSpan.Zero : look;
    }

    private void Wake()
    {
        lock (bell) if (!disposed && bell.CurrentCount == 0) bell.Release();
    }
}

/// <summary>What executions share.</summary>
internal sealed record ExecutionTools(IJournal Journal, IRunFeed Feed, StepInvoker Invoker, TimeProvider Clock);
