using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Retention;

/// <summary>
/// Packs the journals of finished runs, each into one row. Reading and compressing is done beside the writer, which only stores the block
/// and deletes the rows. A run that went on meanwhile is left alone, and a block that was stored without its rows being deleted is stored
/// again.
/// </summary>
internal sealed class RunPacking(FinishedRuns runs, IReadConnections connections, BatchPace pace, ILogger logger)
{
    /// <summary>What was packed.</summary>
    /// <param name="Runs">How many runs.</param>
    /// <param name="Before">The bytes of their entries as rows: payloads, ids of steps, and 28 of numbers and ids each.</param>
    /// <param name="After">The bytes of their blocks.</param>
    /// <param name="Seen">The last run that was looked at: those before it need no second look soon.</param>
    public readonly record struct Sum(int Runs, long Before, long After, Guid Seen);

    private sealed record Packed(FinishedRun Run, byte[] Data, long LastSeq, long Waited, long Before);

    /// <summary>How many bytes of blocks are held before they are stored: a page of large journals can take gigabytes.</summary>
    public long MostGathered { get; init; } = 16 * 1024 * 1024;

    /// <summary>Packs at most <paramref name="most"/> runs of a status after an id that ended before a time.</summary>
    public async Task<Sum> PackAsync(
        Tenant tenant, RunStatus status, Guid after, DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        var sum = new Sum(0, 0, 0, after);
        var packed = new List<Packed>();
        while (sum.Runs < most && await runs.PageAsync(tenant, status, sum.Seen, before, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var run in page.Where(r => r.HasRows && r.FinishedAt < before))
            {
                if (await PackAsync(run, cancellationToken) is not { } one) continue;
                packed.Add(one);
                if (packed.Sum(p => (long)p.Data.Length) >= MostGathered) sum = await StoreAsync(sum, packed, run.Id, cancellationToken);
            }

            sum = await StoreAsync(sum, packed, page[^1].Id, cancellationToken);
        }

        return sum;
    }

    private async Task<Packed?> PackAsync(FinishedRun run, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await connections.OpenAsync(cancellationToken);
            if (run.IsLarge && await BytesAsync(connection, run.Id, cancellationToken) > RunArchive.MostBytes) return null;
            var entries = await JournalReading.EncodedAsync(connection, run.Id, 0, int.MaxValue, cancellationToken);
            if (entries.Count == 0 || entries[^1].Seq != run.LastSeq) return null;
            var waited = WaitedTime.Of(entries
                .Where(e => (RunEventKind)e.Kind is RunEventKind.StepParked or RunEventKind.StepWoken)
                .Select(
                    e => (DateTimeOffset.FromUnixTimeMilliseconds(e.At), e.NodeId ?? "", (RunEventKind)e.Kind == RunEventKind.StepParked)));
            return new Packed(run, RunArchive.Pack(entries), run.LastSeq, (long)waited.TotalMilliseconds,
                entries.Sum(e => 28L + (e.NodeId?.Length ?? 0) + (e.Payload?.Length ?? 0)));
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            Log.PackingFailed(logger, run.Id, e);
            return null;
        }
    }

    private static async Task<long> BytesAsync(System.Data.Common.DbConnection connection, Guid runId, CancellationToken cancellationToken)
    {
        await using var command = JournalReading.Command(connection, """
            SELECT coalesce((SELECT sum(length("Payload")) FROM run_events WHERE "RunId"=@p0),0)+coalesce((SELECT sum(length("Payload")) FROM run_blobs WHERE "RunId"=@p0),0)
            """, SqlId.Of(runId));
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), null);
    }

    // what was gathered up to a run, which may be nothing
    private async Task<Sum> StoreAsync(Sum sum, List<Packed> packed, Guid seen, CancellationToken cancellationToken)
    {
        var next = 0;
        while (next < packed.Count)
        {
            var from = next;
            next = await pace.WriteAsync((session, rows) => Store(session, packed, from, rows), cancellationToken);
        }

        foreach (var large in packed.Where(p => p.Run.IsLarge))
            while (await pace.WriteAsync((session, rows) => DeleteSome(session, large, rows), cancellationToken)) { }
        sum = new Sum(
            sum.Runs + packed.Count, sum.Before + packed.Sum(p => p.Before), sum.After + packed.Sum(p => (long)p.Data.Length), seen);
        packed.Clear();
        return sum;
    }

    private static int Store(WriteSession session, List<Packed> packed, int next, int rows)
    {
        using var parts = new RunParts(session);
        for (var left = (long)rows; left > 0 && next < packed.Count; next++)
        {
            var one = packed[next];
            left -= 2 + (one.Data.Length / 2048) + (one.Run.IsLarge ? 0 : one.LastSeq);
            if (parts.StoreBlock(one.Run.Id, one.LastSeq, one.Waited, one.Data) && !one.Run.IsLarge)
                parts.DeleteSome(one.Run.Id, one.LastSeq, int.MaxValue);
        }

        return next;
    }

    // only while the block that holds these rows is there
    private static bool DeleteSome(WriteSession session, Packed packed, int rows)
    {
        using var parts = new RunParts(session);
        return parts.HasBlock(packed.Run.Id, packed.LastSeq) && parts.DeleteSome(packed.Run.Id, packed.LastSeq, rows);
    }
}
