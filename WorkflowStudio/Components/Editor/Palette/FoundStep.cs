using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Components.Editor.Palette;

/// <summary>A step of the workflow that is being looked for.</summary>
internal sealed record FoundStep(string Id, string Name, string Title, string Icon, NodeGroup Group)
{
    /// <summary>The steps whose name holds the text, those that begin with it first; then those whose type does.</summary>
    public static IEnumerable<FoundStep> In(WorkflowDefinition definition, NodeCatalog catalog, string text)
    {
        var wanted = text.Trim();
        return definition.Nodes.Select(n => Of(n, catalog)).Select(s => (Step: s, Rank: Rank(s, wanted))).Where(s => s.Rank < 3)
            .OrderBy(s => s.Rank).Select(s => s.Step);
    }

    private static FoundStep Of(WorkflowNode node, NodeCatalog catalog)
    {
        var type = catalog.Type(node.Type);
        return new FoundStep(node.Id, node.Name.Length > 0 ? node.Name : type?.Title ?? node.Type, type?.Title ?? node.Type,
            type?.Icon ?? "help", type?.Group ?? NodeGroup.Flow);
    }

    private static int Rank(FoundStep step, string wanted) =>
        step.Name.StartsWith(wanted, StringComparison.OrdinalIgnoreCase) ? 0
        : step.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase) ? 1
        : step.Title.Contains(wanted, StringComparison.OrdinalIgnoreCase) ? 2 : 3;
}
