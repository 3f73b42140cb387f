namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>The states of a run. The numbers are stored. Done, Failed and Canceled are final and never change.</summary>
public enum RunStatus
{
    /// <summary>Started and not yet taken up.</summary>
    Queued = 0,

    /// <summary>At least one step is being worked on.</summary>
    Running = 1,

    /// <summary>Every open step waits for a time or a signal.</summary>
    Waiting = 2,

    /// <summary>Ended well.</summary>
    Done = 3,

    /// <summary>Ended by a failure.</summary>
    Failed = 4,

    /// <summary>Ended by somebody.</summary>
    Canceled = 5,

    /// <summary>
    /// Held by somebody, or by the engine because it cannot be worked on: nothing begins until it is resumed. Calls that were under way are
    /// recorded.
    /// </summary>
    Paused = 6,
}

/// <summary>How a workflow's concurrency rule treats a run. The numbers are stored.</summary>
public enum RunGate
{
    /// <summary>Its workflow has none.</summary>
    None = 0,

    /// <summary>It counts as under way until it is over.</summary>
    Counted = 1,

    /// <summary>It waits for its turn.</summary>
    Held = 2,
}

/// <summary>The states of a step within a run.</summary>
public enum StepStatus
{
    /// <summary>Its turn has not come.</summary>
    NotStarted = 0,

    /// <summary>It is being worked on, or about to be.</summary>
    Running = 1,

    /// <summary>It waits for a time or a signal.</summary>
    Waiting = 2,

    /// <summary>It failed and will be tried again.</summary>
    Retrying = 3,

    /// <summary>It is done.</summary>
    Done = 4,

    /// <summary>It failed for good.</summary>
    Failed = 5,

    /// <summary>The run went another way.</summary>
    Skipped = 6,

    /// <summary>The run was canceled while it was open.</summary>
    Canceled = 7,

    /// <summary>The steps behind it are run once for each of its items.</summary>
    Looping = 8,
}

/// <summary>The kinds of journal rows. The numbers are stored and never reused.</summary>
public enum RunEventKind
{
    RunStarted = 1,
    StepStarted = 2,
    StepCompleted = 3,
    StepFailed = 4,
    StepParked = 5,
    StepWoken = 6,
    StepSkipped = 7,
    RetryScheduled = 8,
    Log = 9,
    RunCompleted = 10,
    RunFailed = 11,
    RunCanceled = 12,
    RunPaused = 13,
    RunResumed = 14,
    LoopStarted = 15,
    IterationEnded = 16,
    RoundStarted = 17,
}

/// <summary>What somebody may want of an unfinished run.</summary>
public enum RunRequestKind
{
    /// <summary>End it.</summary>
    Cancel = 1,

    /// <summary>Wake a waiting step as if its time had come.</summary>
    WakeNow = 2,

    /// <summary>Wake the steps that wait for a signal.</summary>
    Signal = 3,

    /// <summary>Begin nothing until it is resumed.</summary>
    Pause = 4,

    /// <summary>Go on after a pause.</summary>
    Resume = 5,
}
