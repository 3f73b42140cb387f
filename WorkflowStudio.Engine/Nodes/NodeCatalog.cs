using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Triggers;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>All step types and trigger types of this server. Immutable and safe for all threads.</summary>
public sealed class NodeCatalog : IStepTypes
{
    private readonly Dictionary<string, NodeType> byName;
    private readonly Dictionary<string, StepShape> shapes;
    private readonly Dictionary<string, TriggerType> triggers = TriggerType.All.ToDictionary(t => t.Type);

    /// <summary>Collects the registered types; two of one name are a mistake in the program.</summary>
    public NodeCatalog(IEnumerable<NodeType> types)
    {
        Types = [.. types.OrderBy(t => t.Type, StringComparer.Ordinal)];
        byName = Types.ToDictionary(t => t.Type);
        shapes = Types.ToDictionary(t => t.Type, t => new StepShape([.. t.Outputs.Select(p => p.Id)], t.Waits, t.Outputs.Count == 0, t.BodyPort));
        KnownTypes = [.. Types.Select(t => t.Type)];
    }

    /// <summary>All step types, sorted by name.</summary>
    public IReadOnlyList<NodeType> Types { get; }

    /// <summary>All trigger types, sorted by name.</summary>
    public IReadOnlyList<TriggerType> Triggers => TriggerType.All;

    /// <inheritdoc/>
    public IReadOnlyList<string> KnownTypes { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> KnownTriggers { get; } = [.. TriggerType.All.Select(t => t.Type)];

    /// <summary>The step type of this name, or null.</summary>
    public NodeType? Type(string type) => byName.GetValueOrDefault(type);

    /// <summary>The trigger type of this name, or null.</summary>
    public TriggerType? Trigger(string type) => triggers.GetValueOrDefault(type);

    /// <inheritdoc/>
    public StepShape? Find(string type) => shapes.GetValueOrDefault(type);

    /// <summary>What palettes and forms show of a step type, or null when there is none of that name.</summary>
    public StepForm? Form(string type) => Type(type) is { } t ? new StepForm(t.Type, t.Title, t.Description, t.Group, t.Icon, t.Outputs, t.Settings, JsonElement.Parse(t.Example)) : null;

    /// <inheritdoc/>
    public IEnumerable<SettingProblem> CheckSettings(WorkflowNode node) => Type(node.Type) is { } type ? SchemaCheck.Of(type.Settings, node.Config, strict: true) : [];

    /// <inheritdoc/>
    public IEnumerable<SettingProblem> CheckTrigger(WorkflowTrigger trigger) => TriggerCheck.Of(Trigger(trigger.Type), trigger);

    /// <inheritdoc/>
    public StepReferences ReferencesOf(WorkflowNode node)
    {
        var settings = SettingsTemplate.Compile(node.Config);
        var references = settings.Templates.SelectMany(t => t.Template.References.Select(r => (t.Path, Reference: r))).ToList();
        var unreadable = settings.Problems.Select(p => new SettingProblem(p.Problem.Code, p.Path, $"{p.Problem.Message} (In: {Shown(p.Problem.Expression)})", ProblemSeverity.Error));
        var steps = references.Where(r => r.Reference.Root == ReferenceRoot.Step)
            .Select(r => new StepReference(r.Reference.Name!, r.Path, r.Reference.Text, r.Reference.Field));
        return new StepReferences([.. steps], [.. unreadable, .. UnknownAmbients(node, references)]);
    }

    // an expression that is never closed is told from its braces on
    private static string Shown(string expression) => expression.StartsWith("{{", StringComparison.Ordinal) ? expression.TrimEnd() : $"{{{{ {expression} }}}}";

    /// <inheritdoc/>
    public IReadOnlyList<string> PortsOf(WorkflowNode node) => [.. Ports(node).Select(p => p.Id)];

    /// <summary>The output ports of a step, as its settings and its <c>on_error</c> make them. Those of an unknown type are none.</summary>
    public IReadOnlyList<NodePort> Ports(WorkflowNode node)
    {
        if (Type(node.Type) is not { } type) return [];
        var ports = type.OutputsOf(node.Config);
        return node.OnError == OnError.Port && ports.Count > 0 && ports.All(p => p.Id != WorkflowNode.ErrorPort) ? [.. ports, NodePort.Error] : ports;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string>? OutputsOf(WorkflowNode node) => Type(node.Type)?.OutputNames(node.Config);

    private IEnumerable<SettingProblem> UnknownAmbients(WorkflowNode node, IEnumerable<(string Path, TemplateReference Reference)> references)
    {
        if (Type(node.Type) is not { } type) return [];
        string[] known = ["$initialPayload", "$node", .. AmbientNames.All, .. type.Ambients.Select(a => a.Name)];
        return references.Where(r => r.Reference.Root == ReferenceRoot.Ambient && !known.Contains(r.Reference.Name))
            .Select(r => new SettingProblem(WorkflowProblemCodes.UnknownValue, r.Path, $"Nothing provides {r.Reference.Name} here. Known: {string.Join(", ", known)}.{NearestName.Hint(r.Reference.Name!, known)}", ProblemSeverity.Error));
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
/// <param name="Example">Settings of a working step, for a step that is added to the canvas.</param>
public sealed record StepForm(string Type, string Title, string Description, NodeGroup Group, string Icon, IReadOnlyList<NodePort> Outputs, NodeSchema Settings, JsonElement Example);
