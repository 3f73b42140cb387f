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
    /// <summary>How long a run may be silent in execution before another owner may take it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private static readonly JsonElement EmptyObject = JsonSerializer.Deserialize<JsonElement>("{}");

    private readonly Queue<RunCommand> commands = new();
    private readonly List<(PlanStep Step, Task<NodeOutcome> Call)> calls = [];
    private readonly List<RunCommand.ExecuteStep> toStart = [];
    private readonly ConcurrentQueue<RunEvent.Log> lines = new();
    private readonly SemaphoreSlim bell = new(0, 1);
    private readonly CancellationTokenSource ended = new();
    private List<JournalEntry> buffer = [];
    private List<RunWait> waits = [];
    private List<string> endedWaits = [];
    private readonly Dictionary<string, DateTimeOffset> calledAt = [];
    private RunState state = initial;
    private bool resultNotDurable;
    private long inboxUpTo;
    private int inboxRung;
    private bool disposed;

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
        Enqueue(RunDecider.Resume(plan, state));
        if (!fresh) Volatile.Write(ref inboxRung, 1);
        while (true)
        {
            if (Interlocked.Exchange(ref inboxRung, 0) == 1) await ReadInboxAsync(stopping);
            WakeDue();
            await PerformAsync(calling);
            if (state.IsFinal)
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

                if (buffer.Count > 0 || inboxUpTo > 0) await FlushAsync(stopping);
                else if (!fresh) await MoveWakeAsync(stopping); // taken up for nothing: it must not stay due
                if (Volatile.Read(ref inboxRung) == 1 || state.NextWake <= Now()) continue;
                return;
            }

            if (buffer.Count > 0) await FlushAsync(stopping);
            await WaitAsync(stopping);
            CollectResults();
        }
    }

    private async Task PerformAsync(CancellationToken calling)
    {
        while (!state.IsFinal && commands.TryDequeue(out var command))
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
            if (state.Steps[e.Step].Status is StepStatus.NotStarted) Record(new RunEvent.StepStarted(step.Node.Id, e.Attempt));
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
        var now = Now();
        var known = state.Steps[step.Index];
        if (step.Type.Waits) calledAt[step.Node.Id] = now;
        var scope = new RunScope(plan, state, step, surroundings, now);
        var input = new NodeInput
        {
            Run = surroundings.Facts,
            NodeId = step.Node.Id,
            Settings = default,
            Payload = state.Payload,
            Upstream = new UpstreamOutputs(plan, state, scope),
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

    private void CollectResults()
    {
        for (var i = calls.Count - 1; i >= 0; i--)
        {
            if (!calls[i].Call.IsCompleted) continue;
            var (step, call) = calls[i];
            calls.RemoveAt(i);
            if (call.IsCanceled) continue; // stopping: nothing is known of the call
            FailPoints.Pass("after_effect");
            RecordOutcome(step, Math.Max(state.Steps[step.Index].Attempt, 1), call.GetAwaiter().GetResult());
            resultNotDurable = true;
        }

        RecordLines();
    }

    private void RecordOutcome(PlanStep step, int attempt, NodeOutcome outcome)
    {
        RecordLines();
        if (state.IsFinal) return;
        var id = step.Node.Id;
        switch (outcome)
        {
            case NodeOutcome.Completed c:
                Record(new RunEvent.StepCompleted(id, attempt, c.Output, c.Port));
                break;
            case NodeOutcome.Waiting w:
                Record(new RunEvent.StepParked(id, attempt, w.Until, w.Signal, w.State, w.Caption));
                break;
            case NodeOutcome.Failed f when RetryRule.Next(step.Node.Retry, attempt, f.Retryable, Now()) is { } at:
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
            if (state.IsFinal || state.LogLines > RunLimits.MaxLogLines) continue;
            Record(state.LogLines < RunLimits.MaxLogLines ? line : line with { Level = NodeLogLevel.Warning, Text = $"The run has written {RunLimits.MaxLogLines:N0} lines; further ones are not kept." });
        }
    }

    private void WakeDue()
    {
        if (state.IsFinal || state.NextWake is not { } next || next > Now()) return;
        var now = Now();
        foreach (var step in plan.Steps)
        {
            var known = state.Steps[step.Index];
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
            if (request.Id <= inboxUpTo) continue;
            inboxUpTo = request.Id;
            if (state.IsFinal) continue;
            if (request.Kind == RunRequestKind.Cancel) Record(new RunEvent.RunCanceled(request.By ?? "somebody"));
            else WakeRequested(request);
        }
    }

    private void WakeRequested(RunRequest request)
    {
        foreach (var step in plan.Steps)
        {
            var known = state.Steps[step.Index];
            if (request.NodeId is not null && request.NodeId != step.Node.Id) continue;
            if (known.Status == StepStatus.Retrying && request.Kind == RunRequestKind.WakeNow) TryAgain(step, known);
            if (known.Status != StepStatus.Waiting) continue;
            if (request.Kind == RunRequestKind.Signal && known.Signal == request.Name)
                Record(new RunEvent.StepWoken(step.Node.Id, known.Attempt, NodeWakeKind.Signal, request.Name, request.Data, request.By));
            else if (request.Kind == RunRequestKind.WakeNow && known.Until is not null)
                Record(new RunEvent.StepWoken(step.Node.Id, known.Attempt, NodeWakeKind.Time, null, default, request.By));
        }
    }

    private void Record(RunEvent e)
    {
        e = RunLimits.Refuse(state, e) ?? e;
        if (e is RunEvent.RunFailed or RunEvent.RunCanceled) EndWaits();
        var entry = new JournalEntry(state.Seq + 1, Now(), e);
        if (e is RunEvent.StepParked p) waits.Add(new RunWait(p.Node, p.Until, p.Signal, ListensSince(p.Node) ?? entry.At));
        else if (e is RunEvent.StepWoken k) EndWait(k.Node);
        var decision = RunDecider.Decide(plan, state, entry);
        state = decision.State;
        buffer.Add(entry);
        Enqueue(decision.Commands);
    }

    private bool Waits()
    {
        foreach (var step in state.Steps)
            if (step.Status is StepStatus.Waiting or StepStatus.Retrying) return true;
        return false;
    }

    private void EndWaits()
    {
        foreach (var step in plan.Steps)
            if (state.Steps[step.Index].Status == StepStatus.Waiting) EndWait(step.Node.Id);
    }

    private void EndWait(string node)
    {
        waits.RemoveAll(w => w.NodeId == node); // one that began since the last commit was never stored
        endedWaits.Add(node);
    }

    // from the journal where it knows, so that a crash in between loses no signal
    private DateTimeOffset? ListensSince(string node) =>
        state.Steps[plan.IndexOf(node)].ListensSince ?? (calledAt.TryGetValue(node, out var at) ? at : null);

    private void Enqueue(IReadOnlyList<RunCommand> next)
    {
        for (var i = 0; i < next.Count; i++) commands.Enqueue(next[i]);
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (buffer.Count == 0 && inboxUpTo == 0) return;
        var entries = buffer;
        var append = new RunAppend(run, epoch, entries, Header(), waits, endedWaits, inboxUpTo);
        buffer = [];
        (waits, endedWaits, inboxUpTo, resultNotDurable) = ([], [], 0, false);
        await tools.Journal.AppendAsync(append, cancellationToken);
        tools.Feed.Publish(run, entries);
    }

    private RunHeader Header()
    {
        var busy = commands.Count > 0 || toStart.Count > 0 || calls.Count > 0;
        var now = Now();
        var status = busy && !state.IsFinal ? RunStatus.Running : state.Status;
        DateTimeOffset? wakeAt = state.IsFinal ? null : busy ? now + Lease : state.NextWake ?? now + TimeSpan.FromDays(3650);
        return new RunHeader(status, state.IsFinal ? null : CurrentNode(), state.StepsOver, wakeAt, state.Failure?.Code, state.Failure?.Message, state.IsFinal ? state.LastAt : null);
    }

    private string? CurrentNode()
    {
        string? waiting = null;
        foreach (var step in plan.Steps)
        {
            var status = state.Steps[step.Index].Status;
            if (status == StepStatus.Running) return step.Node.Id;
            if (status is StepStatus.Waiting or StepStatus.Retrying) waiting ??= step.Node.Id;
        }

        return waiting;
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
        await MoveWakeAsync(stopping);
    }

    private TimeSpan UntilLook()
    {
        var look = Lease / 3;
        var due = state.NextWake - Now();
        return due < look ? due > TimeSpan.Zero ? due.Value : TimeSpan.Zero : look;
    }

    private Task MoveWakeAsync(CancellationToken stopping) =>
        tools.Journal.AppendAsync(new RunAppend(run, epoch, [], Header(), [], [], 0), stopping);

    private void Wake()
    {
        lock (bell) if (!disposed && bell.CurrentCount == 0) bell.Release();
    }

    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(tools.Clock.GetUtcNow().ToUnixTimeMilliseconds());
}

/// <summary>What executions share.</summary>
internal sealed record ExecutionTools(IJournal Journal, IRunFeed Feed, StepInvoker Invoker, TimeProvider Clock);
