using System.Text.Json;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Ends the run well, at once.</summary>
[Step("end", "End", NodeGroup.Flow, "flag", HandsOn = true, Ports = [],
    Does = "Ends the run as done. Steps that are still open are canceled. A workflow that started this one is told the output.",
    Example = """{"output":{"result":"booked"}}""")]
public sealed class EndNode : ComputingNode<EndSettings, NoOutput>
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) =>
        ReadOrNull(config)?.Output is { Count: > 0 } output ? Card.Fit(string.Join(", ", output.Keys)) : null;

    /// <inheritdoc/>
    protected override NodeOutcome Execute(EndSettings settings, NodeInput input, CancellationToken cancellationToken) =>
        new NodeOutcome.EndRun(
            input.Settings.TryGetProperty("output"u8, out var output) && output.ValueKind == JsonValueKind.Object ? output : Nothing);
}

/// <summary>The settings of <see cref="EndNode"/>.</summary>
public sealed record EndSettings
{
    /// <summary>The output.</summary>
    [Setting("Output", Description = "Values under their names: the output of the run.", Max = 200)]
    public IReadOnlyDictionary<string, JsonElement> Output { get; init; } = new Dictionary<string, JsonElement>();
}
