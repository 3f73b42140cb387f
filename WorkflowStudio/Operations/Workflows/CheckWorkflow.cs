using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>Says what would keep a definition from running. Nothing is stored.</summary>
internal sealed class CheckWorkflow(WorkflowValidator validator)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewWorkflows;

    /// <summary>The errors.</summary>
    public Result<IReadOnlyList<WorkflowProblem>> Run(Caller caller, WorkflowDefinition definition)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        WorkflowProblem[] errors = [.. validator.ValidateToRun(definition).Where(p => p.Severity == ProblemSeverity.Error)];
        return errors;
    }
}
