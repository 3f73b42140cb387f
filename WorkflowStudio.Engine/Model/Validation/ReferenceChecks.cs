namespace WorkflowStudio.Engine.Model.Validation;

/// <summary>Checks the expressions of every step in the light of the steps before it.</summary>
internal sealed class ReferenceChecks(IStepTypes types, WorkflowGraph graph, Func<WorkflowNode, IReadOnlyList<string>> ambients)
{
    public IEnumerable<WorkflowProblem> Problems()
    {
        var sights = new StepSights(graph, types);
        for (var i = 0; i < graph.Count; i++)
        {
            var node = graph.Node(i);
            var path = JsonPlace.Item("nodes", i) + ".config";
            foreach (var problem in types.CheckExpressions(node, new StepSight(sights, i, [.. OfLoops(i), .. ambients(node)])))
            {
                var severity = node.Disabled ? ProblemSeverity.Warning : problem.Severity; // a disabled step is passed through
                yield return new WorkflowProblem(problem.Code, JsonPlace.Join(path, problem.Path), node.Id, problem.Message, severity) { Position = problem.Position, Fix = problem.Fix };
            }
        }
    }

    // inside a step that runs others for each item
    private string[] OfLoops(int step) => graph.Bodies.Values.Any(body => body[step]) ? ["$item", "$index"] : [];
}
