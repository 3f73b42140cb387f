using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>
/// A step type: what people see of it (<see cref="StepAttribute"/>), its settings, its ports and what it does. One type is one file;
/// palette, form, checks, catalog and docs/nodes.md all come from it. Instances are shared by all runs and hold no state.
/// </summary>
public abstract class NodeType
{
    private readonly StepAttribute step;

    /// <summary>Reads what the class says of itself.</summary>
    /// <param name="step">What is so of its steps, for a class that stands for several types; null takes the attribute of the
    /// class.</param>
    /// <exception cref="InvalidOperationException">The attribute is missing, or says what cannot be.</exception>
    protected NodeType(StepAttribute? step = null)
    {
        this.step = step?.For(GetType()) ?? StepAttribute.Of(GetType());
        Usual = new NodeShape(this.step.Ports is { } ports ? [.. ports.Select(p => new NodePort(p, p))] : [NodePort.Out]);
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

    /// <inheritdoc cref="StepAttribute.RunsCode"/>
    public bool RunsCode => step.RunsCode;

    /// <inheritdoc cref="StepAttribute.Ports"/>
    public IReadOnlyList<NodePort> Outputs => Usual.Ports;

    /// <summary>The shape of a step whose settings change nothing of it.</summary>
    protected NodeShape Usual { get; }

    /// <summary>The shape of a step with these settings. Asked for when a version is checked or planned, not when it runs.</summary>
    /// <param name="config">The settings as stored, expressions unresolved; an object or undefined.</param>
    public virtual NodeShape Shape(JsonElement config) => Usual;

    /// <summary>The shape of a step of this type, as its settings and its <c>on_error</c> make it.</summary>
    public NodeShape ShapeOf(WorkflowNode node)
    {
        var shape = Shape(node.Config);
        var isAdded = node.OnError == OnError.Port && shape.Ports.Count > 0 && shape.Ports.All(p => p.Id != WorkflowNode.ErrorPort);
        return isAdded ? shape with { Ports = [.. shape.Ports, NodePort.Error] } : shape;
    }

    /// <summary>Whether a reference in this setting that has no value is null, instead of failing the step.</summary>
    /// <param name="config">The settings as stored.</param>
    /// <param name="path">The place below <c>config</c>, for example <c>conditions[0].left</c>.</param>
    public virtual bool MayBeMissing(JsonElement config, string path) => false;

    /// <summary>
    /// What is wrong with the settings beyond what their schema says, for example a rule that cannot be read. Paths are below
    /// <c>config</c>.
    /// </summary>
    /// <param name="config">The settings as stored, expressions unresolved; an object or undefined.</param>
    public virtual IEnumerable<SettingProblem> Check(JsonElement config) => [];

    /// <summary>The settings with their templates read, as they are resolved before a call.</summary>
    /// <param name="config">The settings as stored; an object or undefined.</param>
    public SettingsTemplate Compile(JsonElement config)
    {
        var shape = Shape(config);
        List<string> asStored = [.. Settings.Verbatim, .. shape.ItemSettings];
        if (shape.CollectSetting is { } collect) asStored.Add(collect);
        return SettingsTemplate.Compile(config, asStored, path => MayBeMissing(config, path));
    }

    /// <summary>The settings.</summary>
    public abstract NodeSchema Settings { get; }

    /// <summary>The fields of the output.</summary>
    public abstract NodeSchema Output { get; }

    /// <summary>
    /// The names of the fields that the output will have with these settings; null when they are not known before the step runs.
    /// </summary>
    /// <param name="config">The settings as stored, expressions unresolved; an object or undefined.</param>
    public virtual IReadOnlyList<string>? OutputNames(JsonElement config) =>
        Output.Fields.Count == 0 ? null : [.. Output.Fields.Select(f => f.Name)];

    /// <summary>
    /// The type of the output with these settings, where their expressions tell more than <see cref="Output"/>; null where they do not.
    /// What is made of a secret has to stay secret.
    /// </summary>
    /// <param name="config">The settings as stored, expressions unresolved; an object or undefined.</param>
    /// <param name="typeOf">The type of a setting's value, by its name.</param>
    public virtual ExpressionType? OutputType(JsonElement config, Func<string, ExpressionType> typeOf) => null;

    /// <summary>The values beyond payload and outputs that this type's settings may name, for example <c>$google_review_url</c>.</summary>
    public virtual IReadOnlyList<AmbientValue> Ambients { get; } = [];

    /// <summary>
    /// One line about the main setting for the card on the canvas, at most 40 characters: "2 hours after the visit"; null for none.
    /// </summary>
    /// <param name="config">The settings as stored, expressions unresolved; an object or undefined.</param>
    public virtual string? Summary(JsonElement config) => null;

    /// <summary>
    /// Does the work of one call. Expected failures are returned, not thrown; an exception is a bug and fails the step as
    /// <c>internal_error</c>.
    /// </summary>
    public abstract ValueTask<NodeOutcome> ExecuteAsync(NodeInput input, CancellationToken cancellationToken);
}

/// <summary>A value that a step type provides to expressions in its own settings.</summary>
/// <param name="Name">The name with its dollar sign.</param>
/// <param name="Description">What it is.</param>
/// <param name="Value">Computes it from the settings as stored; undefined when they do not allow it.</param>
public sealed record AmbientValue(string Name, string Description, Func<JsonElement, JsonElement> Value);
