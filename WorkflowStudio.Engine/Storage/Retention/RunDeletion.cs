using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Journal;

namespace WorkflowStudio.Engine.Storage.Retention;

/// <summary>Deletes runs that are old enough. Can be stopped after any transaction and goes on with the next pass.</summary>
internal sealed class RunDeletion(
    FinishedRuns runs, IReadConnections connections, IReadOnlyList<RowsOfRun> features, BatchPace pace)
{
    /// <summary>Deletes at most <paramref name="most"/> runs of a status that ended before a time, and answers how many were.</summary>
    public async Task<int> DeleteAsync(
        Tenant tenant, RunStatus status, DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        var (deleted, after) = (0, Guid.Empty);
        while (deleted < most && await runs.PageAsync(tenant, status, after, before, cancellationToken) is { Count: > 0 } page)
        {
            after = page[^1].Id;
            deleted += await DeleteAsync(
                [.. page.Where(r => r.FinishedAt < before).Take(most - deleted)], status, before, cancellationToken);
            await ClearAsync(cancellationToken);
        }

        return deleted;
    }

    /// <summary>Deletes the rows of runs whose headers are gone, those that an earlier pass left among them.</summary>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        foreach (var run in await RemainsAsync(cancellationToken))
            while (await pace.WriteAsync((session, rows) => DeleteSome(session, features, run, rows), cancellationToken)) { }
    }

    private async Task<int> DeleteAsync(FinishedRun[] old, RunStatus status, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var (next, deleted) = (0, 0);
        while (next < old.Length)
        {
            var from = next;
            (next, var gone) = await pace.WriteAsync(
                (session, rows) => Delete(session, old, from, rows, status, before), cancellationToken);
            deleted += gone;
        }

        return deleted;
    }

    private static (int Next, int Deleted) Delete(
        Writing.WriteSession session, FinishedRun[] old, int next, int rows, RunStatus status, DateTimeOffset before)
    {
        using var parts = new RunParts(session);
        var deleted = 0;
        for (var left = rows; left > 0 && next < old.Length; next++)
        {
            if (parts.Delete(old[next], status, before)) deleted++;
            // the header stands in four indexes more
            left -= 2 + (int)(old[next] is { IsLarge: false, HasRows: true } run ? run.LastSeq : 1);
        }

        return (next, deleted);
    }

    /// <summary>Deletes some rows of a run whose header is gone, then what came with it; says whether there may be more.</summary>
    internal static bool DeleteSome(Writing.WriteSession session, IReadOnlyList<RowsOfRun> features, Guid run, int rows)
    {
        using var parts = new RunParts(session);
        if (parts.DeleteSome(run, long.MaxValue - 1, rows)) return true;
        if (features.Any(f => session.WithContext(write => f.EraseSome(write.Db, run)))) return true;
        parts.DeleteRest(run);
        return false;
    }

    private async Task<IReadOnlyList<Guid>> RemainsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = JournalReading.Command(connection, """SELECT "RunId" FROM run_remains""");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var remains = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken)) remains.Add(new Guid(reader.GetFieldValue<byte[]>(0), true));
        return remains;
    }
}
