using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice;

/// <summary>The boundary of every query on practice data.</summary>
internal static class TenantRows
{
    /// <summary>The rows of one tenant.</summary>
    public static IQueryable<TRow> Of<TRow>(this IQueryable<TRow> rows, Tenant tenant)
        where TRow : TenantRow =>
        rows.Where(r => r.WorkspaceId == tenant.WorkspaceId && r.Environment == tenant.Environment);

    /// <summary>The row that an effect made, or null.</summary>
    public static TRow? MadeBy<TRow>(this IQueryable<TRow> rows, Tenant tenant, string effectKey)
        where TRow : TenantRow =>
        rows.Of(tenant).FirstOrDefault(r => r.EffectKey == effectKey);
}
