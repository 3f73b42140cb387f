using System.Collections.Concurrent;
using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Model.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>Makes the calls of one run's steps: gives each what it may see, and gathers the lines that they log.</summary>
/// <param name="run">The run.</param>
/// <param name="plan">Its plan.</param>
/// <param name="context">The facts around it.</param>
/// <param name="tools">What executions share.</param>
/// <param name="logged">Told when a step that is under way has logged a line.</param>
internal sealed class StepCalls(RunIdentity run, RunPlan plan, RunContext context, ExecutionTools tools, Action logged)
{
    private const int LongestLine = 2_000;

    private readonly ConcurrentQueue<RunEvent.Log> lines = new();

    /// <summary>Calls a step.</summary>
    public ValueTask<NodeOutcome> CallAsync(RunState state, StepPlace place, int attempt, DateTimeOffset now, CancellationToken calling)
    {
        var (step, iteration) = place;
        var known = state[place]!;
        var scope = new RunScope(plan, state, place, step.Region, context, now);
        var mask = new SecretMask();
        var input = new NodeInput
        {
            Run = context.Facts,
            NodeId = step.Node.Id,
            Settings = default,
            Payload = state.Payload,
            Upstream = new UpstreamOutputs(scope),
            Attempt = Math.Max(attempt, 1),
            EffectKey = EffectKey(state, place),
            Now = now,
            Since = known.ListensSince,
            State = known.Memory,
            Wake = known.Wake,
            Iteration = scope.Iteration(),
            Scope = scope,
            Arrived = new RegionView(plan, state, step.Region, iteration).Arrived(step),
            Conceal = mask.Add,
            Log = (level, line) =>
            {
                var text = mask.Of(line);
                lines.Enqueue(new RunEvent.Log(step.Node.Id, Math.Max(attempt, 1), level, ShownText.Cut(text, LongestLine))
                { Iteration = iteration });
                if (step.Type.HasOutsideEffect) logged();
            },
        };
        return tools.Invoker.InvokeAsync(new StepCall(step, scope, input, mask), calling);
    }

    /// <summary>The key of a step's effect: the same for every call of the step in this run, this iteration and this turn.</summary>
    public string EffectKey(RunState state, StepPlace place) => place.In(state).EffectKey(run.RunId);

    /// <summary>
    /// What an iteration that ended well collected: what the step's setting says, else the newest output of its steps. A failure when the
    /// setting cannot be resolved.
    /// </summary>
    public (JsonElement Output, RunFailure? Failure) Collect(RunState state, PlanStep loop, string iteration, DateTimeOffset now)
    {
        var scope = new RunScope(plan, state, new StepPlace(loop, iteration), loop.Body, context, now);
        if (loop.Collect is null)
        {
            var newest = scope.Upstream().Where(s => s.Step.Region == loop.Body).Select(s => s.State.Output).FirstOrDefault();
            return (newest.ValueKind == JsonValueKind.Undefined ? scope.Iteration()!.Item : newest, null);
        }

        var resolution = loop.Collect.Resolve(scope);
        if (resolution.Succeeded) return Shallow(resolution.Value.EnumerateObject().First().Value);
        var failed = SettingsFailure.Of(loop.Type, resolution.Problems);
        return (default, new RunFailure(failed.Code, failed.Message));
    }

    private static (JsonElement Output, RunFailure? Failure) Shallow(JsonElement collected) =>
        JsonDepth.IsOver(collected) ? (default, new RunFailure(RunLimits.TooDeep.Code, RunLimits.TooDeep.Message)) : (collected, null);

    /// <summary>Takes the next line that was logged.</summary>
    public bool TryTakeLine(out RunEvent.Log line) => lines.TryDequeue(out line!);
}
