namespace WorkflowStudio.E2E.Crash;

/// <summary>How the harness reaches each fail point. docs/operations.md says what each proves.</summary>
internal static class CrashPoints
{
    /// <summary>Reached while runs are started and worked on; the number is the pass at which to die at most.</summary>
    public static IReadOnlyList<(string Name, int Most)> AtWork { get; } =
    [
        ("start_written", 6), ("start_durable", 6), ("before_commit", 40), ("after_commit", 40), ("append_durable", 20), ("before_step", 8),
        ("before_effect", 8), ("after_effect", 8),
        ("park_written", 3), ("wake_written", 3), ("retry_written", 2), ("inbox_taken", 1), ("finish_written", 3), ("claim_written", 64),
        ("claim_durable", 64), ("suspect_marked", 1),
        ("child_written", 2), ("iteration_written", 6), ("signal_written", 3), ("request_written", 3), ("pause_written", 2),
    ];

    /// <summary>Reached in a way of its own.</summary>
    public static IReadOnlyDictionary<string, string> Elsewhere { get; } = new Dictionary<string, string>
    {
        ["migration_run"] = "the first start on an empty folder",
        ["hand_back_written"] = "a stop that is asked for",
        ["retention_batch"] = "runs that have grown old: the first pass of a life",
    };
}
