namespace WorkflowStudio.Engine.Diagnostics;

/// <summary>
/// The names of the fail points, and what a kill there proves. docs/operations.md holds the same table; a test compares them.
/// </summary>
public static class FailPoint
{
    public const string StartWritten = "start_written";
    public const string StartDurable = "start_durable";
    public const string ClaimWritten = "claim_written";
    public const string ClaimDurable = "claim_durable";
    public const string BeforeCommit = "before_commit";
    public const string AfterCommit = "after_commit";
    public const string AppendDurable = "append_durable";
    public const string BeforeStep = "before_step";
    public const string BeforeEffect = "before_effect";
    public const string AfterEffect = "after_effect";
    public const string ParkWritten = "park_written";
    public const string WakeWritten = "wake_written";
    public const string RetryWritten = "retry_written";
    public const string InboxTaken = "inbox_taken";
    public const string RequestWritten = "request_written";
    public const string SignalWritten = "signal_written";
    public const string ChildWritten = "child_written";
    public const string IterationWritten = "iteration_written";
    public const string PauseWritten = "pause_written";
    public const string FinishWritten = "finish_written";
    public const string SuspectMarked = "suspect_marked";
    public const string HandBackWritten = "hand_back_written";
    public const string RetentionBatch = "retention_batch";
    public const string MigrationRun = "migration_run";

    /// <summary>Every point with what a kill there proves.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        [StartWritten] = "a start that was not answered leaves nothing behind, or the whole run",
        [StartDurable] =
            "a run that is durable goes on although its caller never heard of it, and the same Idempotency-Key gets the same run",
        [ClaimWritten] = "a claim that did not become durable hinders nobody",
        [ClaimDurable] = "an owner that dies at once leaves its shard to the next one",
        [BeforeCommit] = "nothing of a batch is left when its commit did not come",
        [AfterCommit] = "all of a batch is left when its commit came, although nobody was told",
        [AppendDurable] = "what is recorded is not done again although its run never heard that it is",
        [BeforeStep] = "a step that kills the server is set aside after three times, and nothing else with it",
        [BeforeEffect] = "a step that is recorded as started and was not called is called",
        [AfterEffect] = "a call whose result is not recorded is made once more, with the same key",
        [ParkWritten] = "a step waits as a whole or not at all: with its row and its header",
        [WakeWritten] = "a wake is not lost and not doubled",
        [RetryWritten] = "the next try comes, with its number",
        [InboxTaken] = "a request is done once: it leaves the inbox with the entry that does it",
        [RequestWritten] = "a request that was not answered is there or not; one that was is done",
        [SignalWritten] = "a signal reaches everybody who waits, or nobody was told that it was sent",
        [ChildWritten] = "a run is started by another one exactly once",
        [IterationWritten] = "an iteration that is over stays over",
        [PauseWritten] = "a pause holds",
        [FinishWritten] = "an end is final, and whoever waits for it hears of it",
        [SuspectMarked] = "a run that is tried alone when the server dies is known as the cause",
        [HandBackWritten] = "a stop that is cut short counts as a crash and loses nothing",
        [RetentionBatch] = "deleting and packing goes on where it was",
        [MigrationRun] = "tables that are half made are made by the next start",
    };
}
