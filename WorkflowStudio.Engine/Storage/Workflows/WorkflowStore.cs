using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Workflows;

/// <summary>Reads workflows. Deleted ones are not there; those of other tenants neither.</summary>
public sealed class WorkflowStore(IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>How many of the latest runs a list item carries.</summary>
    public const int RecentRuns = 16;

    /// <summary>The workflow, or null.</summary>
    public async Task<WorkflowRow?> FindAsync(Seen seen, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Workflows.AsNoTracking().Of(seen.Tenant).SeenBy(db, seen.Sight).SingleOrDefaultAsync(w =>
            w.Id == id, cancellationToken);
    }

    /// <summary>The workflow with this short name, or null.</summary>
    public async Task<WorkflowRow?> FindAsync(Tenant tenant, string slug, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Workflows.AsNoTracking().Of(tenant).SingleOrDefaultAsync(w => w.Slug == slug, cancellationToken);
    }

    /// <summary>
    /// The workflow with this id whoever it belongs to, with its active version: for webhooks, whose address is all they know.
    /// </summary>
    public async Task<(WorkflowRow Workflow, WorkflowVersionRow? Active)?> FindAnyAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db.Workflows.AsNoTracking().Where(w => w.Id == id && w.DeletedAt == null)
            .Select(w => new { Workflow = w, Active = db.Versions.FirstOrDefault(v => v.Serial == w.ActiveSerial) })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : (found.Workflow, found.Active);
    }

    /// <summary>The names of the tenant's workflows in their order, as many as asked for.</summary>
    public async Task<IReadOnlyList<WorkflowName>> NamesAsync(Seen seen, int most, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Workflows.AsNoTracking().Of(seen.Tenant).SeenBy(db, seen.Sight).OrderBy(w => w.Name).ThenBy(w => w.Id).Take(most)
            .Select(w => new WorkflowName(w.Id, w.Slug, w.Name, w.Status)).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// The workflows whose active version or draft holds one of some texts, by name, as many as asked for, with those definitions. It reads
    /// all definitions of the tenant: for what somebody asks once in a while.
    /// </summary>
    public async Task<IReadOnlyList<(WorkflowName Name, string? Active, string? Draft)>> HoldingAsync(
        Seen seen, IReadOnlyList<string> texts, int most, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var patterns = texts.Select(LikeText.Holding).ToArray();
        var found = await db.Workflows.AsNoTracking().Of(seen.Tenant).SeenBy(db, seen.Sight)
            .Select(w => new
            {
                Workflow = w, Active = db.Versions.Where(v => v.Serial == w.ActiveSerial).Select(v => v.Definition).FirstOrDefault(),
            })
            .Where(w => patterns.Any(p => EF.Functions.Like(w.Active!, p, LikeText.Escape)
                || EF.Functions.Like(w.Workflow.DraftDefinition!, p, LikeText.Escape)))
            .OrderBy(w => w.Workflow.Name).ThenBy(w => w.Workflow.Id).Take(most)
            .Select(w => new { w.Workflow.Id, w.Workflow.Slug, w.Workflow.Name, w.Workflow.Status, w.Active, w.Workflow.DraftDefinition })
            .ToListAsync(cancellationToken);
        return [.. found.Select(w => (new WorkflowName(w.Id, w.Slug, w.Name, w.Status), w.Active, w.DraftDefinition))];
    }

    /// <summary>The version with this serial, or null.</summary>
    public async Task<WorkflowVersionRow?> VersionAsync(long serial, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Versions.AsNoTracking().SingleOrDefaultAsync(v => v.Serial == serial, cancellationToken);
    }

    /// <summary>The definitions of these versions, by serial.</summary>
    public async Task<IReadOnlyDictionary<long, string>> DefinitionsAsync(
        IReadOnlyCollection<long> serials, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Versions.AsNoTracking().Where(v => serials.Contains(v.Serial))
            .ToDictionaryAsync(v => v.Serial, v => v.Definition, cancellationToken);
    }

    /// <summary>One page of workflows, the last changed first, and how many there are in all.</summary>
    public async Task<(IReadOnlyList<WorkflowRow> Rows, int Total)> ListAsync(
        Seen seen, WorkflowRowFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = db.Workflows.AsNoTracking().Of(seen.Tenant).SeenBy(db, seen.Sight);
        if (filter.Status is { } status) found = found.Where(w => w.Status == status);
        if (filter.IsActive is { } isActive) found = found.Where(w => (w.Status == WorkflowStatus.Active) == isActive);
        if (filter.TriggerType is { } trigger) found = found.Where(w => w.TriggerType == trigger);
        if (filter.TriggerTypes is { } triggers) found = found.Where(w => triggers.Contains(w.TriggerType));
        if (filter.TriggerEvent is { } name) found = found.Where(w => w.TriggerEvent == name);
        if (filter.Fits > WorkflowShape.Graph) found = found.Where(w => w.Shape >= filter.Fits);
        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            var pattern = LikeText.Holding(filter.Search.Trim());
            found = found.Where(w => EF.Functions.Like(w.Name, pattern, LikeText.Escape)
                || EF.Functions.Like(w.Description, pattern, LikeText.Escape) || EF.Functions.Like(w.Tags, pattern, LikeText.Escape));
        }

        var total = await found.CountAsync(cancellationToken);
        // the page first, from the index alone; then its rows, which are large
        var page = found.OrderByDescending(w => w.UpdatedAt).ThenByDescending(w => w.Id).Skip(filter.Skip).Take(filter.Take)
            .Select(w => w.Id);
        var rows = await db.Workflows.AsNoTracking().Where(w => page.Contains(w.Id))
            .OrderByDescending(w => w.UpdatedAt).ThenByDescending(w => w.Id).ToListAsync(cancellationToken);
        return (rows, total);
    }

    /// <summary>The latest runs of each of these workflows, newest first, in one query that reads no more rows than it returns.</summary>
    public async Task<ILookup<Guid, RunRow>> RecentRunsAsync(IReadOnlyList<Guid> workflowIds, CancellationToken cancellationToken)
    {
        if (workflowIds.Count == 0) return Array.Empty<RunRow>().ToLookup(r => r.WorkflowId);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var one = workflowIds.Select((_, i) => string.Create(
            CultureInfo.InvariantCulture, $"SELECT * FROM (SELECT * FROM runs WHERE \"WorkflowId\" = {{{i}}} AND NOT \"IsTest\" ORDER BY "
                + $"\"Id\" DESC LIMIT {RecentRuns}) latest"));
        object[] ids = [.. workflowIds.Select(id => id.ToByteArray(true))];
        var runs = await db.Runs.FromSqlRaw(string.Join(" UNION ALL ", one), ids).AsNoTracking().ToListAsync(cancellationToken);
        return runs.ToLookup(r => r.WorkflowId);
    }
}

