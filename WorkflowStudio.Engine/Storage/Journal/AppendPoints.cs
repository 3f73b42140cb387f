using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Storage.Journal;

/// <summary>The fail points of an append: passed in the transaction, when its rows are written and nothing is durable.</summary>
internal static class AppendPoints
{
    public static void Pass(RunAppend append)
    {
        if (!FailPoints.IsArmed) return;
        if (append.InboxTaken.Count > 0) FailPoints.Pass(FailPoint.InboxTaken);
        foreach (var entry in append.Entries)
            if (Name(entry.Event) is { } name) FailPoints.Pass(name, entry.Event.NodeId);
    }

    private static string? Name(RunEvent e) => e switch
    {
        RunEvent.StepParked => FailPoint.ParkWritten,
        RunEvent.StepWoken => FailPoint.WakeWritten,
        RunEvent.RetryScheduled => FailPoint.RetryWritten,
        RunEvent.IterationEnded => FailPoint.IterationWritten,
        RunEvent.RunPaused => FailPoint.PauseWritten,
        RunEvent.RunCompleted or RunEvent.RunFailed or RunEvent.RunCanceled => FailPoint.FinishWritten,
        _ => null,
    };
}
