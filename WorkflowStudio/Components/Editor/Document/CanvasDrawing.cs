using System.Runtime.CompilerServices;
using System.Text.Json;
using WorkflowStudio.Components.Editor.Canvas;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Schedules.Cron;

namespace WorkflowStudio.Components.Editor.Document;

/// <summary>Draws a workflow for the canvas, and says what has changed between two drawings.</summary>
internal sealed class CanvasDrawing(NodeCatalog catalog)
{
    private static readonly IReadOnlyList<CanvasPort> OneOutput = [new(NodePort.Out.Id)];

    private readonly ConditionalWeakTable<WorkflowNode, string> summaries = [];
    private readonly Dictionary<string, IReadOnlyList<CanvasPort>> ports = [];
    private readonly ConditionalWeakTable<WorkflowNode, IReadOnlyList<CanvasPort>> portsOfStep = [];
    private readonly GraphEdits edits = new(catalog);

    /// <summary>
    /// The start, the steps and the links; <paramref name="problems"/> marks the worst of each step, <paramref name="pinned"/> those that
    /// tests do not call.
    /// </summary>
    public Drawing Draw(DocumentState state, IReadOnlyDictionary<string, ProblemSeverity> problems, IReadOnlySet<string> pinned)
    {
        var definition = state.Definition;
        var nodes = definition.Nodes.DistinctBy(n => n.Id)
            .Select(n => Step(n, state.PlaceOf(n.Id), Mark(problems, n.Id), pinned.Contains(n.Id)))
            .Prepend(Start(definition.Trigger, state.PlaceOf(WorkflowDefinition.TriggerId), Mark(problems, WorkflowDefinition.TriggerId)))
            .ToDictionary(n => n.Id);
        var links = definition.Links.Where(l => l.To != WorkflowDefinition.TriggerId && nodes.ContainsKey(l.From)
            && nodes.ContainsKey(l.To))
            .Select(l => (Link: l, Port: edits.Port(definition, l)))
            .Select(l => new CanvasLink(LinkIds.Of(l.Link, l.Port), l.Link.From, l.Port, l.Link.To))
            .DistinctBy(l => l.Id).ToDictionary(l => l.Id);
        return new Drawing(nodes, links);
    }

    private CanvasNode Step(WorkflowNode node, Place place, CanvasProblem? problem, bool pinned)
    {
        var type = catalog.Type(node.Type);
        return new CanvasNode(
            node.Id, CanvasNodeKind.Step, node.Type, type?.Title ?? node.Type, type is null ? StepGroup.Flow : StepGroups.Of(type.Group),
            type?.Icon ?? "help",
            node.Name.Length > 0 ? node.Name : type?.Title ?? node.Type, place.X, place.Y, Inputs: true, PortsOf(node),
            SummaryOf(node, type), problem, node.Disabled, pinned);
    }

    private CanvasNode Start(WorkflowTrigger trigger, Place place, CanvasProblem? problem)
    {
        var type = catalog.Trigger(trigger.Type);
        return new CanvasNode(
            WorkflowDefinition.TriggerId, CanvasNodeKind.Trigger, trigger.Type, type?.Title ?? trigger.Type, StepGroup.Trigger,
            type?.Icon ?? "bolt",
            TriggerWords.Name(trigger), place.X, place.Y, Inputs: false, OneOutput, Problem: problem);
    }

    private string? SummaryOf(WorkflowNode node, NodeType? type) =>
        type is null ? null : summaries.GetValue(node, n => type.Summary(n.Config) ?? "") is { Length: > 0 } summary ? summary : null;

    // the same list for the same ports, so that drawings compare quickly
    private IReadOnlyList<CanvasPort> PortsOf(WorkflowNode node) => portsOfStep.GetValue(node, n =>
    {
        if (catalog.Type(n.Type) is null) return OneOutput;
        var made = catalog.Ports(n);
        var key = string.Join('\n', made.Select(p => $"{p.Id}\t{p.Label}"));
        return ports.TryGetValue(key, out var known) ? known : ports[key] = [.. made.Select(p => new CanvasPort(p.Id, p.Label))];
    });

    private static CanvasProblem? Mark(IReadOnlyDictionary<string, ProblemSeverity> problems, string id) =>
        problems.TryGetValue(id, out var severity) ? severity == ProblemSeverity.Error ? CanvasProblem.Error : CanvasProblem.Warning : null;
}

/// <summary>What is drawn.</summary>
internal sealed record Drawing(IReadOnlyDictionary<string, CanvasNode> Nodes, IReadOnlyDictionary<string, CanvasLink> Links)
{
    public static Drawing Nothing { get; } = new(new Dictionary<string, CanvasNode>(), new Dictionary<string, CanvasLink>());

    /// <summary>What has to change on a canvas that shows <paramref name="before"/>.</summary>
    public CanvasPatch Since(Drawing before, IReadOnlyList<string>? select) => new(
        NullIfEmpty([.. Nodes.Values.Where(n => before.Nodes.GetValueOrDefault(n.Id) != n)]),
        NullIfEmpty([.. before.Nodes.Keys.Where(id => !Nodes.ContainsKey(id))]),
        NullIfEmpty([.. Links.Values.Where(l => before.Links.GetValueOrDefault(l.Id) != l)]),
        NullIfEmpty([.. before.Links.Keys.Where(id => !Links.ContainsKey(id))]),
        select);

    private static T[]? NullIfEmpty<T>(T[] items) => items.Length == 0 ? null : items;
}

/// <summary>The groups of step types as the canvas and the style sheets name them.</summary>
internal static class StepGroups
{
    public static StepGroup Of(NodeGroup group) => group switch
    {
        NodeGroup.Trigger => StepGroup.Trigger,
        NodeGroup.Data => StepGroup.Data,
        NodeGroup.Messaging => StepGroup.Messaging,
        NodeGroup.Practice => StepGroup.Practice,
        NodeGroup.Documents => StepGroup.Documents,
        NodeGroup.Ai => StepGroup.Ai,
        NodeGroup.Http => StepGroup.Http,
        _ => StepGroup.Flow,
    };
}

/// <summary>How the start is called, which has no name of its own.</summary>
internal static class TriggerWords
{
    public static string Name(WorkflowTrigger trigger)
    {
        var words = trigger.Event?.Replace('_', ' ').Replace('.', ' ').Trim();
        if (!string.IsNullOrEmpty(words)) return char.ToUpperInvariant(words[0]) + words[1..];
        return trigger.Type switch
        {
            "manual" => "Somebody starts it",
            "schedule" => Schedule(trigger) ?? "At set times",
            _ => "Any data that arrives",
        };
    }

    // "Every weekday at 09:30"; null while the expression cannot be read
    private static string? Schedule(WorkflowTrigger trigger)
    {
        if (trigger.Config.ValueKind != JsonValueKind.Object || !trigger.Config.TryGetProperty("cron", out var cron)
            || cron.ValueKind != JsonValueKind.String) return null;
        if (!CronExpression.TryParse(cron.GetString()!, out var expression, out _)) return null;
        var words = CronWords.Of(expression);
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
