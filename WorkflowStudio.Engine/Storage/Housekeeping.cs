using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics;

namespace WorkflowStudio.Engine.Storage;

/// <summary>Removes what nobody can need any more, a little at a time: others write in between.</summary>
public sealed class Housekeeping(IStudioWriter writer, TimeProvider clock, ILogger<Housekeeping> logger)
{
    /// <summary>How long the answer to a request with an Idempotency-Key is kept (docs/decisions.md, "Idempotency-Key").</summary>
    public static readonly TimeSpan AnswerAge = TimeSpan.FromHours(24);

    /// <summary>How long a signal is kept: far longer than a step may take from its call to its wait.</summary>
    public static readonly TimeSpan SignalAge = TimeSpan.FromHours(2);

    /// <summary>How long is remembered what became of a schedule's occurrences.</summary>
    public static readonly TimeSpan OccurrenceAge = TimeSpan.FromDays(90);

    /// <summary>How long the trigger log tells of a firing.</summary>
    public static readonly TimeSpan TriggerLogAge = TimeSpan.FromDays(7);

    /// <summary>How long an event with an id is known again: longer than anybody sends one anew.</summary>
    public static readonly TimeSpan ReceivedEventAge = TimeSpan.FromDays(30);

    /// <summary>How long a run may be due without anybody working on it before it is reported: far longer than another node takes to take it over.</summary>
    public static readonly TimeSpan StuckAfter = TimeSpan.FromMinutes(5);

    /// <summary>About how many rows one transaction removes.</summary>
    public const int Some = 500;

    /// <summary>Counts the runs that have been due for too long, and warns of them in the log.</summary>
    public async Task<int> ReportStuckAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - StuckAfter;
        // due ones are few; the index (shard, wake) has them
        var stuck = await writer.WriteAsync(w => w.Db.Runs.Count(r => r.WakeAt != null && r.WakeAt < before && r.WakeAt > DateTimeOffset.UnixEpoch), cancellationToken);
        if (stuck > 0) Log.RunsAreStuck(logger, stuck, StuckAfter.TotalMinutes);
        return stuck;
    }

    /// <summary>One round: stored answers, signals, occurrences, lines of the trigger log and ids of events that are too old, requests to runs that are over. Returns how many rows went.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        await ReportStuckAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var answers = await AllAsync(w => Answers(w.Db, now - AnswerAge), cancellationToken);
        var requests = await writer.WriteAsync(
            w => w.Db.RunInbox.Where(i => w.Db.Runs.Any(r => r.Id == i.RunId && r.FinishedAt != null)).ExecuteDelete(), cancellationToken);
        var signals = await AllAsync(w => Signals(w.Db, now - SignalAge), cancellationToken);
        var occurrences = await AllAsync(w => Occurrences(w.Db, now - OccurrenceAge), cancellationToken);
        var lines = await AllAsync(w => Lines(w.Db, now - TriggerLogAge), cancellationToken);
        var events = await AllAsync(w => ReceivedEvents(w.Db, now - ReceivedEventAge), cancellationToken);
        if (answers + requests > 0) Log.HousekeepingDone(logger, answers, requests);
        return answers + requests + signals + occurrences + lines + events;
    }

    // the oldest up to the time of the last of some: a range of the index, whatever else there is
    private static int Answers(StudioDbContext db, DateTimeOffset before)
    {
        var old = db.Idempotency.Where(a => a.CreatedAt < before);
        var last = old.OrderBy(a => a.CreatedAt).Skip(Some - 1).Select(a => (DateTimeOffset?)a.CreatedAt).FirstOrDefault();
        return (last is { } time ? old.Where(a => a.CreatedAt <= time) : old).ExecuteDelete();
    }

    private static int Signals(StudioDbContext db, DateTimeOffset before)
    {
        var old = db.Signals.Where(s => s.At < before);
        var last = old.OrderBy(s => s.At).Skip(Some - 1).Select(s => (DateTimeOffset?)s.At).FirstOrDefault();
        return (last is { } time ? old.Where(s => s.At <= time) : old).ExecuteDelete();
    }

    private static int Occurrences(StudioDbContext db, DateTimeOffset before)
    {
        var old = db.ScheduleOccurrences.Where(o => o.DecidedAt < before);
        var last = old.OrderBy(o => o.DecidedAt).Skip(Some - 1).Select(o => (DateTimeOffset?)o.DecidedAt).FirstOrDefault();
        return (last is { } time ? old.Where(o => o.DecidedAt <= time) : old).ExecuteDelete();
    }

    private static int Lines(StudioDbContext db, DateTimeOffset before)
    {
        var old = db.TriggerLog.Where(t => t.At < before);
        var last = old.OrderBy(t => t.At).Skip(Some - 1).Select(t => (DateTimeOffset?)t.At).FirstOrDefault();
        return (last is { } time ? old.Where(t => t.At <= time) : old).ExecuteDelete();
    }

    private static int ReceivedEvents(StudioDbContext db, DateTimeOffset before)
    {
        var old = db.ReceivedEvents.Where(e => e.At < before);
        var last = old.OrderBy(e => e.At).Skip(Some - 1).Select(e => (DateTimeOffset?)e.At).FirstOrDefault();
        return (last is { } time ? old.Where(e => e.At <= time) : old).ExecuteDelete();
    }

    private async Task<int> AllAsync(Func<StudioWrite, int> some, CancellationToken cancellationToken)
    {
        var all = 0;
        while (true)
        {
            var gone = await writer.WriteAsync(some, cancellationToken);
            all += gone;
            if (gone < Some) return all;
        }
    }
}
