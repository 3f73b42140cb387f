using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Triggers;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>What workflows can be made of: step types and trigger types.</summary>
internal sealed class ReadStepTypes(NodeCatalog catalog)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewWorkflows;

    /// <summary>All of them, sorted by name.</summary>
    public Result<StepTypes> Run(Caller caller)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var unbuilt = UnbuiltSteps.All.Where(t => catalog.Types.All(known => known.Type != t.Type));
        return new StepTypes([.. catalog.Types.Concat(unbuilt).OrderBy(t => t.Type, StringComparer.Ordinal)], catalog.Triggers);
    }
}

/// <summary>Step types, those that are not built yet among them, and trigger types.</summary>
internal sealed record StepTypes(IReadOnlyList<NodeType> Steps, IReadOnlyList<TriggerType> Triggers);
