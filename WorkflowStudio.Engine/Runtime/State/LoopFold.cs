using System.Collections.Immutable;
using System.Text.Json;
using WorkflowStudio.Engine.Runtime.Plans;

namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>
/// Folds the events of a for-each: iterations begin by themselves as far as the concurrency allows, in the order of the items.
/// </summary>
internal static class LoopFold
{
    /// <summary>The state once a step runs through items.</summary>
    public static RunState Begin(RunPlan plan, RunState state, StepPlace place, RunEvent.LoopStarted e)
    {
        if (place.Step.Body < 0)
            throw new InvalidOperationException($"The step “{place.Id}” has nothing behind it that could be run for each item.");
        var loop = new LoopState
        {
            Items = e.Items.ValueKind == JsonValueKind.Array ? [.. e.Items.EnumerateArray()] : [],
            Concurrency = Math.Max(1, e.Concurrency),
            KeepGoing = e.KeepGoing,
            Failed = e.Known.Count(k => k.Value.Code is not null),
            Held = RunLimits.SizeOf(e.Items),
        };
        foreach (var (index, known) in e.Known) loop = Collect(loop, index, known.Code is null ? known.Output : default);
        return Open(plan, state, place, loop);
    }

    /// <summary>The state once an iteration is over.</summary>
    public static RunState EndIteration(RunPlan plan, RunState state, PlanStep step, RunEvent.IterationEnded e)
    {
        var path = e.Iteration!;
        var place = new StepPlace(step, IterationPath.Parent(path));
        if (state[place]?.Loop is not { } loop || !state.Frames.ContainsKey(new FrameKey(step.Body, path)))
            throw new InvalidOperationException(
                $"The journal ends the iteration {path} of the step “{step.Node.Id}”, which is not under way.");
        var failed = e.Code is not null;
        loop = Collect(loop, IterationPath.Last(path), failed ? default : e.Output) with
        {
            Failed = loop.Failed + (failed ? 1 : 0),
            Open = loop.Open - 1,
            Broken = failed && !loop.KeepGoing ? loop.Broken ?? (e.Code!, e.Message ?? "") : loop.Broken,
        };
        return Open(plan, Without(plan, state, step.Body, path), place, loop);
    }

    /// <summary>The state once the step is over: iterations that are still under way end with it.</summary>
    public static RunState Close(RunPlan plan, RunState state, StepPlace place)
    {
        var (step, iteration) = place;
        var next = state.With(place, state[place]! with { Loop = null });
        var within = next.Frames.Keys.Where(k => k.Region == step.Body && IterationPath.Parent(k.Path) == iteration)
            .Select(k => k.Path).ToList();
        foreach (var path in within) next = Without(plan, next, step.Body, path);
        return next;
    }

    /// <summary>The iterations within an iteration, itself among them.</summary>
    public static IEnumerable<FrameKey> Within(RunPlan plan, RunState state, int region, string path) => state.Frames.Keys
        .Where(k => IterationPath.IsWithin(k.Path, path) && (k.Region == region || IsInner(plan, k.Region, region)));

    // past the limit the rest is not kept: every item is gone through all the same
    private static LoopState Collect(LoopState loop, int index, JsonElement output)
    {
        var size = RunLimits.SizeOf(output);
        var collected = loop.Collected + size;
        var isCut = loop.IsCut || collected > RunLimits.MaxCollected;
        return loop with
        {
            Results = loop.Results.SetItem(index, isCut ? default : output),
            Collected = collected,
            IsCut = isCut,
            Held = loop.Held + (isCut ? 0 : size),
        };
    }

    private static RunState Without(RunPlan plan, RunState state, int region, string path)
    {
        var over = Within(plan, state, region, path).ToList();
        return state with
        { Frames = state.Frames.RemoveRange(over), Held = state.Held - over.Sum(k => state.Frames[k].Steps.Sum(s => s.Held)) };
    }

    private static RunState Open(RunPlan plan, RunState state, StepPlace place, LoopState loop)
    {
        var (frames, turn, body) = (state.Frames, state.TurnOf(place), place.Step.Body);
        while (loop.Broken is null && loop.Next < loop.Items.Length && loop.Open < loop.Concurrency)
        {
            if (loop.Results.ContainsKey(loop.Next))
            {
                loop = loop with { Next = loop.Next + 1 }; // over already, in the run that is repeated
                continue;
            }

            var steps = ImmutableArray.CreateRange(Enumerable.Repeat(StepState.NotStarted, plan.Regions[body].Steps.Count));
            frames = frames.Add(new FrameKey(body, IterationPath.Child(place.Iteration, loop.Next)),
                new RunFrame(loop.Items[loop.Next], steps) { Turn = turn });
            loop = loop with { Next = loop.Next + 1, Open = loop.Open + 1 };
        }

        var next = state with { Frames = frames };
        return next.With(place, next[place]! with { Status = StepStatus.Looping, Loop = loop });
    }

    private static bool IsInner(RunPlan plan, int region, int outer)
    {
        for (var at = plan.Regions[region].Parent; at > 0; at = plan.Regions[at].Parent)
            if (at == outer) return true;
        return false;
    }
}
