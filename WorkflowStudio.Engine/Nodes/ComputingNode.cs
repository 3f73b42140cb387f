namespace WorkflowStudio.Engine.Nodes;

/// <summary>A step type that asks nobody: what comes of a call follows from its settings and its input, at once.</summary>
/// <typeparam name="TSettings">The settings.</typeparam>
/// <typeparam name="TOutput">The output.</typeparam>
public abstract class ComputingNode<TSettings, TOutput> : NodeType<TSettings, TOutput>
    where TSettings : class
    where TOutput : class
{
    /// <inheritdoc/>
    public sealed override ValueTask<NodeOutcome> ExecuteAsync(TSettings settings, NodeInput input, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Execute(settings, input, cancellationToken));

    /// <summary>Does the work of one call. Expected failures are returned, not thrown.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="input">The call.</param>
    /// <param name="cancellationToken">Asks to stop: looked at by a step that goes through a list.</param>
    protected abstract NodeOutcome Execute(TSettings settings, NodeInput input, CancellationToken cancellationToken);
}

/// <summary>The output of a step type behind which nothing follows.</summary>
public sealed record NoOutput;
