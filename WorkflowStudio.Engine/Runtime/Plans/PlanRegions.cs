using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Runtime.Plans;

/// <summary>
/// The steps that are run together: region 0 is the workflow itself, every other one is what lies behind the body port of a step that runs
/// through items.
/// </summary>
/// <param name="Index">Its number.</param>
/// <param name="Loop">The step whose items are run through; -1 for region 0.</param>
/// <param name="Parent">The region in which that step stands; -1 for region 0.</param>
/// <param name="Depth">How many for-eachs lie around its steps.</param>
/// <param name="Steps">Its steps, by their index in the plan, in the order of the definition.</param>
public sealed record PlanRegion(int Index, int Loop, int Parent, int Depth, IReadOnlyList<int> Steps);

/// <summary>Finds the regions of a definition.</summary>
internal static class PlanRegions
{
    /// <summary>The regions, region 0 first; every step is in the region of the innermost for-each around it.</summary>
    /// <param name="steps">How many steps there are.</param>
    /// <param name="loops">The steps that run through items.</param>
    /// <param name="body">The steps that the body port of such a step leads to.</param>
    /// <param name="next">The steps that any port of a step leads to.</param>
    public static IReadOnlyList<PlanRegion> Find(
        int steps, IReadOnlyList<int> loops, Func<int, IEnumerable<int>> body, Func<int, IEnumerable<int>> next)
    {
        var bodies = loops.Select(loop => (Loop: loop, Steps: Reach(steps, loop, body(loop), next)))
            .OrderByDescending(b => b.Steps.Count).ToList();
        // the region of each step; bodies from the largest to the smallest, so the innermost has the last word
        var innermost = new int[steps];
        for (var i = 0; i < bodies.Count; i++)
            foreach (var step in bodies[i].Steps) innermost[step] = i + 1;
        var regions = new List<PlanRegion> { new(0, -1, -1, 0, Members(0)) };
        for (var i = 0; i < bodies.Count; i++)
        {
            var parent = innermost[bodies[i].Loop];
            regions.Add(new PlanRegion(i + 1, bodies[i].Loop, parent, parent <= i ? regions[parent].Depth + 1 : 1, Members(i + 1)));
        }

        return regions;

        List<int> Members(int region) => [.. Enumerable.Range(0, steps).Where(s => innermost[s] == region)];
    }

    /// <summary>What a body port leads to. A link back to the loop's own step only ends the iteration, so the walk stops there.</summary>
    public static HashSet<int> Reach(int steps, int loop, IEnumerable<int> first, Func<int, IEnumerable<int>> next)
    {
        var found = new HashSet<int>(Math.Min(steps, 16));
        var open = new Stack<int>(first.Where(s => s != loop));
        while (open.TryPop(out var step))
        {
            if (!found.Add(step)) continue;
            foreach (var follower in next(step)) if (follower != loop) open.Push(follower);
        }

        return found;
    }
}
