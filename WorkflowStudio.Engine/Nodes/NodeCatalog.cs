using System.Runtime.CompilerServices;
using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Triggers;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>All step types and trigger types of this server. Immutable and safe for all threads.</summary>
public sealed class NodeCatalog : IStepTypes
{
    private readonly Dictionary<string, NodeType> byName;
    private readonly Dictionary<string, StepShape> shapes;

    // What a step says by itself is found out once: an edit changes one step, and the checks after it ask for all. Forgotten with the step.
    private readonly ConditionalWeakTable<WorkflowNode, NodeFacts> facts = [];
    private readonly Dictionary<string, TriggerType> triggers = TriggerType.All.ToDictionary(t => t.Type);

    /// <summary>Collects the registered types; two of one name are a mistake in the program.</summary>
    public NodeCatalog(IEnumerable<NodeType> types)
    {
        Types = [.. types.OrderBy(t => t.Type, StringComparer.Ordinal)];
        byName = Types.ToDictionary(t => t.Type);
        foreach (var unbuilt in UnbuiltSteps.All) byName.TryAdd(unbuilt.Type, unbuilt);
        shapes = byName.Values.ToDictionary(t => t.Type, Outside);
        KnownTypes = [.. Types.Select(t => t.Type)];
    }

    /// <summary>All step types that can run, sorted by name.</summary>
    public IReadOnlyList<NodeType> Types { get; }

    /// <summary>All trigger types, sorted by name.</summary>
    public IReadOnlyList<TriggerType> Triggers => TriggerType.All;

