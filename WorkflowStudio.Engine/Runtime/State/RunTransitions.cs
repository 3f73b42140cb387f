namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>
/// The table of everything that may happen to a run and to a step: state × event → state. A pair that is not in it is a bug and is never
/// recorded. Drawn in docs/run-lifecycle.md; a test walks every pair.
/// </summary>
public static class RunTransitions
{
    private const RunStatus None = (RunStatus)(-1);

    /// <summary>
    /// The next status of a run; null when the event is not allowed in that status. "Running" becomes "Waiting" by <see cref="Settle"/>.
    /// </summary>
    public static RunStatus? Next(RunStatus status, RunEventKind kind)
    {
        var next = (status, kind) switch
        {
            (RunStatus.Queued, RunEventKind.RunStarted) => RunStatus.Queued,
            (RunStatus.Done or RunStatus.Failed or RunStatus.Canceled, _) => None,
            (_, RunEventKind.RunStarted) => None,
            (_, RunEventKind.RunCompleted) => RunStatus.Done,
            (_, RunEventKind.RunFailed) => RunStatus.Failed,
            (_, RunEventKind.RunCanceled) => RunStatus.Canceled,
            (_, RunEventKind.Log) => status,
            (RunStatus.Paused, RunEventKind.RunPaused) => None,
            (_, RunEventKind.RunPaused) => RunStatus.Paused,
            (RunStatus.Paused, RunEventKind.RunResumed) => RunStatus.Running,
            (_, RunEventKind.RunResumed) => None,
            (RunStatus.Paused, _) => RunStatus.Paused,
            _ => RunStatus.Running,
        };
        return next == None ? null : next;
    }

    /// <summary>The next status of a step; null when the event is not allowed in that status.</summary>
    public static StepStatus? Next(StepStatus status, RunEventKind kind) => (status, kind) switch
    {
        (StepStatus.NotStarted or StepStatus.Running or StepStatus.Retrying, RunEventKind.StepStarted) => StepStatus.Running,
        (StepStatus.NotStarted or StepStatus.Running or StepStatus.Retrying, RunEventKind.StepCompleted) => StepStatus.Done,
        (StepStatus.NotStarted or StepStatus.Running or StepStatus.Retrying, RunEventKind.StepFailed) => StepStatus.Failed,
        (StepStatus.NotStarted or StepStatus.Running or StepStatus.Retrying, RunEventKind.RetryScheduled) => StepStatus.Retrying,
        (StepStatus.NotStarted or StepStatus.Running or StepStatus.Retrying, RunEventKind.StepParked) => StepStatus.Waiting,
        (StepStatus.NotStarted or StepStatus.Running or StepStatus.Retrying, RunEventKind.LoopStarted) => StepStatus.Looping,
        (StepStatus.Looping, RunEventKind.IterationEnded) => StepStatus.Looping,
        (StepStatus.Looping, RunEventKind.StepCompleted) => StepStatus.Done,
        (StepStatus.Looping, RunEventKind.StepFailed) => StepStatus.Failed,
        (StepStatus.NotStarted or StepStatus.Done or StepStatus.Failed or StepStatus.Skipped, RunEventKind.RoundStarted) =>
            StepStatus.NotStarted,
        (StepStatus.NotStarted, RunEventKind.StepSkipped) => StepStatus.Skipped,
        (StepStatus.Waiting, RunEventKind.StepWoken) => StepStatus.Running,
        (_, RunEventKind.Log) => status,
        _ => null,
    };

    /// <summary>
    /// A run in which no step can be worked on and at least one waits is "Waiting"; every other open run that began is "Running".
    /// </summary>
    public static RunStatus Settle(RunStatus status, int running, int waiting) =>
        status == RunStatus.Running && running == 0 && waiting > 0 ? RunStatus.Waiting
        : status == RunStatus.Waiting && running > 0 ? RunStatus.Running
        : status;
}
