namespace WorkflowStudio.E2E.Crash;

/// <summary>A checker that finds nothing proves nothing: each violation is planted once.</summary>
public sealed class CrashCheckerTests
{
    private static readonly string Run = new('a', 32);
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly CrashFacts Sound = new()
    {
        Acknowledged = [Run],
        ToldEnds = new Dictionary<string, string> { [Run] = "completed" },
        Lives = new Dictionary<int, DateTimeOffset> { [1] = Noon, [2] = Noon.AddMinutes(1), [3] = Noon.AddMinutes(2) },
        Calls = [Call(0, 1, 503), Call(1, 1, 200), Call(2, 2, 200)],
        Runs = [new StoredRun(Run, StoredRun.Done, 6, null, null)],
        Entries = [Entry(1, 1, null), Entry(2, StoredEntry.StepStarted), Entry(3, StoredEntry.RetryScheduled),
            Entry(4, StoredEntry.StepStarted), Entry(5, StoredEntry.StepCompleted), Entry(6, StoredEntry.RunCompleted, null)],
        StartKeys = new[] { ("k", Run) }.ToLookup(x => x.Item1, x => x.Item2),
    };

    [Fact]
    public void Check_PromisesKept_FindsNothing() => Assert.Equal([], CrashChecker.Check(Sound));

    [Fact]
    public void Check_PlantedViolations_AreFound()
    {
        Found("lost: run bb", Sound with { Acknowledged = [Run, "bb"] });
        Found("doubled start: key k made 2",
            Sound with { StartKeys = new[] { ("k", Run), ("k", "bb") }.ToLookup(x => x.Item1, x => x.Item2) });
        Found("changed end", Sound with { ToldEnds = new Dictionary<string, string> { [Run] = "failed" } });
        Found("missing effect", Sound with { Calls = [Call(0, 1, 200) with { Key = new string('b', 32) + ":a" }] });
        Found("unrecorded effect", Sound with { Entries = [.. Sound.Entries.Where(e => e.Kind != StoredEntry.StepStarted)] });
        Found("wrong key", Sound with { Calls = [.. Sound.Calls, Call(3, 2, 200) with { Step = "b" }] });
        Found("doubled effect", Sound with { Calls = [.. Sound.Calls, Call(3, 2, 200)] });
        Found("changed effect", Sound with { Calls = [.. Sound.Calls, Call(3, 3, 200) with { Body = "other" }] });
        Found("cancel ignored", Sound with { CancelAsked = [Run] });
        Found("effect after cancel", Ended(StoredEntry.RunCanceled, StoredRun.Canceled) with
        { Calls = [.. Sound.Calls, Call(3, 3, 200)], ToldEnds = new Dictionary<string, string>() });
        Found("doubled row", Sound with { DoubleRows = ["doubled row"] });
        Found("database: torn", Sound with { Integrity = "torn" });
    }

    [Fact]
    public void Check_JournalsThatAreWrong_AreFound()
    {
        Found("has a gap", Sound with { Entries = [.. Sound.Entries.Where(e => e.Seq != 3)] });
        Found("has none", Sound with { Entries = [] });
        Found("which is not there", Sound with { Entries = [.. Sound.Entries, Entry(1, 1, null) with { Run = "bb" }] });
        Found("its header says 7", Sound with { Runs = [Sound.Runs[0] with { LastSeq = 7 }] });
        Found("and 0 ends", Sound with { Entries = [.. Sound.Entries.Take(5)], Runs = [Sound.Runs[0] with { LastSeq = 5 }] });
        Found("and 2 ends", Sound with
        { Entries = [.. Sound.Entries, Entry(7, StoredEntry.RunFailed, null)], Runs = [Sound.Runs[0] with { LastSeq = 7 }] });
        Found("goes on behind its end",
            Sound with { Entries = [.. Sound.Entries, Entry(7, StoredEntry.Log)], Runs = [Sound.Runs[0] with { LastSeq = 7 }] });
        Found("its header tells another one",
            Sound with { Runs = [Sound.Runs[0] with { Status = StoredRun.Failed }], ToldEnds = new Dictionary<string, string>() });
        Found("completed twice", Sound with
        {
            Entries = [.. Sound.Entries.Take(5), Entry(6, StoredEntry.StepCompleted), Entry(7, StoredEntry.RunCompleted, null)],
            Runs = [Sound.Runs[0] with { LastSeq = 7 }],
        });
        Found("was done and went on", Sound with
        {
            Entries = [.. Sound.Entries.Take(5), Entry(6, StoredEntry.StepStarted), Entry(7, StoredEntry.RunCompleted, null)],
            Runs = [Sound.Runs[0] with { LastSeq = 7 }],
        });
    }

