using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>Says what is wrong with a definition that is to run. Nothing is stored.</summary>
internal sealed class CheckWorkflow(WorkflowValidator validator)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewWorkflows;

    /// <summary>The errors, which would keep it from running, and the warnings.</summary>
    public Result<IReadOnlyList<WorkflowProblem>> Run(Caller caller, WorkflowDefinition definition)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        WorkflowProblem[] problems = [.. validator.ValidateToRun(definition)];
        return problems;
    }
}
