using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Plans;

namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>
/// What a run that repeats another takes over from it. A final status never changes, so repeating makes a new run, which begins with what
/// was done already and does only the rest. Pure.
/// </summary>
public static class RunRepeat
{
    /// <summary>
    /// What is kept when a run is repeated from where it failed: every step that is over and that no step which is done again leads to.
    /// Of a for-each that did not end, the iterations that ended well are kept.
    /// </summary>
    public static IReadOnlyList<RunEvent> FromFailure(RunPlan plan, RunState state, IEnumerable<JournalEntry> entries) =>
        Kept(plan, state, entries, [.. plan.Regions[0].Steps.Where(i => !IsDone(plan, state, i))], null);

    /// <summary>
    /// What is kept when one iteration of a for-each is done again: all but that iteration and what comes after the for-each. Null when the
    /// run has no such iteration.
    /// </summary>
    public static IReadOnlyList<RunEvent>? Iteration(
        RunPlan plan, RunState state, IReadOnlyList<JournalEntry> entries, string nodeId, int iteration)
    {
        if (plan.IndexOf(nodeId) is not (>= 0 and var index) || plan.Steps[index] is not { Region: 0, Body: > 0 }) return null;
        if (!Ended(entries, nodeId).ContainsKey(iteration)) return null;
        var again = plan.Regions[0].Steps.Where(i => i == index || !IsDone(plan, state, i));
        return Kept(plan, state, entries, [.. again], iteration);
    }

    /// <summary>
    /// What a test run up to a step begins with: the pinned outputs, and as skipped every step whose output is not needed for it.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="upTo">The step at which the test ends; null tests everything.</param>
    /// <param name="pinned">Outputs that stand for steps that are not to be called, by step id. Steps inside a for-each cannot be
    /// pinned.</param>
    public static IReadOnlyList<RunEvent> Test(RunPlan plan, string? upTo, IReadOnlyDictionary<string, JsonElement> pinned)
    {
        var given = plan.Regions[0].Steps.Where(i => pinned.ContainsKey(plan.Steps[i].Node.Id)).ToHashSet();
        var needed =
            upTo is null ? plan.Regions[0].Steps.ToHashSet() : Needed(plan, plan.RootOf(plan.Steps[plan.IndexOf(upTo)]).Index, given);
        return
        [
            .. given.Where(needed.Contains).Order()
                .Select(i => new RunEvent.StepCompleted(plan.Steps[i].Node.Id, 1, pinned[plan.Steps[i].Node.Id], null)),
            .. plan.Regions[0].Steps.Where(i => !needed.Contains(i)).Select(i => new RunEvent.StepSkipped(plan.Steps[i].Node.Id)),
        ];
    }

    private static List<RunEvent> Kept(RunPlan plan, RunState state, IEnumerable<JournalEntry> entries, HashSet<int> again, int? iteration)
    {
        var list = entries.ToList();
        var kept = plan.Regions[0].Steps
            .Where(i => !again.Contains(i) && !plan.Steps[i].Upstream.Any(again.Contains))
            .OrderBy(i => state.Steps[i].EndedSeq)
            .Select(i => EndOf(plan.Steps[i], state.Steps[i])).ToList();
        foreach (var index in again.Order()) if (LoopOf(plan.Steps[index], again, list, iteration) is { } loop) kept.Add(loop);
        return kept;
    }

    private static RunEvent EndOf(PlanStep step, StepState known) => known.Status switch
    {
        StepStatus.Done => new RunEvent.StepCompleted(step.Node.Id, Math.Max(known.Attempt, 1), known.Output, known.Port),
        StepStatus.Failed => new RunEvent.StepFailed(step.Node.Id, Math.Max(known.Attempt, 1), known.ErrorCode!, known.ErrorMessage!)
        { Cause = known.Cause },
        _ => new RunEvent.StepSkipped(step.Node.Id),
    };

    // a for-each that is done again because a step before it is done again may get other items: then nothing of it is kept
    private static RunEvent.LoopStarted? LoopOf(PlanStep step, HashSet<int> again, List<JournalEntry> entries, int? iteration)
    {
        if (step.Body < 0 || step.Upstream.Any(u => again.Contains(u) && u != step.Index)) return null;
        if (entries.Select(e => e.Event).OfType<RunEvent.LoopStarted>()
            .LastOrDefault(e => e.Node == step.Node.Id && e.Iteration is null) is not { } started) return null;
        // an iteration that failed stays so only beside others that go on all the same: else its failure is the loop's
        var ended = Ended(entries, step.Node.Id)
            .Where(e => e.Key != iteration && (e.Value.Code is null || (iteration is not null && started.KeepGoing)));
        return started with
        { Known = ended.ToDictionary(e => e.Key, e => new IterationResult(e.Value.Output, e.Value.Code, e.Value.Message)) };
    }

    private static Dictionary<int, RunEvent.IterationEnded> Ended(IEnumerable<JournalEntry> entries, string nodeId)
    {
        var ended = new Dictionary<int, RunEvent.IterationEnded>();
        foreach (var entry in entries)
        {
            switch (entry.Event)
            {
                case RunEvent.LoopStarted l when l.Node == nodeId && l.Iteration is null:
                    ended.Clear(); // an earlier round of it
                    foreach (var (index, known) in l.Known)
                        ended[index] = new RunEvent.IterationEnded(nodeId, known.Output, known.Code, known.Message);
                    break;
                case RunEvent.IterationEnded i when i.Node == nodeId && IterationPath.Parent(i.Iteration!) is null:
                    ended[IterationPath.Last(i.Iteration!)] = i;
                    break;
            }
        }

        return ended;
    }

    private static bool IsDone(RunPlan plan, RunState state, int step) => state.Steps[step].Status switch
    {
        StepStatus.Done or StepStatus.Skipped => true,
        StepStatus.Failed => plan.Steps[step].Node.OnError != Model.OnError.Fail,
        _ => false,
    };

    private static HashSet<int> Needed(RunPlan plan, int target, HashSet<int> given)
    {
        var needed = new HashSet<int> { target };
        var open = new Stack<int>([target]);
        while (open.TryPop(out var step))
        {
            if (given.Contains(step)) continue;
            foreach (var link in plan.Steps[step].In.Concat(plan.Rounds.Where(r => r.Header == step).SelectMany(r => r.Back)))
                if (link.From != PlanLink.FromStart && needed.Add(link.From)) open.Push(link.From);
        }

        return needed;
    }
}
