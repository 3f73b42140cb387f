using System.Text.Json;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>A step type whose settings are a record: schema, checks and binding come from it.</summary>
/// <typeparam name="TSettings">A record with settable properties, each with a <see cref="SettingAttribute"/>.</typeparam>
public abstract class NodeType<TSettings> : NodeType
    where TSettings : class
{
    private static readonly NodeSchema Schema = SchemaBuilder.Of<TSettings>();

    /// <inheritdoc/>
    public override NodeSchema Settings => Schema;

    /// <summary>
    /// Binds the settings and does the work. Settings that do not fit fail the step as <c>wrong_setting</c>, naming the setting.
    /// </summary>
    public sealed override ValueTask<NodeOutcome> ExecuteAsync(NodeInput input, CancellationToken cancellationToken) =>
        SettingsReader.TryRead<TSettings>(Settings, input.Settings, out var settings, out var problem)
            ? ExecuteAsync(settings, input, cancellationToken)
            : ValueTask.FromResult<NodeOutcome>(SettingsFailure.Of(problem));

    /// <summary>Does the work of one call. Expected failures are returned, not thrown.</summary>
    public abstract ValueTask<NodeOutcome> ExecuteAsync(TSettings settings, NodeInput input, CancellationToken cancellationToken);

    /// <summary>
    /// The settings as stored, for <see cref="NodeType.Summary"/>; null while they do not fit, for example because an expression stands for
    /// a number.
    /// </summary>
    protected TSettings? ReadOrNull(JsonElement config) =>
        SettingsReader.TryRead<TSettings>(Settings, config, out var settings, out _) ? settings : null;
}

/// <summary>A step type whose settings and output are records.</summary>
/// <typeparam name="TSettings">The settings.</typeparam>
/// <typeparam name="TOutput">The output.</typeparam>
public abstract class NodeType<TSettings, TOutput> : NodeType<TSettings>
    where TSettings : class
    where TOutput : class
{
    private static readonly NodeSchema Schema = SchemaBuilder.Of<TOutput>();

    /// <inheritdoc/>
    public override NodeSchema Output => Schema;

    /// <summary>The outcome of a call that is done.</summary>
    protected static NodeOutcome Complete(TOutput output, string? port = null) =>
        new NodeOutcome.Completed(JsonSerializer.SerializeToElement(output, NodeJson.Options), port);
}