    [Fact]
    public void Check_RunsThatHang_AreFound()
    {
        Found("nobody works on it", Open(StoredRun.Running));
        Found("waits for nothing", Open(StoredRun.Waiting) with
        { Entries = [.. Sound.Entries.Take(2)], Runs = [new StoredRun(Run, StoredRun.Waiting, 2, 1, null)] });
        Found("paused without a reason", Open(StoredRun.Paused));
        Found("over and still due", Sound with { Runs = [Sound.Runs[0] with { WakeAt = 5 }] });
        Found("still waits", Sound with { Waits = [new StoredWait(Run, "a")] });
        Found("its journal does not know", Open(StoredRun.Waiting) with { Waits = [new StoredWait(Run, "a")] });
        Found("is parked and has no row", Open(StoredRun.Waiting) with
        { Entries = [Entry(1, 1, null), Entry(2, StoredEntry.StepParked)], Runs = [new StoredRun(Run, StoredRun.Waiting, 2, 1, null)] });
        Found("nobody looked", Open(StoredRun.Waiting) with { Inbox = [Run] });
    }

    [Fact]
    public void Check_RequestsThatWereNotDone_AreFound()
    {
        Found("unanswered: pause-1", Asked("pause", null));
        Found("was asked to pause and is not there",
            Sound with { Asks = [new CrashAsk("pause-1", "bb", "pause") { Answer = "accepted", Life = 1 }] });
        // the run ended in life 1: asked in life 1 it may have been over, asked before it was not
        Assert.Equal([], CrashChecker.Check(Asked("cancel", "accepted")));
        foreach (var what in new[] { "cancel", "pause", "resume", "wake" }) Found($"{what} ignored", Asked(what, "accepted", 0));
        Found("is still paused",
            Open(StoredRun.Paused) with { Asks = [new CrashAsk("resume-1", Run, "resume") { Answer = "accepted", Life = 1 }] });
        Found("doubled pause", Paused() with { Asks = [] });
        Found("doubled resume", Paused() with { Asks = [new CrashAsk("pause-1", Run, "pause") { Answer = "accepted", Life = 1 }] });
        Found("doubled wake", Asked("wake", "accepted") with
        { Entries = [.. Sound.Entries.Take(5), Entry(6, StoredEntry.StepWoken, "nap"), Entry(7, StoredEntry.StepWoken, "nap")] });
        Found("retried 1 times and 0 runs", Asked("retry", "accepted"));
        Found("began a step while it was paused", Paused(StoredEntry.StepStarted));
        Found("pause broken: " + Run + ":a was called in life 3", Paused() with
        { Calls = [.. Sound.Calls, Call(3, 3, 200)], Lives = new Dictionary<int, DateTimeOffset> { [3] = Noon.AddSeconds(2.5) } });
    }

