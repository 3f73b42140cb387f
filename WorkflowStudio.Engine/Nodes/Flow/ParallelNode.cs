using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Takes several ways at once.</summary>
[Step("parallel", "Parallel", NodeGroup.Flow, "fork_right", HandsOn = true, Ports = ["first", "second"],
    Does = "Takes all its branches at once. Each branch is a port of its name; a merge step brings them together again.",
    Example = """{"branches":["first","second"]}""")]
public sealed class ParallelNode : ComputingNode<ParallelSettings, ParallelOutput>
{
    /// <inheritdoc/>
    public override NodeShape Shape(JsonElement config)
    {
        var names = NamedPorts.Read(config, "branches");
        return Usual with { EveryPort = true, Ports = names.Count > 0 ? [.. names.Select(n => new NodePort(n, n))] : Outputs };
    }

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config) =>
        ReadOrNull(config) is { } settings ? NamedPorts.Check(settings.Branches, i => $"branches[{i}]") : [];

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) =>
        ReadOrNull(config) is { } settings ? $"{settings.Branches.Count} branches" : null;

    /// <inheritdoc/>
    protected override NodeOutcome Execute(ParallelSettings settings, NodeInput input, CancellationToken cancellationToken) =>
        Complete(new ParallelOutput { Branches = settings.Branches }, NodePort.All);
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
