using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Queries;

/// <summary>Counts and lengths of runs over time.</summary>
public sealed class RunFigureQueries(IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>How many runs the lengths are taken from: the newest that were done.</summary>
    public const int SampleSize = 1_000;

    private const int FewWorkflows = 100;

    // answered from the index (workspace, environment, status, id) alone
    internal const string CountSql =
        """SELECT COUNT(*) FROM runs WHERE "WorkspaceId" = @workspace AND "Environment" = @environment AND "Status" = @status AND "Id" >= @first AND "Id" < @end""";

    // test runs are in the sandbox alone, and in an index of their own
    internal const string TestsSql = CountSql + """ AND "IsTest" """;

    private static readonly RunStatus[] Open = [RunStatus.Queued, RunStatus.Running, RunStatus.Waiting, RunStatus.Paused];

    /// <summary>The number of runs by status that were started in each stretch of time, test runs left out.</summary>
    public async Task<IReadOnlyList<RunCounts>> CountAsync(
        Seen seen, IReadOnlyList<Stretch> stretches, CancellationToken cancellationToken)
    {
        if (stretches.Count == 0) return [];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!seen.Sight.SeesAll) return await CountSeenAsync(db, seen, stretches, cancellationToken);
        return await CountAllAsync(db, seen.Tenant, stretches, cancellationToken);
    }

    private static async Task<List<RunCounts>> CountAsync(
        DbConnection connection, string sql, Tenant tenant, IReadOnlyList<Stretch> stretches, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Add(command, "workspace", DbType.Binary).Value = tenant.WorkspaceId.ToByteArray(true);
        Add(command, "environment", DbType.Int32).Value = (int)tenant.Environment;
        var (status, first, end) =
            (Add(command, "status", DbType.Int32), Add(command, "first", DbType.Binary), Add(command, "end", DbType.Binary));
        await command.PrepareAsync(cancellationToken);

        var counts = new List<RunCounts>(stretches.Count);
        foreach (var stretch in stretches)
        {
            first.Value = TimeOrderedId.FirstAt(stretch.From).ToByteArray(true);
            end.Value = TimeOrderedId.FirstAt(stretch.To).ToByteArray(true);
            var open = 0L;
            foreach (var one in Open) open += await Count(one);
            counts.Add(new RunCounts(await Count(RunStatus.Done), await Count(RunStatus.Failed), await Count(RunStatus.Canceled), open));
        }

        return counts;

        async Task<long> Count(RunStatus of)
        {
            status.Value = (int)of;
            return (long)(await command.ExecuteScalarAsync(cancellationToken) ?? 0L);
        }
    }

    private static async Task<List<RunCounts>> CountAllAsync(
        StudioDbContext db, Tenant tenant, IReadOnlyList<Stretch> stretches, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        var all = await CountAsync(db.Database.GetDbConnection(), CountSql, tenant, stretches, cancellationToken);
        if (tenant.Environment != StudioEnvironment.Test) return all;
        var tests = await CountAsync(db.Database.GetDbConnection(), TestsSql, tenant, stretches, cancellationToken);
        return [.. all.Zip(tests, (a, t) => a - t)];
    }

    // Which workflow a run is of stands in no index of the statuses. Where few workflows are hidden, theirs are taken off all; where few
    // are seen, theirs are counted; else each run is looked at.
    private static async Task<IReadOnlyList<RunCounts>> CountSeenAsync(
        StudioDbContext db, Seen seen, IReadOnlyList<Stretch> stretches, CancellationToken cancellationToken)
    {
        var workflows = db.Workflows.Where(w => w.WorkspaceId == seen.Tenant.WorkspaceId && w.Environment == seen.Tenant.Environment);
        var visible = db.SeenWorkflows(seen.Sight);
        var shown = await workflows.SeenBy(db, seen.Sight).Select(w => w.Id).Take(FewWorkflows + 1).ToArrayAsync(cancellationToken);
        var hidden = await workflows.Where(w => w.Visibility != WorkflowVisibility.Tenant && !visible.Any(v => v.Id == w.Id))
            .Select(w => w.Id).Take(FewWorkflows + 1).ToArrayAsync(cancellationToken);
        var (first, end) = (TimeOrderedId.FirstAt(stretches.Min(s => s.From)), TimeOrderedId.FirstAt(stretches.Max(s => s.To)));
        if (hidden.Length <= FewWorkflows && (shown.Length > FewWorkflows || await OfAsync(hidden) < await OfAsync(shown)))
        {
            var all = await CountAllAsync(db, seen.Tenant, stretches, cancellationToken);
            if (hidden.Length == 0) return all;
            var off = await CountAsync(runs => runs.Where(r => hidden.Contains(r.WorkflowId)));
            return [.. all.Zip(off, (a, h) => (a - h).AtLeastNothing)];
        }

        return shown.Length <= FewWorkflows
            ? await CountAsync(runs => runs.Where(r => shown.Contains(r.WorkflowId)))
            : await CountAsync(runs => runs
                .Where(r => r.WorkspaceId == seen.Tenant.WorkspaceId && r.Environment == seen.Tenant.Environment).SeenBy(db, seen.Sight));

        // from the index of the workflows alone
        Task<int> OfAsync(Guid[] ids) =>
            db.Runs.CountAsync(r => ids.Contains(r.WorkflowId) && r.Id >= first && r.Id < end, cancellationToken);

        async Task<List<RunCounts>> CountAsync(Func<IQueryable<RunRow>, IQueryable<RunRow>> which)
        {
            var counts = new List<RunCounts>(stretches.Count);
            foreach (var stretch in stretches)
                counts.Add(await OneAsync(which(db.Runs), stretch, cancellationToken));
            return counts;
        }
    }

    private static async Task<RunCounts> OneAsync(
        IQueryable<RunRow> runs, Stretch stretch, CancellationToken cancellationToken)
    {
        var (first, end) = (TimeOrderedId.FirstAt(stretch.From), TimeOrderedId.FirstAt(stretch.To));
        var found = await runs
            .Where(r => r.Id >= first && r.Id < end && !r.IsTest)
            .GroupBy(r => r.Status).Select(g => new { Status = g.Key, Count = g.LongCount() })
            .ToDictionaryAsync(g => g.Status, g => g.Count, cancellationToken);
        return new RunCounts(
            found.GetValueOrDefault(RunStatus.Done), found.GetValueOrDefault(RunStatus.Failed), found.GetValueOrDefault(RunStatus.Canceled),
            Open.Sum(s => found.GetValueOrDefault(s)));
    }

    /// <summary>The times that runs took, without the time in which they waited, shortest first.</summary>
    public async Task<IReadOnlyList<TimeSpan>> LengthsAsync(Seen seen, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var first = TimeOrderedId.FirstAt(since);
        var done = db.Runs.AsNoTracking()
            .Where(r => r.WorkspaceId == seen.Tenant.WorkspaceId && r.Environment == seen.Tenant.Environment
                && r.Status == RunStatus.Done && r.Id >= first && !r.IsTest);
        if (!seen.Sight.SeesAll)
        {
            // of whoever sees few of them no more are looked at than a page looks at, and that once
            var ids = await done.OrderByDescending(r => r.Id).Take(RunListQueries.ScanLimit).SeenBy(db, seen.Sight)
                .OrderByDescending(r => r.Id).Take(SampleSize).Select(r => r.Id).ToArrayAsync(cancellationToken);
            done = db.Runs.AsNoTracking().Where(r => ids.Contains(r.Id));
        }

        var sample = done.OrderByDescending(r => r.Id).Take(SampleSize);
        var runs = await sample.Select(r => new { r.Id, r.CreatedAt, r.FinishedAt }).ToListAsync(cancellationToken);
        var waits = await sample
            .Join(db.RunEvents.Where(e => e.Kind == RunEventKind.StepParked || e.Kind == RunEventKind.StepWoken), r => r.Id, e => e.RunId,
                (_, e) => new { e.RunId, e.Seq, e.At, e.NodeId, e.Kind })
            .ToListAsync(cancellationToken);
        var waited = waits.GroupBy(e => e.RunId).ToDictionary(
            g => g.Key,
            g => WaitedTime.Of(g.OrderBy(e => e.Seq).Select(e => (e.At, e.NodeId ?? "", e.Kind == RunEventKind.StepParked))));
        // runs whose journal is packed brought the sum along
        foreach (var packed in await sample.Join(db.RunArchives, r => r.Id, a => a.RunId, (_, a) => new { a.RunId, a.Waited })
            .ToListAsync(cancellationToken))
            waited[packed.RunId] = TimeSpan.FromMilliseconds(packed.Waited);
        return [.. runs
            .Where(r => r.FinishedAt is not null)
            .Select(r => r.FinishedAt!.Value - r.CreatedAt - waited.GetValueOrDefault(r.Id))
            .Order()];
    }

    private static DbParameter Add(DbCommand command, string name, DbType type)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.DbType) = (name, type);
        command.Parameters.Add(parameter);
        return parameter;
    }
}

/// <summary>A stretch of time, without its last moment.</summary>
public readonly record struct Stretch(DateTimeOffset From, DateTimeOffset To);

/// <summary>How many runs of a stretch of time are in which status; <paramref name="Open"/> have not ended.</summary>
public sealed record RunCounts(long Done, long Failed, long Canceled, long Open)
{
    /// <summary>All of them.</summary>
    public long Total => Done + Failed + Canceled + Open;

    /// <summary>The same without what is below nothing: a run may have ended between two counts.</summary>
    internal RunCounts AtLeastNothing => new(Math.Max(0, Done), Math.Max(0, Failed), Math.Max(0, Canceled), Math.Max(0, Open));

    /// <summary>The sum of two stretches.</summary>
    public static RunCounts operator +(RunCounts a, RunCounts b) =>
        new(a.Done + b.Done, a.Failed + b.Failed, a.Canceled + b.Canceled, a.Open + b.Open);

    /// <summary>A stretch without those of another.</summary>
    public static RunCounts operator -(RunCounts a, RunCounts b) =>
        new(a.Done - b.Done, a.Failed - b.Failed, a.Canceled - b.Canceled, a.Open - b.Open);
}
