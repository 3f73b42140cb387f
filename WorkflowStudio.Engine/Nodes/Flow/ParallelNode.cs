using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Takes several ways at once.</summary>
public sealed class ParallelNode : NodeType<ParallelSettings, ParallelOutput>
{
    /// <inheritdoc/>
    public override string Type => "parallel";

    /// <inheritdoc/>
    public override string Title => "Parallel";

    /// <inheritdoc/>
    public override string Description => "Takes all its branches at once. Each branch is a port of its name; a merge step brings them together again.";

    /// <inheritdoc/>
    public override NodeGroup Group => NodeGroup.Flow;

    /// <inheritdoc/>
    public override string Icon => "fork_right";

    /// <inheritdoc/>
    public override IReadOnlyList<NodePort> Outputs { get; } = [new("first", "first"), new("second", "second")];

    /// <inheritdoc/>
    public override bool EveryPort => true;

    /// <inheritdoc/>
    public override string Example => """{"branches":["first","second"]}""";

    /// <inheritdoc/>
    public override IReadOnlyList<NodePort> OutputsOf(JsonElement config) =>
        NamedPorts.Read(config, "branches") is { Count: > 0 } names ? [.. names.Select(n => new NodePort(n, n))] : Outputs;

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config) =>
        ReadOrNull(config) is { } settings ? NamedPorts.Check(settings.Branches, i => $"branches[{i}]") : [];

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config) is { } settings ? $"{settings.Branches.Count} branches" : null;

    /// <inheritdoc/>
    public override ValueTask<NodeOutcome> ExecuteAsync(ParallelSettings settings, NodeInput input, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Complete(new ParallelOutput { Branches = settings.Branches }, NodePort.All));
}

/// <summary>The settings of <see cref="ParallelNode"/>.</summary>
public sealed record ParallelSettings
{
    /// <summary>The branches.</summary>
    [Setting("Branches", Description = "The names of the branches; each is a port.", Min = 2, Max = 20)]
    public IReadOnlyList<string> Branches { get; init; } = ["first", "second"];
}

/// <summary>The output of <see cref="ParallelNode"/>.</summary>
public sealed record ParallelOutput
{
    [Setting("Branches", Description = "The names of the branches.")]
    public required IReadOnlyList<string> Branches { get; init; }
}
