using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Queries;

/// <summary>Lists of runs, newest first. Pages are cut by id, so the thousandth costs what the first does.</summary>
public sealed class RunListQueries(IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>How many runs one call looks at when a filter has no index (text, cause, a workflow together with a status).</summary>
    public const int ScanLimit = 20_000;

    /// <summary>One page.</summary>
    /// <param name="seen">The workspace and environment, and what of it is seen.</param>
    /// <param name="filter">What is asked for.</param>
    /// <param name="before">Only runs older than this one; null begins with the newest.</param>
    /// <param name="count">The length of a page, 1 to 200.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<RunPageRows> PageAsync(
        Seen seen, RunRowFilter filter, Guid? before, int count, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // of one workflow either all runs are seen or none
        var scans = filter.Cause is not null || filter.Text is not null || filter is { WorkflowId: not null, Statuses.Count: > 0 }
            || !(seen.Sight.SeesAll || filter.WorkflowId is not null);
        var indexed = Indexed(db, seen.Tenant, filter, before, scans ? ScanLimit : count + 1);
        var fitting = scans ? Fitting(db, indexed.OrderByDescending(r => r.Id).Take(ScanLimit), filter) : indexed;
        var scanned = fitting.SeenBy(db, seen.Sight);
        var rows = await Select(db, scanned.OrderByDescending(r => r.Id).Take(count + 1)).ToListAsync(cancellationToken);
        if (rows.Count > count) return new RunPageRows(rows[..count], rows[count - 1].Id, SearchedAll: true);
        if (!scans) return new RunPageRows(rows, null, SearchedAll: true);

        var last = await indexed.OrderByDescending(r => r.Id).Skip(ScanLimit - 1).Take(1).Select(r => (Guid?)r.Id)
            .FirstOrDefaultAsync(cancellationToken);
        return new RunPageRows(rows, last, SearchedAll: last is null);
    }

    /// <summary>The runs with these ids that fit the filter: what a live list asks for after an event.</summary>
    public async Task<IReadOnlyList<RunListRow>> FindAsync(
        Seen seen, RunRowFilter filter, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var wanted = Bounded(db, filter, null)
            .Where(r => r.WorkspaceId == seen.Tenant.WorkspaceId && r.Environment == seen.Tenant.Environment && ids.Contains(r.Id))
            .SeenBy(db, seen.Sight);
        return await Select(db, Fitting(db, wanted, filter).OrderByDescending(r => r.Id)).ToListAsync(cancellationToken);
    }

    /// <summary>The waiting runs that go on next, the soonest first.</summary>
    public async Task<IReadOnlyList<RunListRow>> NextAsync(Seen seen, int count, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // the status as a literal: only then the index of the waiting runs is used
        var waiting = db.Runs.Where(r => r.WorkspaceId == seen.Tenant.WorkspaceId && r.Environment == seen.Tenant.Environment
            && r.Status == RunStatus.Waiting && r.WakeAt != null && !r.IsTest)
            .SeenBy(db, seen.Sight).OrderBy(r => r.WakeAt).Take(count);
        return [.. (await Select(db, waiting).ToListAsync(cancellationToken)).OrderBy(r => r.WakeAt)];
    }

    // The newest runs by one index alone, so that the limit is what is read: of the workflow, of each status, or of the tenant. A workflow
    // belongs to one tenant, so that is asked afterwards. For several statuses at once SQLite would walk all runs by id, and for a rare
    // status of a busy workflow all runs of the workflow: so the newest of each status are searched in its index.
    private static IQueryable<RunRow> Indexed(StudioDbContext db, Tenant tenant, RunRowFilter filter, Guid? before, int most)
    {
        var runs = Bounded(db, filter, before);
        if (filter.WorkflowId is { } workflow && filter.Statuses is null or [] or [RunStatus.Done])
            return runs.Where(r => r.WorkflowId == workflow).OrderByDescending(r => r.Id).Take(most)
                .Where(r => r.WorkspaceId == tenant.WorkspaceId && r.Environment == tenant.Environment);
        var all = runs.Where(r => r.WorkspaceId == tenant.WorkspaceId && r.Environment == tenant.Environment);
        return filter.Statuses is not { Count: > 0 } statuses
            ? all.OrderByDescending(r => r.Id).Take(most)
            : statuses.Select(status => all.Where(r => r.Status == status).OrderByDescending(r => r.Id).Take(most))
                .Aggregate((some, more) => some.Concat(more));
    }

    private static IQueryable<RunRow> Bounded(StudioDbContext db, RunRowFilter filter, Guid? before)
    {
        var runs = filter.TestsOf is { } environment
            ? db.Runs.AsNoTracking().Where(r => r.IsTest && db.Workflows.Any(w => w.Id == r.WorkflowId && w.Environment == environment))
            : db.Runs.AsNoTracking().Where(r => !r.IsTest);
        if (filter.KeptWorkflows) runs = runs.Where(r => db.Workflows.Any(w => w.Id == r.WorkflowId && w.DeletedAt == null));
        if (filter.Since is { } since)
        {
            var first = TimeOrderedId.FirstAt(since);
            runs = runs.Where(r => r.Id >= first);
        }

        return before is { } id ? runs.Where(r => r.Id < id) : runs;
    }

    // what no index answers, over few enough runs
    private static IQueryable<RunRow> Fitting(StudioDbContext db, IQueryable<RunRow> runs, RunRowFilter filter)
    {
        if (filter.WorkflowId is { } workflow) runs = runs.Where(r => r.WorkflowId == workflow);
        if (filter.Statuses is { Count: > 0 } statuses) runs = runs.Where(r => statuses.Contains(r.Status));
        if (filter.Cause is { } cause) runs = runs.Where(r => r.Cause == cause);
        if (filter.Text is not { } text) return runs;
        var like = LikeText.Holding(text);
        return runs.Where(r => EF.Functions.Like(r.Subject!, like, LikeText.Escape)
            || db.Workflows.Any(w => w.Id == r.WorkflowId && EF.Functions.Like(w.Name, like, LikeText.Escape)));
    }

    internal static IQueryable<RunListRow> Select(StudioDbContext db, IQueryable<RunRow> runs) =>
        from run in runs
        join workflow in db.Workflows on run.WorkflowId equals workflow.Id
        orderby run.Id descending
        select new RunListRow(
            run.Id, run.WorkflowId, workflow.Name, run.VersionSerial, run.Status, run.Cause, run.Subject, run.StepsDone, run.WakeAt,
            run.ErrorCode, run.ErrorMessage, run.CurrentNode, run.CreatedAt, run.FinishedAt, run.Gate, run.IsTest, run.ContactId);
}

