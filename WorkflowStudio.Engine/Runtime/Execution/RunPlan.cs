using System.Collections.Frozen;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>A version made ready to run: steps by index, their types, compiled settings and links. Shared by all runs of the version.</summary>
public sealed class RunPlan
{
    private readonly FrozenDictionary<string, int> indexes;

    private RunPlan(WorkflowDefinition definition, PlanStep[] steps, IReadOnlyList<int> first)
    {
        Definition = definition;
        Steps = steps;
        First = first;
        indexes = steps.ToFrozenDictionary(s => s.Node.Id, s => s.Index, StringComparer.Ordinal);
    }

    /// <summary>The definition it was made from.</summary>
    public WorkflowDefinition Definition { get; }

    /// <summary>The steps, in the order of the definition.</summary>
    public IReadOnlyList<PlanStep> Steps { get; }

    /// <summary>The steps that the start leads to.</summary>
    public IReadOnlyList<int> First { get; }

    /// <summary>The index of a step; -1 when there is none of this id.</summary>
    public int IndexOf(string nodeId) => indexes.GetValueOrDefault(nodeId, -1);

    /// <summary>Makes a plan. The definition has been validated; an unknown type is an exception that names it.</summary>
    public static RunPlan Of(WorkflowDefinition definition, NodeCatalog catalog)
    {
        var index = definition.Nodes.Select((node, i) => (node.Id, i)).ToDictionary(x => x.Id, x => x.i, StringComparer.Ordinal);
        var steps = definition.Nodes.Select((node, i) =>
        {
            var type = catalog.Type(node.Type) ?? throw new InvalidOperationException($"Planning step “{node.Id}”: there is no step type “{node.Type}”.");
            return new PlanStep(i, node, type, SettingsTemplate.Compile(node.Config));
        }).ToArray();
        var first = new List<int>();
        foreach (var link in definition.Links)
        {
            var to = steps[index[link.To]];
            if (link.From == WorkflowDefinition.TriggerId)
            {
                to.In.Add(new PlanLink(PlanLink.FromTrigger, null, to.Index));
                first.Add(to.Index);
                continue;
            }

            var from = steps[index[link.From]];
            var planned = new PlanLink(from.Index, link.FromPort ?? from.Type.Outputs[0].Id, to.Index);
            from.Out.Add(planned);
            to.In.Add(planned);
        }

        foreach (var step in steps) step.Upstream = Ancestors(steps, step);
        return new RunPlan(definition, steps, first);
    }

    private static int[] Ancestors(PlanStep[] steps, PlanStep of)
    {
        var seen = new bool[steps.Length];
        var open = new Stack<PlanStep>([of]);
        while (open.TryPop(out var step))
        {
            foreach (var link in step.In)
            {
                if (link.From == PlanLink.FromTrigger || seen[link.From]) continue;
                seen[link.From] = true;
                open.Push(steps[link.From]);
            }
        }

        return [.. Enumerable.Range(0, steps.Length).Where(i => seen[i])];
    }
}

/// <summary>A step of a plan.</summary>
/// <param name="Index">Its place in <see cref="RunPlan.Steps"/>.</param>
/// <param name="Node">The step as defined.</param>
/// <param name="Type">Its type.</param>
/// <param name="Settings">Its settings, compiled.</param>
public sealed record PlanStep(int Index, WorkflowNode Node, NodeType Type, SettingsTemplate Settings)
{
    /// <summary>The steps from which a way leads here.</summary>
    internal int[] Upstream { get; set; } = [];

    /// <summary>The links that lead here.</summary>
    internal List<PlanLink> In { get; } = [];

    /// <summary>The links that lead on.</summary>
    internal List<PlanLink> Out { get; } = [];
}

/// <summary>A link of a plan, by indexes.</summary>
/// <param name="From">The index of a step, or <see cref="FromTrigger"/>.</param>
/// <param name="Port">The port it leaves from; null for the start.</param>
/// <param name="To">The index of a step.</param>
internal readonly record struct PlanLink(int From, string? Port, int To)
{
    /// <summary>Stands for the start.</summary>
    public const int FromTrigger = -1;
}
