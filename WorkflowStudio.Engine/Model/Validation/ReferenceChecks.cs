namespace WorkflowStudio.Engine.Model.Validation;

/// <summary>Checks the templates in settings: that they can be read, and that the steps they name have run by then.</summary>
internal sealed class ReferenceChecks(IStepTypes types, WorkflowGraph graph)
{
    private const int MaxHints = 20;
    private const int MaxNamed = 30;
    private int hints;

    public IEnumerable<WorkflowProblem> Problems()
    {
        for (var i = 0; i < graph.Count; i++)
        {
            var node = graph.Node(i);
            var path = JsonPlace.Item("nodes", i) + ".config";
            var references = types.ReferencesOf(node);
            foreach (var problem in references.Problems) yield return Of(node, problem.Code, JsonPlace.Join(path, problem.Path), problem.Message, problem.Severity);
            foreach (var reference in references.Steps)
            {
                if (Of(node, i, reference, JsonPlace.Join(path, reference.Path)) is { } problem) yield return problem;
            }
        }
    }

    private WorkflowProblem? Of(WorkflowNode node, int index, StepReference reference, string path)
    {
        var written = Words.Short(reference.Text);
        if (!graph.TryIndex(reference.NodeId, out var named))
        {
            var hint = hints++ < MaxHints ? NearestName.Hint(reference.NodeId, graph.Definition.Nodes.Select(n => n.Id)) : "";
            return Of(node, WorkflowProblemCodes.UnknownReference, path, $"{written} refers to the step {Words.Short(reference.NodeId)}, but there is no such step.{hint}", ProblemSeverity.Error);
        }
        if (!graph.IsUpstream(named, index))
        {
            var why = named == index ? "which is this step itself" : "which does not lie before this one, so it has no output yet";
            return Of(node, WorkflowProblemCodes.NotUpstreamReference, path, $"{written} refers to the step {reference.NodeId}, {why}. Refer to a step on the way from the start to here.", ProblemSeverity.Error);
        }
        return graph.Node(named).Disabled
            ? Of(node, WorkflowProblemCodes.DisabledReference, path, $"{written} refers to the step {reference.NodeId}, which is switched off and has no output. Give a default with ??, or switch it on.", ProblemSeverity.Warning)
            : UnknownOutput(node, graph.Node(named), reference, path);
    }

    private WorkflowProblem? UnknownOutput(WorkflowNode node, WorkflowNode named, StepReference reference, string path)
    {
        if (reference.Field is not { } field || types.OutputsOf(named) is not { } outputs || outputs.Contains(field)) return null;
        var hint = hints++ < MaxHints ? NearestName.Hint(field, outputs) : "";
        var given = outputs.Count == 0 ? "It gives nothing." : $"It gives: {string.Join(", ", outputs.Take(MaxNamed))}{(outputs.Count > MaxNamed ? " …" : "")}.";
        return Of(node, WorkflowProblemCodes.UnknownOutput, path, $"{Words.Short(reference.Text)} asks the step {named.Id} for {Words.Short(field)}, which it does not give. {given}{hint}", ProblemSeverity.Warning);
    }

    private static WorkflowProblem Of(WorkflowNode node, string code, string path, string message, ProblemSeverity severity) =>
        new(code, path, node.Id, message, node.Disabled ? ProblemSeverity.Warning : severity);
}
