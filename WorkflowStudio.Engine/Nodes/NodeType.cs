using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>
/// A step type: what people see of it (<see cref="StepAttribute"/>), its settings, its ports and what it does. One type is one file; palette, form,
/// checks, catalog and docs/nodes.md all come from it. Instances are shared by all runs and hold no state.
/// </summary>
public abstract class NodeType
{
    private readonly StepAttribute step;

    /// <summary>Reads what the class says of itself.</summary>
    /// <param name="step">What is so of its steps, for a class that stands for several types; null takes the class's <see cref="StepAttribute"/>.</param>
    /// <exception cref="InvalidOperationException">The attribute is missing, or says what cannot be.</exception>
    protected NodeType(StepAttribute? step = null)
    {
        this.step = step?.For(GetType()) ?? StepAttribute.Of(GetType());
        Outputs = this.step.Ports is { } ports ? [.. ports.Select(p => new NodePort(p, p))] : [NodePort.Out];
    }

    /// <inheritdoc cref="StepAttribute.Type"/>
    public string Type => step.Type;

    /// <inheritdoc cref="StepAttribute.Title"/>
    public string Title => step.Title;

    /// <inheritdoc cref="StepAttribute.Does"/>
    public string Description => step.Does;

    /// <inheritdoc cref="StepAttribute.Group"/>
    public NodeGroup Group => step.Group;

    /// <inheritdoc cref="StepAttribute.Icon"/>
    public string Icon => step.Icon;

    /// <inheritdoc cref="StepAttribute.Example"/>
    public string Example => step.Example;

    /// <inheritdoc cref="StepAttribute.HasOutsideEffect"/>
    public bool HasOutsideEffect => step.HasOutsideEffect;

    /// <inheritdoc cref="StepAttribute.Waits"/>
    public bool Waits => step.Waits;

    /// <inheritdoc cref="StepAttribute.SendsMessage"/>
    public bool SendsMessage => step.SendsMessage;

    /// <inheritdoc cref="StepAttribute.HandsOn"/>
    public bool HandsOn => step.HandsOn;

    /// <summary>The output ports; the first is taken when a link names none.</summary>
    public IReadOnlyList<NodePort> Outputs { get; }

    /// <summary>The output ports of a step with these settings; the same as <see cref="Outputs"/> unless the settings name them.</summary>
    /// <param name="config">The settings as stored, expressions unresolved; an object or undefined.</param>
    public virtual IReadOnlyList<NodePort> OutputsOf(JsonElement config) => Outputs;

    /// <summary>The output ports of a step of this type, as its settings and its <c>on_error</c> make them.</summary>
    public IReadOnlyList<NodePort> PortsOf(WorkflowNode node)
    {
        var ports = OutputsOf(node.Config);
        return node.OnError == OnError.Port && ports.Count > 0 && ports.All(p => p.Id != WorkflowNode.ErrorPort) ? [.. ports, NodePort.Error] : ports;
    }

    /// <summary>The port behind which the steps are run once for each item of a <see cref="NodeOutcome.ForEach"/>; null when the type repeats nothing.</summary>
    public virtual string? BodyPort => null;

    /// <summary>Whether the step goes on through all its ports at once; then its outcomes name <see cref="NodePort.All"/>.</summary>
    public virtual bool EveryPort => false;

    /// <summary>How many arriving links are enough for the step's turn; null means that all of them have to be settled first.</summary>
    /// <param name="config">The settings as stored; an object or undefined.</param>
    public virtual int? Quorum(JsonElement config) => null;

    /// <summary>The setting whose expressions are not resolved before the call but at the end of each iteration; null when there is none.</summary>
    public virtual string? CollectSetting => null;

    /// <summary>
    /// The settings, by name, whose expressions the step resolves itself, once for each of its items (<see cref="ItemScope"/>): it is given them
    /// as they are stored. They may name <c>$item</c> and <c>$index</c>.
    /// </summary>
    public virtual IReadOnlyCollection<string> ItemSettings => [];

    /// <summary>Whether a reference in this setting that has no value is null, instead of failing the step.</summary>
    /// <param name="config">The settings as stored.</param>
    /// <param name="path">The place below <c>config</c>, for example <c>conditions[0].left</c>.</param>
    public virtual bool MayBeMissing(JsonElement config, string path) => false;

    /// <summary>What is wrong with the settings beyond what their schema says, for example a rule that cannot be read. Paths are below <c>config</c>.</summary>
    /// <param name="config">The settings as stored, expressions unresolved; an object or undefined.</param>
    public virtual IEnumerable<SettingProblem> Check(JsonElement config) => [];

    /// <summary>The settings with their templates read, as they are resolved before a call.</summary>
    /// <param name="config">The settings as stored; an object or undefined.</param>
    public SettingsTemplate Compile(JsonElement config) =>
        SettingsTemplate.Compile(config, CollectSetting is { } collect ? [.. ItemSettings, collect] : ItemSettings, path => MayBeMissing(config, path));

    /// <summary>The settings.</summary>
    public abstract NodeSchema Settings { get; }

    /// <summary>The fields of the output.</summary>
    public abstract NodeSchema Output { get; }

    /// <summary>The names of the fields that the output will have with these settings; null when they are not known before the step runs.</summary>
    /// <param name="config">The settings as stored, expressions unresolved; an object or undefined.</param>
    public virtual IReadOnlyList<string>? OutputNames(JsonElement config) => Output.Fields.Count == 0 ? null : [.. Output.Fields.Select(f => f.Name)];

    /// <summary>
    /// The type of the output with these settings, where their expressions tell more than <see cref="Output"/>; null where they do not. What is
    /// made of a secret has to stay secret.
    /// </summary>
    /// <param name="config">The settings as stored, expressions unresolved; an object or undefined.</param>
    /// <param name="typeOf">The type of a setting's value, by its name.</param>
    public virtual ExpressionType? OutputType(JsonElement config, Func<string, ExpressionType> typeOf) => null;

    /// <summary>The values beyond payload and outputs that this type's settings may name, for example <c>$google_review_url</c>.</summary>
    public virtual IReadOnlyList<AmbientValue> Ambients { get; } = [];

    /// <summary>One line about the main setting for the card on the canvas, at most 40 characters: "2 hours after the visit"; null for none.</summary>
    /// <param name="config">The settings as stored, expressions unresolved; an object or undefined.</param>
    public virtual string? Summary(JsonElement config) => null;

    /// <summary>Does the work of one call. Expected failures are returned, not thrown; an exception is a bug and fails the step as <c>internal_error</c>.</summary>
    public abstract ValueTask<NodeOutcome> ExecuteAsync(NodeInput input, CancellationToken cancellationToken);
}

/// <summary>A value that a step type provides to expressions in its own settings.</summary>
/// <param name="Name">The name with its dollar sign.</param>
/// <param name="Description">What it is.</param>
/// <param name="Value">Computes it from the settings as stored; undefined when they do not allow it.</param>
public sealed record AmbientValue(string Name, string Description, Func<JsonElement, JsonElement> Value);
