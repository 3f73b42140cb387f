using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Starts another workflow, and mostly waits for its end.</summary>
[Step("sub_workflow", "Start a workflow", NodeGroup.Flow, "account_tree", HasOutsideEffect = true, Waits = true, HandsOn = true,
    Does = "Starts another workflow of this workspace with data of your choice, and waits for its end or goes on at once.",
    Example = """{"workflow":"follow-up","payload":{"first_name":"{{ $initialPayload.first_name ?? \"there\" }}"},"wait":true}""")]
public sealed class SubWorkflowNode : ComputingNode<SubWorkflowSettings, SubWorkflowOutput>
{
    /// <inheritdoc/>
    public override string? Summary(JsonElement config) =>
        ReadOrNull(config) is { } settings ? Card.Fit(settings.Wait ? settings.Workflow : $"{settings.Workflow}, without waiting") : null;

    /// <inheritdoc/>
    protected override NodeOutcome Execute(SubWorkflowSettings settings, NodeInput input, CancellationToken cancellationToken) =>
        input.Wake.Kind == NodeWakeKind.FirstCall ? Start(settings, input) : Ended(input.Wake.Data);

    private static NodeOutcome Start(SubWorkflowSettings settings, NodeInput input) =>
        new NodeOutcome.StartRun(settings.Workflow.Trim(), input.Settings.TryGetProperty("payload"u8, out var payload)
            && payload.ValueKind == JsonValueKind.Object ? payload : input.Payload, settings.Wait);

    private static NodeOutcome Ended(JsonElement told)
    {
        var run = Text(told, "run_id");
        var status = Text(told, "status");
        if (status == "done")
            return Complete(new SubWorkflowOutput
            { RunId = run, Output = told.TryGetProperty("output", out var output) ? output : JsonElement.Parse("null") });
        var error = told.ValueKind == JsonValueKind.Object && told.TryGetProperty("error", out var given) ? given : default;
        var why = Text(error, "message");
        return new NodeOutcome.Failed("sub_workflow_failed", status == "canceled"
            ? $"The workflow that was started was canceled{(why is null ? "." : $": {why}")} (Run: {run})"
            : $"The workflow that was started failed{(why is null ? "." : $": {why}")} (Run: {run})")
        {
            Cause = JsonSerializer.SerializeToElement(new
            {
                code = error.ValueKind == JsonValueKind.Object ? Text(error, "code") : status,
                message = why,
                node_id = Text(error, "node_id"),
                run_id = run,
            }),
        };
    }

    private static string? Text(JsonElement value, string field) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(field, out var found) && found.ValueKind == JsonValueKind.String
            ? found.GetString()
            : null;
}

/// <summary>The settings of <see cref="SubWorkflowNode"/>.</summary>
public sealed record SubWorkflowSettings
{
    /// <summary>The workflow.</summary>
    [Setting("Workflow", Description = "A published workflow of this workspace, by its short name or its id (wf_…).", Min = 1, Max = 120,
        Names = WorkflowSurroundings.Workflow)]
    public required string Workflow { get; init; }

    /// <summary>The payload.</summary>
    [Setting("Data",
        Description = "What it is started with, values under their names. Left out, it gets the data that started this run.", Max = 200)]
    public IReadOnlyDictionary<string, JsonElement>? Payload { get; init; }

    /// <summary>Whether to wait.</summary>
    [Setting("Wait for its end", Description = "Then its output is this step's output, and its failure is this step's failure; error.cause "
        + "tells its code, message, node_id and run_id.")]
    public bool Wait { get; init; } = true;
}

/// <summary>The output of <see cref="SubWorkflowNode"/>.</summary>
public sealed record SubWorkflowOutput
{
    [Setting("Run id", Description = "The run that was started.")]
    public required string? RunId { get; init; }

    [Setting("Output", Description = "Its output; null when the step did not wait.")]
    public JsonElement Output { get; init; }
}
