using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Diagnostics.Telemetry;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Model.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>
/// Calls one step once: resolves its settings, keeps its time and its limits, and turns whatever happens into an outcome.
/// </summary>
internal sealed class StepInvoker(TimeProvider clock, ILogger<StepInvoker> logger, StepMetrics? metrics = null, RunTracing? tracing = null)
{
    /// <summary>The time one call may take when the step names none.</summary>
    public static readonly TimeSpan UsualTimeout = TimeSpan.FromMinutes(2);

    /// <summary>The largest output of a step, in bytes of JSON.</summary>
    public const int MaxOutput = 1024 * 1024;

    /// <summary>
    /// Calls a step. Never throws, except when <paramref name="stopping"/> asks to stop or the database is away: then nothing is known of
    /// the call.
    /// </summary>
    public ValueTask<NodeOutcome> InvokeAsync(StepCall call, CancellationToken stopping) =>
        metrics is { IsOn: true } || tracing is { IsOn: true } ? WatchedAsync(call, stopping) : ResolveAndCallAsync(call, stopping);

    // apart: a call that nobody watches carries nothing of it
    private async ValueTask<NodeOutcome> WatchedAsync(StepCall call, CancellationToken stopping)
    {
        var type = call.Step.Type.Type;
        using var span = tracing?.Step(type, call.Input.NodeId, call.Input.Attempt);
        var from = clock.GetTimestamp();
        var outcome = await ResolveAndCallAsync(call, stopping);
        metrics?.Called(type, outcome, clock.GetElapsedTime(from));
        if (span is not null) RunTracing.End(span, outcome);
        return outcome;
    }

    private async ValueTask<NodeOutcome> ResolveAndCallAsync(StepCall call, CancellationToken stopping)
    {
        var step = call.Step;
        var settings = step.Settings.Resolve(call.Scope);
        if (settings.Problems.Count > 0)
            return SettingsFailure.Of(step.Type, settings.Problems);

        call.Mask.Add(step.Type.Settings, settings.Value);
        return call.Mask.Of(await CallAsync(call, call.Input with { Settings = settings.Value }, stopping));
    }

    private async ValueTask<NodeOutcome> CallAsync(StepCall call, NodeInput input, CancellationToken stopping)
    {
        var step = call.Step;
        if (!step.Type.HasOutsideEffect && !step.Type.Waits && step.Node.Timeout is null)
        {
            // the hot path: a step that computes and is done at once needs no timer
            try
            {
                var computing = step.Type.ExecuteAsync(input, stopping);
                return Limited(computing.IsCompleted ? await computing : await computing.AsTask().WaitAsync(UsualTimeout, clock, stopping),
                    input.Wake.Data);
            }
            catch (TimeoutException) when (!stopping.IsCancellationRequested)
            {
                return Late(UsualTimeout);
            }
            catch (Exception e) when (e is not StoreAwayException && !stopping.IsCancellationRequested)
            {
                return Broken(call, e);
            }
        }

        using var timer = new CancellationTokenSource(step.Node.Timeout ?? UsualTimeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stopping);
        try
        {
            return Limited(await step.Type.ExecuteAsync(input, both.Token).AsTask().WaitAsync(both.Token), input.Wake.Data);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            return Late(step.Node.Timeout ?? UsualTimeout);
        }
        catch (Exception e) when (e is not StoreAwayException && !stopping.IsCancellationRequested)
        {
            return Broken(call, e);
        }
    }

    private static NodeOutcome.Failed Late(TimeSpan limit) =>
        new("timeout", $"The step took longer than {limit.TotalSeconds:0.#} s. Try again, or allow it more time.", true);

    private NodeOutcome.Failed Broken(StepCall call, Exception e)
    {
        Log.StepBroke(logger, call.Step.Node.Type, call.Step.Node.Id, call.Input.Run.RunId, e);
        return new NodeOutcome.Failed("internal_error", "The step met an error of its own. The server's log has the details.");
    }

    /// <summary>The outcome, or the failure that the limit on its data makes of it.</summary>
    /// <param name="outcome">What came of the step.</param>
    /// <param name="told">What the step was woken with: it may hand that on, such as what a run that it started gave in the end.</param>
    public static NodeOutcome Limited(NodeOutcome outcome, JsonElement told = default)
    {
        var value = outcome switch
        {
            NodeOutcome.Completed c => c.Output,
            NodeOutcome.EndRun e => e.Output,
            NodeOutcome.Waiting w => w.State,
            NodeOutcome.ForEach l => l.Items,
            NodeOutcome.StartRun s => s.Payload,
            _ => default,
        };
        if (value.ValueKind == JsonValueKind.Undefined) return outcome;
        if (JsonDepth.IsOver(value)) return RunLimits.TooDeep;
        var size = JsonMarshal.GetRawUtf8Value(value).Length;
        return size <= Math.Max(MaxOutput, RunLimits.SizeOf(told))
            ? outcome
            : new NodeOutcome.Failed(
                "output_too_large", $"The step's output has {size:N0} bytes; at most {MaxOutput:N0} are allowed (1 MiB).");
    }
}

/// <summary>One call to be made.</summary>
/// <param name="Step">The step.</param>
/// <param name="Scope">What its expressions see.</param>
/// <param name="Input">What it is given; the settings are still to be resolved.</param>
/// <param name="Mask">Its secrets.</param>
internal sealed record StepCall(PlanStep Step, RunScope Scope, NodeInput Input, SecretMask Mask);
