using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Queries;

/// <summary>
/// Lists of runs in pages that are counted and numbered, newest first: for clients that ask for "page 3 of 20". Which runs are on a page
/// is found by indexes alone; only theirs are read.
/// </summary>
public sealed class NumberedRunQueries(IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>One page, and how many runs there are in all.</summary>
    public async Task<(IReadOnlyList<RunListRow> Rows, int Total)> PageAsync(
        Seen seen, NumberedRunFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = Fitting(db, seen.Tenant, filter).SeenBy(db, seen.Sight);
        var total = await found.CountAsync(cancellationToken);
        if (total <= skip) return ([], total);
        var ids = await found.OrderByDescending(r => r.Id).Skip(skip).Take(take).Select(r => r.Id).ToListAsync(cancellationToken);
        var rows = await RunListQueries.Select(db, db.Runs.AsNoTracking().Where(r => ids.Contains(r.Id))).ToListAsync(cancellationToken);
        return (rows, total);
    }

    private static IQueryable<RunRow> Fitting(StudioDbContext db, Tenant tenant, NumberedRunFilter filter)
    {
        var runs = db.Runs.AsNoTracking()
            .Where(r => r.WorkspaceId == tenant.WorkspaceId && r.Environment == tenant.Environment && !r.IsTest);
        if (filter.RunId is { } id) runs = runs.Where(r => r.Id == id);
        if (filter.WorkflowId is { } workflow) runs = runs.Where(r => r.WorkflowId == workflow);
        if (filter.ContactId is { } contact) runs = runs.Where(r => r.ContactId == contact);
        if (filter.Statuses is { Count: > 0 } statuses) runs = runs.Where(r => statuses.Contains(r.Status));
        if (filter.Causes is { Count: > 0 } causes) runs = runs.Where(r => causes.Contains(r.Cause));
        if (filter.Text is not { Length: > 0 } text) return runs;
        var like = LikeText.Holding(text);
        return runs.Where(r => EF.Functions.Like(r.Subject!, like, LikeText.Escape)
            || db.Workflows.Any(w => w.Id == r.WorkflowId && EF.Functions.Like(w.Name, like, LikeText.Escape)));
    }
}

/// <summary>What such a list is narrowed to; null and empty mean any.</summary>
public sealed record NumberedRunFilter
{
    public Guid? RunId { get; init; }

    public Guid? WorkflowId { get; init; }

    public Guid? ContactId { get; init; }

    public IReadOnlyList<RunStatus>? Statuses { get; init; }

    /// <summary>What started them.</summary>
    public IReadOnlyList<string>? Causes { get; init; }

    /// <summary>A part of the subject or of the workflow's name, at most 200 characters.</summary>
    public string? Text { get; init; }
}
