using System.Text.Json;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Ends the run as failed, with a reason of the workflow's own.</summary>
[Step("stop", "Stop with an error", NodeGroup.Flow, "block", HandsOn = true, Ports = [],
    Does = "Ends the run as failed, with a code and a message of your own. Nothing follows.",
    Example = """{"code":"no_insurance","message":"The client has no insurance that we take."}""")]
public sealed class StopNode : ComputingNode<StopSettings, NoOutput>
{
    /// <inheritdoc/>
    public override string? Summary(JsonElement config) =>
        ReadOrNull(config)?.Message is { Length: > 0 } message ? Card.Fit(message) : null;

    /// <inheritdoc/>
    protected override NodeOutcome Execute(StopSettings settings, NodeInput input, CancellationToken cancellationToken) =>
        settings.Code.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
            ? new NodeOutcome.Failed(settings.Code, settings.Message)
            : SettingsFailure.Wrong("code", "The code holds characters other than letters, digits, _, - and a dot.");
}

/// <summary>The settings of <see cref="StopNode"/>.</summary>
public sealed record StopSettings
{
    /// <summary>The code.</summary>
    [Setting("Code", Description = "A stable name for programs: letters, digits, _, - and a dot.", Min = 1, Max = 60)]
    public string Code { get; init; } = "stopped";

    /// <summary>The message.</summary>
    [Setting("Message", Description = "What happened and what to do, for whoever reads the run.", Min = 1, Max = 2_000,
        Editor = FieldEditor.MultiLine, Logged = true)]
    public required string Message { get; init; }
}
