using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Brings ways together again.</summary>
[Step("merge", "Merge", NodeGroup.Flow, "merge", HandsOn = true,
    Does = "Brings branches together and goes on once: when all have arrived, when the first has, or when a number has. Branches that "
        + "the run does not take are not waited for.",
    Example = """{"mode":"all"}""")]
public sealed class MergeNode : ComputingNode<MergeSettings, MergeOutput>
{
    /// <inheritdoc/>
    public override NodeShape Shape(JsonElement config) => ReadOrNull(config) switch
    {
        { Mode: MergeMode.Any } => Usual with { Quorum = 1 },
        { Mode: MergeMode.N } settings => Usual with { Quorum = settings.Count },
        _ => Usual,
    };

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config) =>
        config.ValueKind != JsonValueKind.Object ? [] : config.EnumerateObject()
            .Where(p => p.Name is "mode" or "count" && p.Value.ValueKind == JsonValueKind.String && Template.Contains(p.Value.GetString()!))
            .Select(p => SettingProblem.Wrong(p.Name, "This setting must stand before the run, so it cannot be an expression."));

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config) switch
    {
        { Mode: MergeMode.All } => "Waits for all",
        { Mode: MergeMode.Any } => "Takes the first",
        { } settings => $"Waits for {settings.Count}",
        _ => null,
    };

    /// <inheritdoc/>
    protected override NodeOutcome Execute(MergeSettings settings, NodeInput input, CancellationToken cancellationToken) =>
        Complete(new MergeOutput { Arrived = input.Arrived });
}

/// <summary>How many branches a merge waits for.</summary>
public enum MergeMode
{
    /// <summary>All that the run takes.</summary>
    All,

    /// <summary>The first that arrives.</summary>
    Any,

    /// <summary>A number of them.</summary>
    N,
}

/// <summary>The settings of <see cref="MergeNode"/>.</summary>
public sealed record MergeSettings
{
    /// <summary>How many.</summary>
    [Setting("Goes on", Choices = ["all=when all branches have arrived", "any=when the first has arrived", "n=when a number has arrived"])]
    public MergeMode Mode { get; init; } = MergeMode.All;

    /// <summary>The number.</summary>
    [Setting("Number", Description = "For “a number”: how many branches are enough. When the run takes fewer, the merge is left out "
        + "with all that follows.", Min = 1, Max = 100, When = "mode=n")]
    public int Count { get; init; } = 2;
}

/// <summary>The output of <see cref="MergeNode"/>.</summary>
public sealed record MergeOutput
{
    [Setting("Arrived", Description = "How many branches had arrived when it went on.")]
    public required int Arrived { get; init; }
}
