using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Components.Editor;

/// <summary>The same workflow as a list: for phones, for the keyboard, for screen readers.</summary>
public sealed partial class StepList
{
    [Inject]
    private NodeCatalog Catalog { get; set; } = null!;

    [Parameter, EditorRequired]
    public EditorDocument Document { get; set; } = null!;

    /// <summary>Whether it is shown beside the canvas; on phones it always is shown.</summary>
    [Parameter]
    public bool Open { get; set; }

    [Parameter]
    public bool Editable { get; set; }

    [Parameter]
    public EventCallback<string> OnOpen { get; set; }

    [Parameter]
    public EventCallback<string> OnAddAfter { get; set; }

    private IEnumerable<Row> Rows
    {
        get
        {
            var definition = Document.Definition;
            var graph = new WorkflowGraph(definition, Catalog);
            var worst = Document.Problems.Where(p => p.StepId is not null).GroupBy(p => p.StepId!)
                .ToDictionary(g => g.Key, g => (ProblemSeverity?)g.Max(p => p.Problem.Severity));
            var trigger = Catalog.Trigger(definition.Trigger.Type);
            yield return new Row(
                WorkflowDefinition.TriggerId, TriggerWords.Name(definition.Trigger), trigger?.Title ?? definition.Trigger.Type,
                trigger?.Icon ?? "bolt", "trigger", false, worst.GetValueOrDefault(WorkflowDefinition.TriggerId));
            foreach (var index in graph.Order)
            {
                var node = graph.Node(index);
                var type = Catalog.Type(node.Type);
                yield return new Row(node.Id, NameOf(node), About(graph, index, type), type?.Icon ?? "help",
                    (type?.Group ?? NodeGroup.Flow).ToString().ToLowerInvariant(), node.Disabled, worst.GetValueOrDefault(node.Id));
            }
        }
    }

    // a list shows no lines, so a step says what it follows when that is not the row above
    private string About(WorkflowGraph graph, int index, NodeType? type)
    {
        var node = graph.Node(index);
        var before = graph.Definition.Links.Where(l => l.To == node.Id).Select(l => l.From == WorkflowDefinition.TriggerId ? "the start"
            : graph.Definition.Node(l.From) is { } n ? $"{NameOf(n)}{(l.FromPort is null ? "" : $" ({l.FromPort})")}"
            : null).OfType<string>().Distinct().ToList();
        var words = type?.Title ?? node.Type;
        if (node.Disabled) words += ", switched off";
        return before.Count == 0 ? $"{words}, follows nothing" : $"{words}, after {string.Join(" and ", before)}";
    }

    private string NameOf(WorkflowNode node) => node.Name.Length > 0 ? node.Name : Catalog.Type(node.Type)?.Title ?? node.Type;

    private sealed record Row(string Id, string Name, string About, string Icon, string Group, bool Off, ProblemSeverity? Problem);
}
