using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api;

/// <summary>Steps one after the other, for the dialects that know no links.</summary>
internal static class StepChain
{
    /// <summary>The links from the start through the nodes in their order.</summary>
    public static IReadOnlyList<LinkConnection> Links(IReadOnlyList<WorkflowNode> nodes) =>
        [.. nodes.Select((node, i) => new LinkConnection(i == 0 ? WorkflowDefinition.TriggerId : nodes[i - 1].Id, null, node.Id))];

    /// <summary>
    /// The nodes in the order in which they run. False when the definition is no chain: something branches, joins, goes round, leaves by
    /// a port of its own, or is not reached.
    /// </summary>
    public static bool TryOrder(WorkflowDefinition definition, out IReadOnlyList<WorkflowNode> nodes) =>
        WorkflowShapes.TryChain(definition, out nodes);
}
