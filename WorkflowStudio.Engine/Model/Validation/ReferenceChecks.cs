namespace WorkflowStudio.Engine.Model.Validation;

/// <summary>Checks the expressions of every step in the light of the steps before it.</summary>
internal sealed class ReferenceChecks(IStepTypes types, WorkflowGraph graph, Func<WorkflowNode, IReadOnlyList<string>> ambients)
{
    private readonly StepSights sights = new(graph, types);
    private readonly SettingProblem[][] found = new SettingProblem[graph.Count][];

    public IEnumerable<WorkflowProblem> Problems()
    {
        // Steps are checked in the order in which they run, because each tells those behind it what it gives. A step that runs others for
        // each item gives what these give, so then everything is checked once more.
        Check();
        if (graph.Bodies.Count > 0) Check();
        for (var i = 0; i < graph.Count; i++)
        {
            if (found[i].Length == 0) continue;
            var node = graph.Node(i);
            var path = JsonPlace.Item("nodes", i) + ".config";
            foreach (var problem in found[i])
            {
                var severity = node.Disabled ? ProblemSeverity.Warning : problem.Severity; // a disabled step is passed through
                yield return new WorkflowProblem(problem.Code, JsonPlace.Join(path, problem.Path), node.Id, problem.Message, severity)
                { Position = problem.Position, Fix = problem.Fix };
            }
        }
    }

    private void Check()
    {
        sights.AllowHints();
        foreach (var step in graph.Order)
        {
            var node = graph.Node(step);
            found[step] = [.. types.CheckExpressions(node, new StepSight(sights, step, [.. OfLoops(step), .. ambients(node)]))];
        }
    }

    // inside a step that runs others for each item
    private string[] OfLoops(int step) => graph.Bodies.Values.Any(body => body[step]) ? ["$item", "$index"] : [];
}