    [Fact]
    public void Check_OccurrencesThatAreWrong_AreFound()
    {
        var (one, two) = (new string('1', 32), new string('2', 32));
        var schedule = new StoredSchedule(Noon, Noon.AddMinutes(2), [new StoredOccurrence(Noon.AddMinutes(1), 0, one),
            new StoredOccurrence(Noon.AddMinutes(2), 1, two) { Said = Noon.AddMinutes(2) }]);
        var facts = Sound with
        {
            Now = Noon.AddMinutes(3),
            Schedule = schedule,
            Runs = [.. Sound.Runs, Scheduled(one), Scheduled(two)],
            Entries = [.. Sound.Entries, Begun(one), Ended(one), Begun(two), Ended(two)],
        };

        Assert.Equal([], CrashChecker.Check(facts));
        Found("stands for 2", facts with
        { Schedule = schedule with { Occurrences = [schedule.Occurrences[0], schedule.Occurrences[1] with { Run = one }] } });
        Found("has no occurrence of its own", facts with { Schedule = schedule with { Occurrences = [schedule.Occurrences[0]] } });
        Found("has outcome 3", facts with
        { Schedule = schedule with { Occurrences = [schedule.Occurrences[0] with { Outcome = 3, Run = null }, schedule.Occurrences[1]] } });
        Found("12:01:00Z was skipped", facts with
        { Schedule = schedule with { Occurrences = [schedule.Occurrences[0] with { Outcome = 2, Run = null }, schedule.Occurrences[1]] } });
        Found("of 2026-11-22 12:01:00Z is lost", facts with { Runs = [.. Sound.Runs, Scheduled(two)] });
        Found("was told", facts with
        { Schedule = schedule with { Occurrences = [schedule.Occurrences[0] with { Said = Noon }, schedule.Occurrences[1]] } });
        Found(
            "1 before 2026-11-22 12:02:00Z are lost", facts with { Schedule = schedule with { Occurrences = [schedule.Occurrences[1]] } });
        Found("12:03:00Z is lost", facts with { Schedule = schedule with { HandledUntil = Noon.AddMinutes(3) } });
        Found("is none of its times", facts with { Schedule = schedule with { CreatedAt = Noon.AddMinutes(1) } });
        Found("stands still", facts with { Now = Noon.AddMinutes(5) });
    }

    [Fact]
    public void Check_MoreThanAHundredMissedAtOnce_TheFirstMayBeSkipped()
    {
        StoredOccurrence At(int minute, int outcome) => new(Noon.AddMinutes(minute), outcome,
            outcome == StoredOccurrence.Skipped ? null : minute.ToString("x32", System.Globalization.CultureInfo.InvariantCulture));
        CrashFacts Missed(int late)
        {
            var schedule = new StoredSchedule(Noon, Noon.AddMinutes(7 + late),
                [At(1, 0), At(6, 2) with { Earlier = 4 }, .. Enumerable.Range(7, late).Select(m => At(m, 1)), At(7 + late, 0)]);
            var runs = schedule.Occurrences.Select(o => o.Run).OfType<string>().ToList();
            return Sound with
            {
                Now = Noon.AddMinutes(8 + late),
                Schedule = schedule,
                Runs = [.. Sound.Runs, .. runs.Select(Scheduled)],
                Entries = [.. Sound.Entries, .. runs.Select(Begun), .. runs.Select(Ended)],
            };
        }

        Assert.Equal([], CrashChecker.Check(Missed(100)));
        Found("was skipped and 99 later ones", Missed(99));
        Found("1 before 2026-11-22 12:06:00Z are lost", Missed(100) with
        {
            Schedule = Missed(100).Schedule! with
            { Occurrences = [At(1, 0), At(6, 2) with { Earlier = 3 }, .. Missed(100).Schedule!.Occurrences.Skip(2)] },
        });
    }

    [Fact]
    public void Check_RunsThatGoTooEarlyOrStayTooLong_AreFound()
    {
        var old = Sound with
        {
            Retention = (TimeSpan.FromDays(2), TimeSpan.FromDays(1)),
            Now = Noon.AddDays(1.5),
            Runs = [Sound.Runs[0] with { FinishedAt = Noon }],
        };

        Assert.Equal([], CrashChecker.Check(old with { Packed = new Dictionary<string, long> { [Run] = 6 } }));
        Found("deleted: run", old with { Deleted = [Run] });
        Found("kept: run", old with { Now = Noon.AddDays(3) });
        Assert.DoesNotContain(CrashChecker.Check(old with
        { Now = Noon.AddDays(3), Runs = [old.Runs[0] with { Parent = "bb" }, new StoredRun("bb", StoredRun.Waiting, 1, 1, null)] }),
            v => v.StartsWith("kept", StringComparison.Ordinal));
        Found("packed: run", old with { Now = Noon.AddDays(0.5), Packed = new Dictionary<string, long> { [Run] = 6 } });
        Found("ends at 5", old with { Packed = new Dictionary<string, long> { [Run] = 5 } });
        Found("orphan: run_waits", old with { Orphans = ["run_waits of run bb"] });
        Found("is not as it was", old with { Changed = ["header of run bb"] });
    }

