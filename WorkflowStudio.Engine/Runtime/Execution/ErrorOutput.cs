using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>What later steps can read of a step that failed and was left through its error port: <c>{error: {code, message}}</c>.</summary>
internal static class ErrorOutput
{
    /// <summary>The output; undefined where the failure does not lead through that port.</summary>
    public static JsonElement Of(WorkflowNode node, RunEvent.StepFailed failure) => node.OnError == OnError.Port
        ? JsonSerializer.SerializeToElement(new { error = new { code = failure.Code, message = failure.Message } })
        : default;
}
