using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>
/// What later steps can read of a step that failed and was left through its error port: <c>{error: {code, message, cause}}</c>.
/// </summary>
internal static class ErrorOutput
{
    /// <summary>The output; undefined where the failure does not lead through that port.</summary>
    public static JsonElement Of(WorkflowNode node, RunEvent.StepFailed failure) => node.OnError == OnError.Port
        ? JsonSerializer.SerializeToElement(new { error = Of(failure.Code, failure.Message, failure.Cause) })
        : default;

    /// <summary>A failure, with the one that is behind it where there is one.</summary>
    public static IReadOnlyDictionary<string, object> Of(string code, string message, JsonElement cause)
    {
        var error = new Dictionary<string, object> { ["code"] = code, ["message"] = message };
        if (cause.ValueKind != JsonValueKind.Undefined) error["cause"] = cause;
        return error;
    }
}
