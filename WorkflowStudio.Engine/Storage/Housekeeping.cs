using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics;

namespace WorkflowStudio.Engine.Storage;

/// <summary>Removes what nobody can need any more.</summary>
public sealed class Housekeeping(IStudioWriter writer, TimeProvider clock, ILogger<Housekeeping> logger)
{
    /// <summary>How long the answer to a request with an Idempotency-Key is kept (contracts/decisions.md, 37).</summary>
    public static readonly TimeSpan AnswerAge = TimeSpan.FromHours(24);

    /// <summary>How long a signal is kept: far longer than a step may take from its call to its wait.</summary>
    public static readonly TimeSpan SignalAge = TimeSpan.FromHours(2);

    /// <summary>One round: stored answers and signals that are too old, requests to runs that are over. Returns how many rows went.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - AnswerAge;
        var answers = await writer.WriteAsync(w => w.Db.Idempotency.Where(a => a.CreatedAt < before).ExecuteDelete(), cancellationToken);
        var requests = await writer.WriteAsync(
            w => w.Db.RunInbox.Where(i => w.Db.Runs.Any(r => r.Id == i.RunId && r.FinishedAt != null)).ExecuteDelete(), cancellationToken);
        var old = clock.GetUtcNow() - SignalAge;
        var signals = await writer.WriteAsync(w => w.Db.Signals.Where(s => s.At < old).ExecuteDelete(), cancellationToken);
        if (answers + requests > 0) Log.HousekeepingDone(logger, answers, requests);
        return answers + requests + signals;
    }
}
