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
        Entries = [Entry(1, 1, null), Entry(2, StoredEntry.StepStarted), Entry(3, StoredEntry.RetryScheduled), Entry(4, StoredEntry.StepStarted), Entry(5, StoredEntry.StepCompleted), Entry(6, StoredEntry.RunCompleted, null)],
        StartKeys = new[] { ("k", Run) }.ToLookup(x => x.Item1, x => x.Item2),
    };

    [Fact]
    public void Check_PromisesKept_FindsNothing() => Assert.Equal([], CrashChecker.Check(Sound));

    [Fact]
    public void Check_PlantedViolations_AreFound()
    {
        Found("lost: run bb", Sound with { Acknowledged = [Run, "bb"] });
        Found("doubled start: key k made 2", Sound with { StartKeys = new[] { ("k", Run), ("k", "bb") }.ToLookup(x => x.Item1, x => x.Item2) });
        Found("changed end", Sound with { ToldEnds = new Dictionary<string, string> { [Run] = "failed" } });
        Found("missing effect", Sound with { Calls = [Call(0, 1, 200) with { Key = new string('b', 32) + ":a" }] });
        Found("unrecorded effect", Sound with { Entries = [.. Sound.Entries.Where(e => e.Kind != StoredEntry.StepStarted)] });
        Found("wrong key", Sound with { Calls = [.. Sound.Calls, Call(3, 2, 200) with { Step = "b" }] });
        Found("doubled effect", Sound with { Calls = [.. Sound.Calls, Call(3, 2, 200)] });
        Found("changed effect", Sound with { Calls = [.. Sound.Calls, Call(3, 3, 200) with { Body = "other" }] });
        Found("cancel ignored", Sound with { CancelAsked = [Run] });
        Found("effect after cancel", Ended(StoredEntry.RunCanceled, StoredRun.Canceled) with { Calls = [.. Sound.Calls, Call(3, 3, 200)], ToldEnds = new Dictionary<string, string>() });
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
        Found("and 2 ends", Sound with { Entries = [.. Sound.Entries, Entry(7, StoredEntry.RunFailed, null)], Runs = [Sound.Runs[0] with { LastSeq = 7 }] });
        Found("goes on behind its end", Sound with { Entries = [.. Sound.Entries, Entry(7, StoredEntry.Log)], Runs = [Sound.Runs[0] with { LastSeq = 7 }] });
        Found("its header tells another one", Sound with { Runs = [Sound.Runs[0] with { Status = StoredRun.Failed }], ToldEnds = new Dictionary<string, string>() });
        Found("completed twice", Sound with { Entries = [.. Sound.Entries.Take(5), Entry(6, StoredEntry.StepCompleted), Entry(7, StoredEntry.RunCompleted, null)], Runs = [Sound.Runs[0] with { LastSeq = 7 }] });
        Found("was done and went on", Sound with { Entries = [.. Sound.Entries.Take(5), Entry(6, StoredEntry.StepStarted), Entry(7, StoredEntry.RunCompleted, null)], Runs = [Sound.Runs[0] with { LastSeq = 7 }] });
    }

    [Fact]
    public void Check_RunsThatHang_AreFound()
    {
        Found("nobody works on it", Open(StoredRun.Running));
        Found("waits for nothing", Open(StoredRun.Waiting) with { Entries = [.. Sound.Entries.Take(2)], Runs = [new StoredRun(Run, StoredRun.Waiting, 2, 1, null)] });
        Found("paused without a reason", Open(StoredRun.Paused));
        Found("over and still due", Sound with { Runs = [Sound.Runs[0] with { WakeAt = 5 }] });
        Found("still waits", Sound with { Waits = [new StoredWait(Run, "a")] });
        Found("its journal does not know", Open(StoredRun.Waiting) with { Waits = [new StoredWait(Run, "a")] });
        Found("is parked and has no row", Open(StoredRun.Waiting) with { Entries = [Entry(1, 1, null), Entry(2, StoredEntry.StepParked)], Runs = [new StoredRun(Run, StoredRun.Waiting, 2, 1, null)] });
        Found("nobody looked", Open(StoredRun.Waiting) with { Inbox = [Run] });
    }

    [Fact]
    public void Check_StepThatBeginsAnewInALoop_IsNoRepetition() => Assert.Equal([], CrashChecker.Check(Sound with
    {
        Calls = [],
        Entries = [.. Sound.Entries.Take(5), Entry(6, StoredEntry.RoundStarted), Entry(7, StoredEntry.StepStarted), Entry(8, StoredEntry.StepCompleted), Entry(9, StoredEntry.RunCompleted, null)],
        Runs = [Sound.Runs[0] with { LastSeq = 9 }],
    }));

    private static CrashFacts Open(int status) => Sound with
    {
        ToldEnds = new Dictionary<string, string>(),
        Entries = [.. Sound.Entries.Take(5)],
        Runs = [new StoredRun(Run, status, 5, 1, null)],
    };

    private static CrashFacts Ended(int kind, int status) => Sound with { Entries = [.. Sound.Entries.Take(5), Entry(6, kind, null)], Runs = [Sound.Runs[0] with { Status = status }] };

    private static StoredEntry Entry(long seq, int kind, string? node = "a") => new(Run, seq, kind, node, null, node is null ? 0 : 1, Noon.AddSeconds(seq));

    private static LedgerCall Call(int order, int life, int status) => new(order, "a", $"{Run}:a", "body", life, Noon.AddSeconds(order), status);

    private static void Found(string words, CrashFacts facts) => Assert.Contains(CrashChecker.Check(facts), v => v.Contains(words, StringComparison.Ordinal));
}