/// <summary>What a list of runs is narrowed to. Null means any.</summary>
/// <param name="Statuses">The statuses.</param>
/// <param name="WorkflowId">One workflow.</param>
/// <param name="Cause">What started the run.</param>
/// <param name="Text">A part of the subject or of the workflow's name.</param>
/// <param name="Since">Only runs that were started since then.</param>
/// <param name="TestsOf">Test runs of drafts of this environment's workflows; null for real work alone.</param>
/// <param name="KeptWorkflows">Only runs of workflows that were not deleted.</param>
public sealed record RunRowFilter(
    IReadOnlyList<RunStatus>? Statuses = null, Guid? WorkflowId = null, string? Cause = null, string? Text = null,
    DateTimeOffset? Since = null,
    StudioEnvironment? TestsOf = null, bool KeptWorkflows = false);

/// <summary>A run as lists show it.</summary>
public sealed record RunListRow(
    Guid Id, Guid WorkflowId, string WorkflowName, long VersionSerial, RunStatus Status, string Cause, string? Subject, int StepsDone,
    DateTimeOffset? WakeAt, string? ErrorCode, string? ErrorMessage, string? CurrentNode, DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt, RunGate Gate, bool IsTest, Guid? ContactId = null)
{
    /// <summary>When it goes on by itself; null when it does not wait, or waits for no time, or somebody paused it.</summary>
    public DateTimeOffset? WaitsUntil =>
        Status == RunStatus.Waiting || (Status == RunStatus.Paused && ErrorMessage is not null) ? WakeTimes.Meant(WakeAt, CreatedAt) : null;
}

/// <summary>A page of runs.</summary>
/// <param name="Rows">The runs, newest first.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
/// <param name="SearchedAll">False when a search stopped at <see cref="RunListQueries.ScanLimit"/>: older runs may fit, too.</param>
public sealed record RunPageRows(IReadOnlyList<RunListRow> Rows, Guid? Next, bool SearchedAll);
