using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage;

/// <summary>Reads what runs have done, for pages and API clients.</summary>
public sealed class RunHistory(IDbContextFactory<StudioDbContext> contexts, IReadConnections connections)
{
    private const int MostKin = 50;

    // Clients poll it, so the query is translated once; for one database, whose model it is bound to. By the id alone: where PostgreSQL has
    // no figures of a table yet, it may look for the id among all runs of the tenant.
    private readonly Func<StudioDbContext, Guid, CancellationToken, Task<RunRow?>> header = EF.CompileAsyncQuery(
        (StudioDbContext db, Guid runId, CancellationToken _) => db.Runs.SingleOrDefault(r => r.Id == runId));

    /// <summary>The header of a run; null when the tenant has none of this id.</summary>
    public async Task<RunRow?> HeaderAsync(Tenant tenant, Guid runId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await header(db, runId, cancellationToken) is { } run && run.WorkspaceId == tenant.WorkspaceId
            && run.Environment == tenant.Environment ? run : null;
    }

    /// <summary>
    /// The runs that belong to a run: the one that it repeats and the one that started it, those that repeat it and those that it started,
    /// at most 50 each; of workflows that are not seen, only those that it started itself.
    /// </summary>
    public async Task<RunKin> KinAsync(RunRow run, Sight sight, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var repeatedBy = await db.Runs.Where(r => r.RetryOf == run.Id).OrderByDescending(r => r.Id).Take(MostKin).Select(r => r.Id)
            .ToListAsync(cancellationToken);
        var started = await db.Runs.Where(r => r.ParentId == run.Id).OrderByDescending(r => r.Id).Take(MostKin).Select(r => r.Id)
            .ToListAsync(cancellationToken);
        var startedBy = run.ParentId is { } parent && !sight.SeesAll
            ? await db.Runs.Where(r => r.Id == parent).SeenBy(db, sight).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(cancellationToken)
            : run.ParentId;
        return new RunKin(run.RetryOf, startedBy, repeatedBy, started);
    }

    /// <summary>The workflows of the runs that started each other until this one, the nearest first.</summary>
    public async Task<IReadOnlyList<Guid>> ForebearsAsync(RunRow run, CancellationToken cancellationToken)
    {
        var workflows = new List<Guid>();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // as many as may start each other; a parent that retention has taken ends it
        for (var parent = run.ParentId; parent is { } id && workflows.Count <= run.Depth;)
        {
            if (await header(db, id, cancellationToken) is not { } of) break;
            workflows.Add(of.WorkflowId);
            parent = of.ParentId;
        }

        return workflows;
    }

    /// <summary>How many runs of a workflow count against its concurrency rule now.</summary>
    public async Task<int> UnderWayAsync(Guid workflowId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // "Gate > 0" as the index has it, which knows the open ones alone
        return await db.Runs.CountAsync(r => r.WorkflowId == workflowId && r.Gate == RunGate.Counted && r.Gate > RunGate.None
            && r.FinishedAt == null, cancellationToken);
    }

    /// <summary>The journal of a run after a place in it, in order, entry by entry. The caller has checked whose run it is.</summary>
    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        Guid runId, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await foreach (var entry in JournalReading.ReadAsync(connection, runId, after, cancellationToken)) yield return entry;
    }

    /// <summary>
    /// What happened when in some runs, by run and in order, without what it held and without iterations: two queries for all of them. The
    /// caller has checked whose they are.
    /// </summary>
    public async Task<IReadOnlyList<RunMark>> MarksAsync(IReadOnlyCollection<Guid> runIds, CancellationToken cancellationToken)
    {
        if (runIds.Count == 0) return [];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // the rows first: what is packed meanwhile is then found twice, and never lost
        var marks = await db.RunEvents.AsNoTracking().Where(e => runIds.Contains(e.RunId) && e.Iteration == null)
            .Select(e => new RunMark(e.RunId, e.Seq, e.At, e.Kind, e.NodeId)).ToListAsync(cancellationToken);
        var packed = await db.RunArchives.AsNoTracking().Where(a => runIds.Contains(a.RunId)).ToListAsync(cancellationToken);
        return
        [
            .. marks.Concat(packed.SelectMany(a => RunArchive.Unpack(a.Data).Where(e => e.Iteration is null).Select(e => new RunMark(
                a.RunId, e.Seq, DateTimeOffset.FromUnixTimeMilliseconds(e.At), (RunEventKind)e.Kind, e.NodeId))))
                .DistinctBy(m => (m.RunId, m.Seq)).OrderBy(m => m.RunId).ThenBy(m => m.Seq),
        ];
    }

    /// <summary>
    /// The journal of a run after a place in it, in order, at most <paramref name="limit"/> entries. The caller has checked whose run it
    /// is.
    /// </summary>
    public async Task<IReadOnlyList<JournalEntry>> EntriesAsync(Guid runId, long after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        return await JournalReading.EntriesAsync(connection, runId, after, limit, cancellationToken);
    }
}

/// <summary>The runs that belong to a run.</summary>
/// <param name="Repeats">The run that it repeats.</param>
/// <param name="StartedBy">The run that started it.</param>
/// <param name="RepeatedBy">Those that repeat it, newest first.</param>
/// <param name="Started">Those that it started, newest first.</param>
public sealed record RunKin(Guid? Repeats, Guid? StartedBy, IReadOnlyList<Guid> RepeatedBy, IReadOnlyList<Guid> Started);

/// <summary>An entry of a journal without what it holds.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Seq">Its place.</param>
/// <param name="At">When.</param>
/// <param name="Kind">What happened.</param>
/// <param name="NodeId">The step; null for the run itself.</param>
public sealed record RunMark(Guid RunId, long Seq, DateTimeOffset At, RunEventKind Kind, string? NodeId);
