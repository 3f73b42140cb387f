using System.Text.Json;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Feed;

/// <summary>
/// What the for-each steps of a run have come to: their iterations, and the steps inside of them summed up. The state of a run forgets an
/// iteration with its end, so this is kept beside it, entry by entry, at a cost that does not grow with the number of iterations.
/// </summary>
public sealed class IterationViews
{
    private readonly RunPlan plan;
    private readonly Dictionary<(int Step, string? Outer), LoopView> loops = [];
    private readonly Dictionary<int, List<LoopView>> byStep = [];
    private readonly StepTally[] tallies;
    private readonly StepState?[] latest;

    internal IterationViews(RunPlan plan) =>
        (this.plan, tallies, latest) = (plan, new StepTally[plan.Steps.Count], new StepState?[plan.Steps.Count]);

    private IterationViews(IterationViews from)
    {
        (plan, tallies, latest) = (from.plan, [.. from.tallies], [.. from.latest]);
        foreach (var (key, loop) in from.loops) loops[key] = loop.Copy();
        foreach (var (step, all) in from.byStep) byStep[step] = all.ConvertAll(l => loops[(step, l.Outer)]);
    }

    /// <summary>Every run through items of a for-each, in the order in which they began; empty before it, and for other steps.</summary>
    public IReadOnlyList<LoopView> Of(string nodeId) => byStep.TryGetValue(plan.IndexOf(nodeId), out var found) ? found : [];

    /// <summary>All for-each steps that have begun.</summary>
    public IEnumerable<LoopView> All => loops.Values;

    /// <summary>A step inside a for-each, over all iterations.</summary>
    public StepTally Tally(string nodeId) => tallies[plan.IndexOf(nodeId)];

    /// <summary>
    /// How many items the for-each around a step has so far, those left out that a repeated run took over; 0 outside of every for-each.
    /// </summary>
    public int Expected(string nodeId)
    {
        var step = plan.Steps[plan.IndexOf(nodeId)];
        if (step.Region == 0) return 0;
        return byStep.TryGetValue(plan.Regions[step.Region].Loop, out var around) ? around.Sum(l => l.Iterations.Count - l.TakenOver) : 0;
    }

    internal IterationViews Copy() => new(this);

    /// <summary>When an iteration of a for-each began; null when it has not.</summary>
    internal DateTimeOffset? StartOf(string nodeId, string iteration) =>
        loops.TryGetValue((plan.IndexOf(nodeId), IterationPath.Parent(iteration)), out var loop)
            && IterationPath.Last(iteration) is var index && index < loop.Iterations.Count
            ? loop.Iterations[index].StartedAt
            : null;

    /// <summary>The steps inside a for-each, those inside of others within it among them; none for other steps.</summary>
    internal IEnumerable<string> Inside(string nodeId)
    {
        if (plan.Steps[plan.IndexOf(nodeId)] is not { Body: >= 0 and var body }) return [];
        return plan.Steps.Where(s => IsWithin(s.Region, body)).Select(s => s.Node.Id);
    }

    /// <summary>A step inside a for-each as one: the status of all iterations, and what was last known of any.</summary>
    internal StepState Summary(PlanStep step) => (latest[step.Index] ?? StepState.NotStarted) with { Status = tallies[step.Index].Status };

    /// <summary>Takes in an entry, with the states before and after it.</summary>
    internal void Apply(RunState before, RunState after, in JournalEntry entry)
    {
        if (entry.Event.NodeId is not { } id)
        {
            if (after.IsFinal && !before.IsFinal) Cut(before, after, entry.At);
            return;
        }

        var step = plan.Steps[plan.IndexOf(id)];
        switch (entry.Event)
        {
            case RunEvent.IterationEnded ended:
                EndIteration(before, after, step, ended, entry.At);
                return;
            case RunEvent.RoundStarted round:
                foreach (var again in plan.Rounds.First(r => r.Header == step.Index).Steps)
                    Move(plan.Steps[again], round.Iteration, before, after);
                return;
            case RunEvent.LoopStarted started:
                Begin(after, step, started, entry.At);
                break;
            case RunEvent.StepFailed or RunEvent.StepCompleted when step.Body >= 0 && after.Frames.Count < before.Frames.Count:
                Cut(before, after, entry.At); // a for-each that broke ends what was under way
                break;
        }

        Move(step, entry.Event.Iteration, before, after);
    }

