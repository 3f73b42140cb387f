using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Access;

/// <summary>The one place that turns a <see cref="Sight"/> into a condition of a query. Where nothing is hidden there is none.</summary>
internal static class SeenRows
{
    /// <summary>The workflows that are seen, of any tenant, deleted ones among them.</summary>
    public static IQueryable<WorkflowRow> SeenWorkflows(this StudioDbContext db, Sight sight) => db.Workflows.SeenBy(db, sight);

    /// <summary>Those of some workflows that are seen.</summary>
    public static IQueryable<WorkflowRow> SeenBy(this IQueryable<WorkflowRow> rows, StudioDbContext db, Sight sight)
    {
        if (sight.SeesAll) return rows;
        // no row has the empty id, as owner or as key
        var (owner, key, grantees) = (sight.OwnerId ?? Guid.Empty, sight.KeyId ?? Guid.Empty, sight.Grantees.ToArray());
        return rows.Where(w => w.Visibility == WorkflowVisibility.Tenant || w.OwnerId == owner || w.OwnerKeyId == key
            || (w.Visibility == WorkflowVisibility.Shared
                && db.Grants.Any(g => g.WorkflowId == w.Id && grantees.Contains(g.GranteeId))));
    }

    /// <summary>The runs of workflows that are seen.</summary>
    public static IQueryable<RunRow> SeenBy(this IQueryable<RunRow> rows, StudioDbContext db, Sight sight)
    {
        if (sight.SeesAll) return rows;
        var seen = db.SeenWorkflows(sight);
        return rows.Where(r => seen.Any(w => w.Id == r.WorkflowId));
    }

    /// <summary>The schedules of workflows that are seen.</summary>
    public static IQueryable<ScheduleRow> SeenBy(this IQueryable<ScheduleRow> rows, StudioDbContext db, Sight sight)
    {
        if (sight.SeesAll) return rows;
        var seen = db.SeenWorkflows(sight);
        return rows.Where(s => seen.Any(w => w.Id == s.WorkflowId));
    }
}
