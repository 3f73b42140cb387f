using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage;

/// <summary>Removes what nobody can need any more, a little at a time: others write in between.</summary>
public sealed class Housekeeping(IStudioWriter writer, TimeProvider clock, IEnumerable<AgedRows> others, ILogger<Housekeeping> logger)
{
    /// <summary>How long the answer to a request with an Idempotency-Key is kept (docs/decisions.md, "Idempotency-Key").</summary>
    public static readonly TimeSpan AnswerAge = TimeSpan.FromHours(24);

    /// <summary>How long a signal is kept: far longer than a step may take from its call to its wait.</summary>
    public static readonly TimeSpan SignalAge = TimeSpan.FromHours(2);

    /// <summary>How long is remembered what became of a schedule's occurrences.</summary>
    public static readonly TimeSpan OccurrenceAge = TimeSpan.FromDays(90);

    /// <summary>
    /// How long a run may be due without anybody working on it before it is reported: far longer than another node takes to take it over.
    /// </summary>
    public static readonly TimeSpan StuckAfter = TimeSpan.FromMinutes(5);

    private static readonly AgedRows Answers = new AgedRows<IdempotencyRow>(AnswerAge, nameof(IdempotencyRow.CreatedAt));

    private readonly IReadOnlyList<AgedRows> aged =
    [
        new AgedRows<SignalRow>(SignalAge, nameof(SignalRow.At)),
        new AgedRows<ScheduleOccurrenceRow>(OccurrenceAge, nameof(ScheduleOccurrenceRow.DecidedAt)),
        .. others,
    ];

    /// <summary>Counts the runs that have been due for too long, and warns of them in the log.</summary>
    public async Task<int> ReportStuckAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - StuckAfter;
        // due ones are few; the index (shard, wake) has them
        var stuck = await writer.WriteAsync(
            w => w.Db.Runs.Count(r => r.WakeAt != null && r.WakeAt < before && r.WakeAt > DateTimeOffset.UnixEpoch), cancellationToken);
        if (stuck > 0) Log.RunsAreStuck(logger, stuck, StuckAfter.TotalMinutes);
        return stuck;
    }

    /// <summary>One round: requests to runs that are over, and every <see cref="AgedRows"/>. Returns how many rows went.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        await ReportStuckAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var answers = await AllAsync(Answers, now, cancellationToken);
        var requests = await writer.WriteAsync(
            w => w.Db.RunInbox.Where(i => w.Db.Runs.Any(r => r.Id == i.RunId && r.FinishedAt != null)).ExecuteDelete(), cancellationToken);
        var all = answers + requests;
        foreach (var rows in aged) all += await AllAsync(rows, now, cancellationToken);
        if (answers + requests > 0) Log.HousekeepingDone(logger, answers, requests);
        return all;
    }

    private async Task<int> AllAsync(AgedRows rows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var all = 0;
        while (true)
        {
            var gone = await writer.WriteAsync(w => rows.Remove(w.Db, now - rows.Age), cancellationToken);
            all += gone;
            if (gone < AgedRows.Some) return all;
        }
    }
}
