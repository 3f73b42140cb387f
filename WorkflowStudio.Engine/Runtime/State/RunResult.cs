using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>What a run that was started by another one tells it at its end: <c>{run_id, status, output, error}</c>.</summary>
public static class RunResult
{
    /// <summary>What the names of the signals begin with that tell of the end of such a run.</summary>
    public const string FinishedPrefix = "run.finished:";

    /// <summary>The name of the signal that tells of its end.</summary>
    public static string FinishedSignal(Guid runId) => FinishedPrefix + runId.ToString("N");

    /// <summary>The result of a run that is over. <paramref name="failed"/> is the step whose failure ended it, or null.</summary>
    public static JsonElement Of(Guid runId, RunState state, string? failed) => JsonSerializer.SerializeToElement(new
    {
        run_id = ShownId.Run(runId),
        status = state.Status.ToString().ToLowerInvariant(),
        output = state.Output.ValueKind == JsonValueKind.Undefined ? (JsonElement?)null : state.Output,
        error = state.Failure is { } failure ? new { code = failure.Code, message = failure.Message, node_id = failed } : null,
    });

    /// <summary>The result of a run that never began, because enough others were under way.</summary>
    public static JsonElement Skipped(Guid runId) => JsonSerializer.SerializeToElement(new
    {
        run_id = ShownId.Run(runId), status = "canceled",
        error = new { code = "concurrency", message = "As many runs of that workflow as allowed were under way." },
    });
}