    private void Begin(RunState after, PlanStep step, RunEvent.LoopStarted e, DateTimeOffset at)
    {
        var loop = new LoopView(step.Node.Id, e.Iteration);
        if (!byStep.TryGetValue(step.Index, out var all)) byStep[step.Index] = all = [];
        if (loops.TryGetValue((step.Index, e.Iteration), out var earlier))
        {
            all.Remove(earlier); // a round of it before: what counts is the newest
            foreach (var inner in plan.Regions[step.Body].Steps) if (e.Iteration is null) tallies[inner] = default;
        }

        all.Add(loop);
        loops[(step.Index, e.Iteration)] = loop;
        var index = 0;
        foreach (var item in e.Items.ValueKind == JsonValueKind.Array ? e.Items.EnumerateArray() : default)
        {
            loop.Add(e.Known.TryGetValue(index, out var known)
                ? TakenOver(index, item, known)
                : new IterationView(index, item, StepStatus.NotStarted));
            index++;
        }

        Advance(after, step, loop, at);
    }

    private void EndIteration(RunState before, RunState after, PlanStep step, RunEvent.IterationEnded e, DateTimeOffset at)
    {
        var (index, outer) = (IterationPath.Last(e.Iteration!), IterationPath.Parent(e.Iteration!));
        CutSteps(before, LoopFold.Within(plan, before, step.Body, e.Iteration!), at);
        if (!loops.TryGetValue((step.Index, outer), out var loop)) return;
        loop.Set(index, loop.Iterations[index] with
        {
            Status = e.Code is null ? StepStatus.Done : StepStatus.Failed,
            EndedAt = at,
            Output = e.Code is null ? e.Output : default,
            ErrorCode = e.Code,
            ErrorMessage = e.Message,
        });
        Advance(after, step, loop, at);
    }

    // iterations begin by themselves, as far as the concurrency allows
    private static void Advance(RunState after, PlanStep step, LoopView loop, DateTimeOffset at)
    {
        if (after[new StepPlace(step, loop.Outer)]?.Loop is not { } known) return;
        for (; loop.Next < known.Next; loop.Next++)
            if (loop.Iterations[loop.Next].Status == StepStatus.NotStarted)
                loop.Set(loop.Next, loop.Iterations[loop.Next] with { Status = StepStatus.Running, StartedAt = at });
    }

    // what was under way before and no longer is, without having ended
    private void Cut(RunState before, RunState after, DateTimeOffset at) =>
        CutSteps(before, before.Frames.Keys.Where(k => !after.Frames.ContainsKey(k)), at);

    private void CutSteps(RunState before, IEnumerable<FrameKey> frames, DateTimeOffset at)
    {
        foreach (var key in frames)
        {
            var region = plan.Regions[key.Region];
            var steps = before.Frames[key].Steps;
            for (var i = 0; i < steps.Length; i++)
                if (!steps[i].IsOver && steps[i].Status != StepStatus.NotStarted)
                    Change(region.Steps[i], steps[i].Status, StepStatus.Canceled);
            if (!loops.TryGetValue((region.Loop, IterationPath.Parent(key.Path)), out var loop)) continue;
            var index = IterationPath.Last(key.Path);
            if (loop.Iterations[index].Status == StepStatus.Running)
                loop.Set(index, loop.Iterations[index] with { Status = StepStatus.Canceled, EndedAt = at });
        }
    }

    private void Move(PlanStep step, string? iteration, RunState before, RunState after)
    {
        var place = new StepPlace(step, iteration);
        if (step.Region == 0 || after[place] is not { } now) return;
        latest[step.Index] = now;
        Change(step.Index, before[place]?.Status ?? StepStatus.NotStarted, now.Status);
    }

    private void Change(int step, StepStatus from, StepStatus to)
    {
        if (from != to) tallies[step] = tallies[step].With(from, -1).With(to, 1);
    }

    private bool IsWithin(int region, int outer)
    {
        for (var at = region; at > 0; at = plan.Regions[at].Parent)
            if (at == outer) return true;
        return false;
    }

    private static IterationView TakenOver(int index, JsonElement item, in IterationResult known) =>
        new(index, item, known.Code is null ? StepStatus.Done : StepStatus.Failed)
        {
            TakenOver = true, Output = known.Code is null ? known.Output : default, ErrorCode = known.Code, ErrorMessage = known.Message,
        };
}
