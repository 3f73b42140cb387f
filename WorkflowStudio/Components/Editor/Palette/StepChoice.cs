using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Components.Editor.Palette;

/// <summary>Something that can be put on the canvas: a step type or a way to start.</summary>
/// <param name="Type">The name on the wire.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Description">What it does.</param>
/// <param name="Icon">The Material Symbol.</param>
/// <param name="Group">The group.</param>
public sealed record StepChoice(string Type, string Title, string Description, string Icon, NodeGroup Group)
{
    /// <summary>Everything there is, group by group.</summary>
    internal static IReadOnlyList<StepChoice> All(NodeCatalog catalog) =>
    [
        .. catalog.Triggers.Select(t => new StepChoice(t.Type, t.Title, t.Description, t.Icon, NodeGroup.Trigger)),
        .. catalog.Types.OrderBy(t => t.Group).ThenBy(t => t.Title, StringComparer.Ordinal)
            .Select(t => new StepChoice(t.Type, t.Title, t.Description, t.Icon, t.Group)),
    ];

    /// <summary>Those that fit what was typed: titles that begin with it first, then titles, then descriptions.</summary>
    internal static IReadOnlyList<StepChoice> Search(IEnumerable<StepChoice> all, string text)
    {
        var wanted = text.Trim();
        return wanted.Length == 0
            ? [.. all]
            : [.. all.Select(c => (Choice: c, Rank: c.Rank(wanted))).Where(c => c.Rank < 4).OrderBy(c => c.Rank).Select(c => c.Choice)];
    }

    private int Rank(string wanted) =>
        Title.StartsWith(wanted, StringComparison.OrdinalIgnoreCase) ? 0
        : Title.Contains(wanted, StringComparison.OrdinalIgnoreCase) ? 1
        : Type.Contains(wanted, StringComparison.OrdinalIgnoreCase)
            || StepGroupWords.Title(Group).Contains(wanted, StringComparison.OrdinalIgnoreCase) ? 2
        : Description.Contains(wanted, StringComparison.OrdinalIgnoreCase) ? 3
        : 4;
}
