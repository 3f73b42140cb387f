using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>The journal entry of a step that started another run.</summary>
internal static class ChildEvents
{
    /// <summary>It waits for that run's end, or is done.</summary>
    public static RunEvent Of(string node, int attempt, Guid child, bool wait)
    {
        var state = JsonSerializer.SerializeToElement(new { run_id = ShownId.Run(child) });
        return wait
            ? new RunEvent.StepParked(node, attempt, null, RunResult.FinishedSignal(child), state, "the end of the run that it started")
            : new RunEvent.StepCompleted(node, attempt, state, null);
    }
}