    [Fact]
    public void Memory_OfRunsThatAreGoneOrPacked_CompletesTheFacts()
    {
        var memory = new CrashMemory();
        memory.Learn(Sound);

        Assert.Equal([Run], memory.Complete(Sound with { Runs = [], Entries = [] }).Deleted);
        Assert.Equal(Sound.Entries, memory.Complete(Sound with { Entries = [] }).Entries);
        Assert.Equal(
            [$"header of run {Run}"], memory.Complete(Sound with { Runs = [Sound.Runs[0] with { Status = StoredRun.Failed }] }).Changed);
        Assert.Equal([$"journal of run {Run}"], memory.Complete(Sound with { Entries = [.. Sound.Entries.Take(3)] }).Changed);
    }

    [Fact]
    public void Check_StepThatARepeatTookOver_NeedsNoCall() => Assert.Equal([], CrashChecker.Check(Sound with
    {
        Runs = [.. Sound.Runs, new StoredRun("bb", StoredRun.Done, 3, null, null) { RetryOf = Run }],
        Entries = [.. Sound.Entries,
            .. new[] { Entry(1, 1, null), Entry(2, StoredEntry.StepCompleted), Entry(3, StoredEntry.RunCompleted, null) }
                .Select(e => e with { Run = "bb" })],
        Asks = [new CrashAsk("retry-1", Run, "retry") { Answer = "accepted", Life = 1 }],
    }));

    [Fact]
    public void Check_StepThatBeginsAnewInALoop_IsNoRepetition() => Assert.Equal([], CrashChecker.Check(Sound with
    {
        Calls = [],
        Entries = [.. Sound.Entries.Take(5), Entry(6, StoredEntry.RoundStarted), Entry(7, StoredEntry.StepStarted),
            Entry(8, StoredEntry.StepCompleted), Entry(9, StoredEntry.RunCompleted, null)],
        Runs = [Sound.Runs[0] with { LastSeq = 9 }],
    }));

    private static CrashFacts Asked(string what, string? answer, int life = 1) => Sound with
    {
        Asks = [new CrashAsk(what + "-1", Run, what) { Answer = answer, Life = life }],
        Lives = new Dictionary<int, DateTimeOffset> { [1] = Noon, [2] = Noon.AddMinutes(1), [3] = Noon.AddMinutes(2) },
        ToldEnds = new Dictionary<string, string>(),
    };

    private static CrashFacts Paused(int between = StoredEntry.Log) => Sound with
    {
        Entries = [Entry(1, 1, null), Entry(2, StoredEntry.RunPaused, null) with { By = "somebody" }, Entry(3, between),
            Entry(4, StoredEntry.RunResumed, null) with { By = "somebody" }, .. Sound.Entries.Skip(4)],
    };

    private static StoredRun Scheduled(string id) => new(id, StoredRun.Done, 2, null, null) { Cause = "schedule" };

    private static StoredEntry Begun(string id) => Entry(1, 1, null) with { Run = id };

    private static StoredEntry Ended(string id) => Entry(2, StoredEntry.RunCompleted, null) with { Run = id };

    private static CrashFacts Open(int status) => Sound with
    {
        ToldEnds = new Dictionary<string, string>(),
        Entries = [.. Sound.Entries.Take(5)],
        Runs = [new StoredRun(Run, status, 5, 1, null)],
    };

    private static CrashFacts Ended(int kind, int status) =>
        Sound with { Entries = [.. Sound.Entries.Take(5), Entry(6, kind, null)], Runs = [Sound.Runs[0] with { Status = status }] };

    private static StoredEntry Entry(long seq, int kind, string? node = "a") =>
        new(Run, seq, kind, node, null, node is null ? 0 : 1, Noon.AddSeconds(seq));

    private static LedgerCall Call(int order, int life, int status) =>
        new(order, "a", $"{Run}:a", "body", life, Noon.AddSeconds(order), status);

    private static void Found(string words, CrashFacts facts) =>
        Assert.Contains(CrashChecker.Check(facts), v => v.Contains(words, StringComparison.Ordinal));
}
