using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Retention;

/// <summary>
/// Deletes and packs runs as the rules of each tenant say, and gives the space back. A pass is bounded; the next one goes on.
/// </summary>
internal sealed class RunRetention(
    RetentionStore rules, IReadConnections connections, GroupCommitWriter writer, IDatabaseSpace space, IEnumerable<RowsOfRun> features,
    TimeProvider clock, ILogger<RunRetention> logger)
{
    private const long MostPages = 200_000;
    private static readonly TimeSpan WholeSweep = TimeSpan.FromDays(1);

    // where packing goes on. A run that waited long ends behind it, so once a day everything is looked at again.
    private readonly Dictionary<(Tenant Tenant, RunStatus Status), Guid> seen = [];
    private DateTimeOffset sweptAt;

    /// <summary>One pass that deletes at most <paramref name="most"/> runs and packs as many.</summary>
    public async Task<RetentionReport> RunOnceAsync(int most, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now - sweptAt >= WholeSweep)
        {
            seen.Clear();
            sweptAt = now;
        }

        var pace = new BatchPace(writer, clock);
        var deletion = new RunDeletion(new FinishedRuns(connections), connections, [.. features], pace);
        var packing = new RunPacking(new FinishedRuns(connections), connections, pace, logger);
        await deletion.ClearAsync(cancellationToken);
        var report = new RetentionReport();
        foreach (var (tenant, rule) in await rules.ListAsync(cancellationToken))
            foreach (var status in RetentionRules.Ends)
                report = await TenantAsync(report, deletion, packing, tenant, status, rule, now, most, cancellationToken);
        report = report with { Pages = await ShrinkAsync(pace, cancellationToken), Longest = pace.Longest };
        if (report.Deleted + report.Packed + report.Pages > 0)
            Log.RetentionDone(logger, report.Deleted, report.Packed, report.BytesBefore, report.BytesAfter, report.Pages,
                Math.Round(report.Longest.TotalMilliseconds, 1), report.HasMore ? "the next pass goes on" : "nothing is left to do");
        return report;
    }

    private async Task<RetentionReport> TenantAsync(
        RetentionReport report, RunDeletion deletion, RunPacking packing, Tenant tenant, RunStatus status, RetentionRules rule,
        DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        if (rule.DeleteBefore(status, now) is { } old && report.Deleted < most)
        {
            var deleted = await deletion.DeleteAsync(tenant, status, old, most - report.Deleted, cancellationToken);
            if (deleted > 0) await writer.WriteAsync(w => RunDayCounting.Doubt(w, tenant, old), cancellationToken);
            report = report with { Deleted = report.Deleted + deleted };
        }

        if (rule.PackBefore(now) is not { } quiet || report.Packed >= most)
            return report with { HasMore = report.Deleted >= most || report.Packed >= most };
        var sum = await packing.PackAsync(
            tenant, status, seen.GetValueOrDefault((tenant, status)), quiet, most - report.Packed, cancellationToken);
        seen[(tenant, status)] = sum.Seen;
        report = report with
        { Packed = report.Packed + sum.Runs, BytesBefore = report.BytesBefore + sum.Before, BytesAfter = report.BytesAfter + sum.After };
        return report with { HasMore = report.Deleted >= most || report.Packed >= most };
    }

    private async Task<long> ShrinkAsync(BatchPace pace, CancellationToken cancellationToken)
    {
        var (excess, released) = (Math.Min(MostPages, await space.ExcessAsync(cancellationToken)), 0L);
        while (released < excess)
        {
            var left = excess - released;
            var some = await pace.WriteAsync(
                (session, rows) => space.Release(session.Connection, session.Transaction!, (int)Math.Min(rows, left)), cancellationToken);
            if (some <= 0) break;
            released += some;
        }

        return released;
    }
}

/// <summary>What a pass did.</summary>
internal sealed record RetentionReport
{
    /// <summary>How many runs were deleted.</summary>
    public int Deleted { get; init; }

    /// <summary>How many journals were packed.</summary>
    public int Packed { get; init; }

    /// <summary>The bytes of their entries before.</summary>
    public long BytesBefore { get; init; }

    /// <summary>The bytes of their blocks.</summary>
    public long BytesAfter { get; init; }

    /// <summary>How many pages of the file were given back.</summary>
    public long Pages { get; init; }

    /// <summary>The longest transaction.</summary>
    public TimeSpan Longest { get; init; }

    /// <summary>Whether the pass ended because it had done enough, not because there was nothing left.</summary>
    public bool HasMore { get; init; }
}
