using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>How the ports of a step are written: as branches, and which of them lead on to what follows the step.</summary>
internal sealed class BlockPorts(IStepTypes types, Func<WorkflowNode, bool?> wasBlock)
{
    private readonly Dictionary<WorkflowNode, bool> blocks = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether the step is written as a block; what a client sent as an action stays one.</summary>
    public bool IsBlock(WorkflowNode node) => blocks.TryGetValue(node, out var known)
        ? known
        : blocks[node] = wasBlock(node) ?? BlockTypes.IsBlock(node, [.. UsualBranches(node)]);

    /// <summary>The port that is meant where none is named.</summary>
    public string First(WorkflowNode node) => types.PortsOf(node) is [var first, ..] ? first : "out";

    /// <summary>The port behind which steps are run for each item; null when there is none.</summary>
    public string? Body(WorkflowNode node) => types.Find(node.Type)?.BodyPort;

    /// <summary>The order of a port among those of its step.</summary>
    public int Order(WorkflowNode node, string port)
    {
        var ports = types.PortsOf(node);
        for (var i = 0; i < ports.Count; i++)
            if (ports[i] == port) return i;
        return ports.Count;
    }

    /// <summary>
    /// The ports through which the step goes on to what follows it where nothing else is said: of an action the first, of a block all but
    /// that of failures and the body of a loop.
    /// </summary>
    public IEnumerable<string> Through(WorkflowNode node, bool hasWays)
    {
        if (types.Find(node.Type) is null) return hasWays && IsBlock(node) ? [] : ["out"];
        var ports = Outward(node);
        return IsBlock(node) || Body(node) is not null ? ports : ports.Take(1);
    }

    /// <summary>The branches that a block shows also when they are empty.</summary>
    public IReadOnlyList<string> UsualBranches(WorkflowNode node) => node.Type switch
    {
        BlockTypes.Condition or BlockTypes.Switch or BlockTypes.Parallel => [.. Outward(node)],
        BlockTypes.ForEach => ["each"],
        _ => [],
    };

    /// <summary>The ways that say something: an empty one through which the step goes on anyway does not.</summary>
    public IReadOnlyList<BlockWay> Needed(WorkflowNode node, IReadOnlyList<BlockWay> ways)
    {
        var through = Through(node, ways.Count > 0).ToList();
        return [.. ways.Where(w => w.Port is null || w.Steps.Count > 0 || (w.Port != Body(node) && !through.Contains(w.Port)))];
    }

    private IEnumerable<string> Outward(WorkflowNode node) =>
        types.PortsOf(node).Where(p => p != WorkflowNode.ErrorPort && p != Body(node));
}
