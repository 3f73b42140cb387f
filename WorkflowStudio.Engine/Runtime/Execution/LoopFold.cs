using System.Collections.Immutable;
using System.Text.Json;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Runs;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>Folds the events of a for-each: iterations begin by themselves as far as the concurrency allows, in the order of the items.</summary>
internal static class LoopFold
{
    /// <summary>The state once a step runs through items.</summary>
    public static RunState Begin(RunPlan plan, RunState state, PlanStep step, string? iteration, RunEvent.LoopStarted e)
    {
        if (step.Body < 0) throw new InvalidOperationException($"The step “{step.Node.Id}” has nothing behind it that could be run for each item.");
        var loop = new LoopState
        {
            Items = e.Items.ValueKind == JsonValueKind.Array ? [.. e.Items.EnumerateArray()] : [],
            Concurrency = Math.Max(1, e.Concurrency),
            KeepGoing = e.KeepGoing,
            Results = e.Known.ToImmutableDictionary(k => k.Key, k => k.Value.Code is null ? k.Value.Output : default),
            Failed = e.Known.Count(k => k.Value.Code is not null),
        };
        return Open(plan, state, step, iteration, loop);
    }

    /// <summary>The state once an iteration is over.</summary>
    public static RunState EndIteration(RunPlan plan, RunState state, PlanStep step, RunEvent.IterationEnded e)
    {
        var (path, outer) = (e.Iteration!, IterationPath.Parent(e.Iteration!));
        var known = state.At(step, outer);
        if (known?.Loop is not { } loop || !state.Frames.ContainsKey(new FrameKey(step.Body, path)))
            throw new InvalidOperationException($"The journal ends the iteration {path} of the step “{step.Node.Id}”, which is not under way.");
        var failed = e.Code is not null;
        var collected = loop.Collected + RunLimits.SizeOf(e);
        var kept = !failed && !loop.IsCut && collected <= RunLimits.MaxCollected;
        loop = loop with
        {
            Results = loop.Results.Add(IterationPath.Last(path), kept ? e.Output : default),
            Collected = collected,
            IsCut = loop.IsCut || collected > RunLimits.MaxCollected,
            Failed = loop.Failed + (failed ? 1 : 0),
            Open = loop.Open - 1,
            Broken = failed && !loop.KeepGoing ? loop.Broken ?? (e.Code!, e.Message ?? "") : loop.Broken,
        };
        var released = (kept ? 0 : RunLimits.SizeOf(e)) + Within(plan, state, step.Body, path).Sum(k => state.Frames[k].Steps.Sum(RunLimits.SizeOf));
        return Open(plan, Without(plan, state with { Released = state.Released + released }, step.Body, path), step, outer, loop);
    }

    /// <summary>The state once the step is over: iterations that are still under way end with it.</summary>
    public static RunState Close(RunPlan plan, RunState state, PlanStep step, string? iteration)
    {
        var known = state.At(step, iteration)!;
        var next = state.With(step, iteration, known with { Loop = null });
        var within = next.Frames.Keys.Where(k => k.Region == step.Body && IterationPath.Parent(k.Path) == iteration).Select(k => k.Path).ToList();
        foreach (var path in within) next = Without(plan, next, step.Body, path);
        return next;
    }

    /// <summary>The iterations within an iteration, itself among them.</summary>
    public static IEnumerable<FrameKey> Within(RunPlan plan, RunState state, int region, string path) => state.Frames.Keys
        .Where(k => IterationPath.IsWithin(k.Path, path) && (k.Region == region || IsInner(plan, k.Region, region)));

    private static RunState Without(RunPlan plan, RunState state, int region, string path) =>
        state with { Frames = state.Frames.RemoveRange(Within(plan, state, region, path).ToList()) };

    private static RunState Open(RunPlan plan, RunState state, PlanStep step, string? iteration, LoopState loop)
    {
        var (frames, turn) = (state.Frames, state.TurnOf(step, iteration));
        while (loop.Broken is null && loop.Next < loop.Items.Length && loop.Open < loop.Concurrency)
        {
            if (loop.Results.ContainsKey(loop.Next))
            {
                loop = loop with { Next = loop.Next + 1 }; // over already, in the run that is repeated
                continue;
            }

            var steps = ImmutableArray.CreateRange(Enumerable.Repeat(StepState.NotStarted, plan.Regions[step.Body].Steps.Count));
            frames = frames.Add(new FrameKey(step.Body, IterationPath.Child(iteration, loop.Next)), new RunFrame(loop.Items[loop.Next], steps) { Turn = turn });
            loop = loop with { Next = loop.Next + 1, Open = loop.Open + 1 };
        }

        var next = state with { Frames = frames };
        return next.With(step, iteration, next.At(step, iteration)! with { Status = StepStatus.Looping, Loop = loop });
    }

    private static bool IsInner(RunPlan plan, int region, int outer)
    {
        for (var at = plan.Regions[region].Parent; at > 0; at = plan.Regions[at].Parent)
            if (at == outer) return true;
        return false;
    }
}