/// <summary>Which workflows a list shows.</summary>
/// <param name="Search">Text in name, description or tags; null for any.</param>
/// <param name="Status">The status; null for any.</param>
/// <param name="TriggerType">The type of trigger; null for any.</param>
/// <param name="Skip">How many to leave out.</param>
/// <param name="Take">How many to answer, 1 to 100.</param>
public sealed record WorkflowRowFilter(
    string? Search = null, WorkflowStatus? Status = null, string? TriggerType = null, int Skip = 0, int Take = 25)
{
    /// <summary>The types of triggers; null for any.</summary>
    public IReadOnlyList<string>? TriggerTypes { get; init; }

    /// <summary>The event that the trigger names; null for any.</summary>
    public string? TriggerEvent { get; init; }

    /// <summary>The shape in which the workflows have to fit.</summary>
    public WorkflowShape Fits { get; init; }

    /// <summary>Whether they are active; null for any.</summary>
    public bool? IsActive { get; init; }
}

internal static class WorkflowQueries
{
    public static IQueryable<WorkflowRow> Of(this IQueryable<WorkflowRow> rows, Tenant tenant) =>
        rows.Where(w => w.WorkspaceId == tenant.WorkspaceId && w.Environment == tenant.Environment && w.DeletedAt == null);
}
