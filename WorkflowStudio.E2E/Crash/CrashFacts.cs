namespace WorkflowStudio.E2E.Crash;

/// <summary>Everything that the checker judges: what was promised, what happened outside, and what the database holds.</summary>
internal sealed record CrashFacts
{
    /// <summary>The runs whose start was answered, 32 digits.</summary>
    public IReadOnlyCollection<string> Acknowledged { get; init; } = [];

    /// <summary>Ends that somebody was told of, by run.</summary>
    public IReadOnlyDictionary<string, string> ToldEnds { get; init; } = new Dictionary<string, string>();

    /// <summary>Runs whose cancel was stored while they were open.</summary>
    public IReadOnlyCollection<string> CancelAsked { get; init; } = [];

    /// <summary>When each life of the server began.</summary>
    public IReadOnlyDictionary<int, DateTimeOffset> Lives { get; init; } = new Dictionary<int, DateTimeOffset>();

    /// <summary>The calls that arrived outside.</summary>
    public IReadOnlyList<LedgerCall> Calls { get; init; } = [];

    /// <summary>The headers.</summary>
    public IReadOnlyList<StoredRun> Runs { get; init; } = [];

    /// <summary>The journals, by run and number.</summary>
    public IReadOnlyList<StoredEntry> Entries { get; init; } = [];

    /// <summary>Runs and steps that wait.</summary>
    public IReadOnlyList<StoredWait> Waits { get; init; } = [];

    /// <summary>Runs that somebody still wants something of.</summary>
    public IReadOnlyList<string> Inbox { get; init; } = [];

    /// <summary>The keys of starts, by the runs they made, from the payloads.</summary>
    public ILookup<string, string> StartKeys { get; init; } = Array.Empty<string>().ToLookup(x => x);

    /// <summary>Effects inside the practice that happened more than once.</summary>
    public IReadOnlyList<string> DoubleRows { get; init; } = [];

    /// <summary>What was asked of runs through the API.</summary>
    public IReadOnlyList<CrashAsk> Asks { get; init; } = [];

    /// <summary>The schedule of the mix; null without one.</summary>
    public StoredSchedule? Schedule { get; init; }

    /// <summary>Where the server's clock stands at the end.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>
    /// The runs that were over when they were last seen and whose headers are gone. <see cref="Runs"/> and <see cref="Entries"/> still tell
    /// of them.
    /// </summary>
    public IReadOnlyCollection<string> Deleted { get; init; } = [];

    /// <summary>The last entries of packed journals, by run.</summary>
    public IReadOnlyDictionary<string, long> Packed { get; init; } = new Dictionary<string, long>();

    /// <summary>Finished runs that are not as they were when they were last seen, in words.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>Rows whose run is gone.</summary>
    public IReadOnlyList<string> Orphans { get; init; } = [];

    /// <summary>How long runs are kept after their end, and how long until they are packed; null where nothing is said of it.</summary>
    public (TimeSpan Kept, TimeSpan Unpacked)? Retention { get; init; }

    /// <summary>What the database says of itself; <c>ok</c> when it is sound.</summary>
    public string Integrity { get; init; } = "ok";
}

/// <summary>A header. The numbers of the statuses are the engine's.</summary>
internal sealed record StoredRun(string Id, int Status, long LastSeq, long? WakeAt, string? ErrorCode)
{
    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What started it.</summary>
    public string Cause { get; init; } = "api";

    /// <summary>The run that it repeats.</summary>
    public string? RetryOf { get; init; }

    /// <summary>The run that started it.</summary>
    public string? Parent { get; init; }

    public const int Queued = 0, Running = 1, Waiting = 2, Done = 3, Failed = 4, Canceled = 5, Paused = 6;

    /// <summary>Whether it is over.</summary>
    public bool IsOver => Status is Done or Failed or Canceled;
}

/// <summary>A journal row. The numbers of the kinds are the engine's and fixed for ever.</summary>
internal sealed record StoredEntry(string Run, long Seq, int Kind, string? Node, string? Iteration, int Attempt, DateTimeOffset At)
{
    public const int StepStarted = 2, StepCompleted = 3, StepParked = 5, StepWoken = 6, RetryScheduled = 8, Log = 9, RunCompleted = 10,
        RunFailed = 11, RunCanceled = 12, RunPaused = 13, RunResumed = 14, RoundStarted = 17;

    /// <summary>Who paused or resumed.</summary>
    public string? By { get; init; }

    /// <summary>The step with its iteration.</summary>
    public string Place => Iteration is null ? Node ?? "" : $"{Node}:{Iteration}";

    /// <summary>Whether it ends the run.</summary>
    public bool IsEnd => Kind is RunCompleted or RunFailed or RunCanceled;
}

/// <summary>A step that waits.</summary>
internal sealed record StoredWait(string Run, string Node);

/// <summary>A schedule of every minute, with what became of its occurrences, in order.</summary>
internal sealed record StoredSchedule(DateTimeOffset CreatedAt, DateTimeOffset HandledUntil, IReadOnlyList<StoredOccurrence> Occurrences);

/// <summary>An occurrence that was decided. The numbers of the outcomes are the engine's.</summary>
internal sealed record StoredOccurrence(DateTimeOffset At, int Outcome, string? Run)
{
    public const int Fired = 0, Late = 1, Skipped = 2;

    /// <summary>How many were skipped before it that are not remembered one by one.</summary>
    public int Earlier { get; init; }

    /// <summary>The time that its run was told; null when its journal is packed or gone.</summary>
    public DateTimeOffset? Said { get; init; }
}
