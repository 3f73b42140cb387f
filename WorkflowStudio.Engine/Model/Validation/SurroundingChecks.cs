namespace WorkflowStudio.Engine.Model.Validation;

/// <summary>
/// Checks that what the workflow names outside of itself is there: other workflows, connections, integrations. Warnings: it may be made
/// after this workflow, and until then only the runs that come there fail.
/// </summary>
internal sealed class SurroundingChecks(IStepTypes types, WorkflowDefinition definition, WorkflowSurroundings around)
{
    public IEnumerable<WorkflowProblem> Problems()
    {
        if (definition.Settings.ErrorWorkflow is { } workflow
            && OfWorkflow(workflow.Trim(), "settings.error_workflow", null, "nothing is started when a run fails") is { } unsure)
            yield return unsure;
        foreach (var name in types.OutsideNamesOf(definition.Trigger))
            if (OfConnection(name, JsonPlace.Join("trigger.config", name.Path), null, "every post is refused") is { } missing)
                yield return missing;
        for (var i = 0; i < definition.Nodes.Count; i++)
        {
            var node = definition.Nodes[i];
            if (node.Disabled) continue;
            if (!around.AllowsCode && types.Find(node.Type) is { RunsCode: true })
                yield return WorkflowProblem.Warning(WorkflowProblemCodes.CodeNotAllowed, JsonPlace.Item("nodes", i), node.Id,
                    $"This workspace does not allow code, so the step fails. {WorkflowSurroundings.CodeRemedy}");
            foreach (var name in types.OutsideNamesOf(node))
            {
                var path = JsonPlace.Join(JsonPlace.Item("nodes", i) + ".config", name.Path);
                var problem = name.Kind switch
                {
                    WorkflowSurroundings.Workflow => OfWorkflow(name.Name, path, node.Id, "the step fails"),
                    WorkflowSurroundings.Integration => OfIntegration(name, path, node.Id),
                    _ => OfConnection(name, path, node.Id, "the step fails"),
                };
                if (problem is not null) yield return problem;
            }
        }
    }

    private WorkflowProblem? OfWorkflow(string reference, string path, string? nodeId, string consequence) => around.Find(reference) switch
    {
        null when !around.IsComplete => null,
        null => WorkflowProblem.Warning(
            WorkflowProblemCodes.UnknownWorkflow, path, nodeId,
            $"There is no workflow {Words.Short(reference)}, so {consequence}. Choose one that is there, or make it "
            + $"first.{NearestName.Hint(reference, around.Workflows.Select(w => w.Slug))}"),
        { Status: WorkflowStatus.Active } => null,
        { } other => WorkflowProblem.Warning(WorkflowProblemCodes.WorkflowNotActive, path, nodeId,
            $"The workflow {Words.Short(other.Name)} is not active, so {consequence}. Activate it, or choose another."),
    };

    private WorkflowProblem? OfIntegration(OutsideName name, string path, string nodeId) =>
        around.FindIntegration(name.Name) is not null ? null : WorkflowProblem.Warning(
            WorkflowProblemCodes.NoIntegration, path, nodeId,
            $"There is no integration {Words.Short(name.Name)}, so the step fails. Choose one that is there, or make it by the API: POST "
            + "/api/workflows/integrations.");

    private WorkflowProblem? OfConnection(OutsideName name, string path, string? nodeId, string consequence)
    {
        var known = around.Connections.GetValueOrDefault(name.Kind) ?? [];
        return known.Contains(name.Name) ? null : WorkflowProblem.Warning(
            WorkflowProblemCodes.NoConnection, path, nodeId,
            $"There is no {name.Kind.ToUpperInvariant()} connection {Words.Short(name.Name)}, so {consequence}. Choose another, or "
            + $"make it under Connections.{NearestName.Hint(name.Name, known)}");
    }
}