    /// <inheritdoc/>
    public IReadOnlyList<string> KnownTypes { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> KnownTriggers { get; } = [.. TriggerType.All.Select(t => t.Type)];

    /// <summary>The step type of this name, one that is not built yet included; or null.</summary>
    public NodeType? Type(string type) => byName.GetValueOrDefault(type);

    /// <summary>The trigger type of this name, or null.</summary>
    public TriggerType? Trigger(string type) => triggers.GetValueOrDefault(type);

    /// <inheritdoc/>
    public StepShape? Find(string type) => shapes.GetValueOrDefault(type);

    /// <summary>What palettes and forms show of a step type, or null when there is none of that name.</summary>
    public StepForm? Form(string type) => Type(type) is { } t
        ? new StepForm(t.Type, t.Title, t.Description, t.Group, t.Icon, t.Outputs, t.Settings, JsonElement.Parse(t.Example))
        : null;

    /// <inheritdoc/>
    public IEnumerable<SettingProblem> CheckSettings(WorkflowNode node)
    {
        if (Type(node.Type) is not { } type) return [];
        return FactsOf(node).SettingProblems ??= Problems(type, node);
    }

    /// <inheritdoc/>
    public IEnumerable<SettingProblem> CheckTrigger(WorkflowTrigger trigger) => TriggerCheck.Of(Trigger(trigger.Type), trigger);

    /// <inheritdoc/>
    public IEnumerable<SettingProblem> CheckExpressions(WorkflowNode node, StepSight sight)
    {
        var type = Type(node.Type);
        IReadOnlyList<string>? ambients = type is null
            ? null
            : ["$initialPayload", "$node", .. AmbientNames.All, .. type.Ambients.Select(a => a.Name), .. sight.ExtraAmbients];
        var types = sight.Shared(
            () => new KnownTypes(sight.InOrder, step => Type(step.Type) is { } known ? OutputTypes.Of(known, step) : ExpressionType.Any));
        var scope = new TypeScope(sight, types, ambients) { Item = sight.Loop is { } loop ? types.ItemOf(loop) : ExpressionType.Any };
        return new ExpressionCheck(type, ShapeOf(node), scope, Templates(type, node)).Problems(node);
    }

    /// <inheritdoc/>
    public IReadOnlyList<OutsideName> OutsideNamesOf(WorkflowNode node) =>
        FactsOf(node).OutsideNames ??= [.. AllNamesOf(node).Where(n => !n.IsExpression)];

    /// <inheritdoc/>
    public IEnumerable<OutsideName> OutsideNamesOf(WorkflowTrigger trigger) =>
        OutsideNames(Trigger(trigger.Type)?.Settings, trigger.Config).Where(n => !n.IsExpression);

    /// <summary>The connections that a definition names, in its trigger and its steps, those that expressions name included.</summary>
    public IEnumerable<OutsideName> ConnectionsOf(WorkflowDefinition definition) =>
        OutsideNames(Trigger(definition.Trigger.Type)?.Settings, definition.Trigger.Config)
            .Concat(definition.Nodes.SelectMany(AllNamesOf)).Where(n => WorkflowSurroundings.IsConnection(n.Kind));

    /// <inheritdoc/>
    public int? QuorumOf(WorkflowNode node) => ShapeOf(node)?.Quorum;

    /// <inheritdoc/>
    public IReadOnlyList<string> PortsOf(WorkflowNode node) => FactsOf(node).Ports ??= [.. Ports(node).Select(p => p.Id)];

    /// <summary>The output ports of a step, as its settings and its <c>on_error</c> make them. Those of an unknown type are none.</summary>
    public IReadOnlyList<NodePort> Ports(WorkflowNode node) => ShapeOf(node)?.Ports ?? [];

    /// <summary>The shape of a step, as its settings and its <c>on_error</c> make it; null when its type is unknown.</summary>
    public NodeShape? ShapeOf(WorkflowNode node) => Type(node.Type) is { } type ? FactsOf(node).Shape ??= type.ShapeOf(node) : null;

    private static StepShape Outside(NodeType type)
    {
        var shape = type.Shape(default);
        return new StepShape([.. type.Outputs.Select(p => p.Id)], type.Waits, type.Outputs.Count == 0, shape.BodyPort, shape.EveryPort,
            type.RunsCode);
    }

    private static IReadOnlyList<SettingProblem> Problems(NodeType type, WorkflowNode node)
    {
        if (UnbuiltSteps.Contains(type)) return [.. type.Check(node.Config)];
        var misfits = SchemaCheck.Of(type.Settings, node.Config, strict: true).ToList();
        return misfits.Exists(p => p.Severity == ProblemSeverity.Error) ? misfits : [.. misfits, .. type.Check(node.Config)];
    }

    private SettingsTemplate Templates(NodeType? type, WorkflowNode node) =>
        FactsOf(node).Templates ??= SettingsTemplate.Compile(node.Config, type?.Settings.Verbatim);

    private IEnumerable<OutsideName> AllNamesOf(WorkflowNode node) => OutsideNames(Type(node.Type)?.Settings, node.Config);

    private static IEnumerable<OutsideName> OutsideNames(NodeSchema? schema, JsonElement config, string path = "")
    {
        if (config.ValueKind != JsonValueKind.Object) yield break;
        foreach (var field in schema?.Fields ?? [])
        {
            if (!config.TryGetProperty(field.Name, out var value)) continue;
            var place = JsonPlace.Property(path, field.Name);
            if (field.Names is { } kind && value.ValueKind == JsonValueKind.String && value.GetString()!.Trim() is { Length: > 0 } name)
                yield return new OutsideName(kind, place, name) { IsExpression = Template.Contains(name) };
            if (field.Kind != FieldKind.Object) continue;
            foreach (var inner in OutsideNames(field.Fields, value, place)) yield return inner;
        }
    }

    private NodeFacts FactsOf(WorkflowNode node) => facts.GetValue(node, _ => new NodeFacts());

    // Two threads may find the same thing at once; either result will do.
    private sealed class NodeFacts
    {
        public NodeShape? Shape { get; set; }

        public IReadOnlyList<string>? Ports { get; set; }

        public IReadOnlyList<SettingProblem>? SettingProblems { get; set; }

        public IReadOnlyList<OutsideName>? OutsideNames { get; set; }

        public SettingsTemplate? Templates { get; set; }
    }
}

/// <summary>What palettes and forms show of a step type.</summary>
/// <param name="Type">The name on the wire.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Description">What it does.</param>
/// <param name="Group">The group of the palette.</param>
/// <param name="Icon">The name of a Material Symbol.</param>
/// <param name="Outputs">The ports.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Example">Settings of a working step: shown in empty fields, never filled in.</param>
public sealed record StepForm(string Type, string Title, string Description, NodeGroup Group, string Icon, IReadOnlyList<NodePort> Outputs,
    NodeSchema Settings, JsonElement Example);
