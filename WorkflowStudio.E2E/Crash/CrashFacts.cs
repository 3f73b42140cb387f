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

    /// <summary>What the database says of itself; <c>ok</c> when it is sound.</summary>
    public string Integrity { get; init; } = "ok";
}

/// <summary>A header. The numbers of the statuses are the engine's.</summary>
internal sealed record StoredRun(string Id, int Status, long LastSeq, long? WakeAt, string? ErrorCode)
{
    public const int Queued = 0, Running = 1, Waiting = 2, Done = 3, Failed = 4, Canceled = 5, Paused = 6;

    /// <summary>Whether it is over.</summary>
    public bool IsOver => Status is Done or Failed or Canceled;
}

/// <summary>A journal row. The numbers of the kinds are the engine's and fixed for ever.</summary>
internal sealed record StoredEntry(string Run, long Seq, int Kind, string? Node, string? Iteration, int Attempt, DateTimeOffset At)
{
    public const int StepStarted = 2, StepCompleted = 3, StepParked = 5, StepWoken = 6, RetryScheduled = 8, Log = 9, RunCompleted = 10, RunFailed = 11, RunCanceled = 12, RoundStarted = 17;

    /// <summary>The step with its iteration.</summary>
    public string Place => Iteration is null ? Node ?? "" : $"{Node}:{Iteration}";

    /// <summary>Whether it ends the run.</summary>
    public bool IsEnd => Kind is RunCompleted or RunFailed or RunCanceled;
}

/// <summary>A step that waits.</summary>
internal sealed record StoredWait(string Run, string Node);
