using System.Text.Json;
using WorkflowStudio.Engine.Model.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;

namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>What a for-each comes to once its iterations are over.</summary>
internal static class LoopOutput
{
    /// <summary>Said when nobody asked for what the iterations collected, and it is too much.</summary>
    public static readonly string Cut = $"What the items gave is over {RunLimits.MaxCollected:N0} bytes (8 MiB); the rest is not kept, and stands as null in the output. Set “Collect” to what later steps need.";

    /// <summary>Its outcome: done with <c>{items, count, failed}</c>, or failed with the failure of the iteration that ended it.</summary>
    /// <param name="loop">How it went.</param>
    /// <param name="asked">Whether the step says what is to be collected: then it fails where that is too much.</param>
    public static NodeOutcome Of(LoopState loop, bool asked)
    {
        if (loop.Broken is { } broken) return new NodeOutcome.Failed(broken.Code, broken.Message);
        if (loop.IsCut && asked)
            return new NodeOutcome.Failed("output_too_large", $"All items were gone through, but what they collect has {loop.Collected:N0} bytes; at most {RunLimits.MaxCollected:N0} are allowed (8 MiB). Collect less of each.");
        JsonElement?[] items = [.. Enumerable.Range(0, loop.Items.Length).Select(i => loop.Results.GetValueOrDefault(i) is { ValueKind: not JsonValueKind.Undefined } value ? value : (JsonElement?)null)];
        var output = JsonSerializer.SerializeToElement(new { items, count = items.Length, failed = loop.Failed });
        return JsonDepth.IsOver(output) ? StepInvoker.TooDeep : new NodeOutcome.Completed(output);
    }
}

/// <summary>The journal entry of a step that started another run.</summary>
internal static class ChildEvents
{
    /// <summary>It waits for that run's end, or is done.</summary>
    public static RunEvent Of(string node, int attempt, Guid child, bool wait)
    {
        var state = JsonSerializer.SerializeToElement(new { run_id = Model.ShownId.Run(child) });
        return wait
            ? new RunEvent.StepParked(node, attempt, null, RunResult.FinishedSignal(child), state, "the end of the run that it started")
            : new RunEvent.StepCompleted(node, attempt, state, null);
    }
}

/// <summary>What an error workflow is started with.</summary>
internal static class ErrorReport
{
    /// <summary><c>{run_id, workflow_id, error: {code, message, cause}, step, payload}</c>; without the payload where it would be nested too deep.</summary>
    public static JsonElement Of(RunIdentity run, RunPlan plan, RunState state)
    {
        JsonElement? payload = state.Payload.ValueKind == JsonValueKind.Undefined ? null : state.Payload;
        var report = Of(run, plan, state, payload);
        return JsonDepth.IsOver(report) ? Of(run, plan, state, null) : report;
    }

    private static JsonElement Of(RunIdentity run, RunPlan plan, RunState state, JsonElement? payload)
    {
        var last = RunSteps.Of(plan, state).Where(s => s.State.Status == StepStatus.Failed).OrderByDescending(s => s.State.EndedSeq).FirstOrDefault();
        var failed = last.Step?.Node;
        return JsonSerializer.SerializeToElement(new
        {
            run_id = Model.ShownId.Run(run.RunId),
            workflow_id = Model.ShownId.Workflow(run.WorkflowId),
            error = ErrorOutput.Of(state.Failure!.Code, state.Failure.Message, last.State?.Cause ?? default),
            step = failed is null ? null : new { id = failed.Id, name = failed.Name },
            payload,
        });
    }
}
