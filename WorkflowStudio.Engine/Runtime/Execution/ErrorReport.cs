using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Model.Json;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>What an error workflow is started with.</summary>
internal static class ErrorReport
{
    /// <summary>
    /// <c>{run_id, workflow_id, error: {code, message, cause}, step, payload}</c>; without the payload where it would be nested too deep.
    /// </summary>
    public static JsonElement Of(RunIdentity run, RunPlan plan, RunState state)
    {
        JsonElement? payload = state.Payload.ValueKind == JsonValueKind.Undefined ? null : state.Payload;
        var report = Of(run, plan, state, payload);
        return JsonDepth.IsOver(report) ? Of(run, plan, state, null) : report;
    }

    private static JsonElement Of(RunIdentity run, RunPlan plan, RunState state, JsonElement? payload)
    {
        var last = RunSteps.Of(plan, state).Where(s => s.State.Status == StepStatus.Failed).OrderByDescending(s => s.State.EndedSeq)
            .FirstOrDefault();
        var failed = last.Place.Step?.Node;
        return JsonSerializer.SerializeToElement(new
        {
            run_id = ShownId.Run(run.RunId),
            workflow_id = ShownId.Workflow(run.WorkflowId),
            error = ErrorOutput.Of(state.Failure!.Code, state.Failure.Message, last.State?.Cause ?? default),
            step = failed is null ? null : new { id = failed.Id, name = failed.Name },
            payload,
        });
    }
}
