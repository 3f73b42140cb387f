using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Retention;

/// <summary>
/// How long the runs of a tenant are kept after their end, in days, 0 to 3,650; 0 means for ever, and for packing: never.
/// </summary>
/// <param name="Done">Runs that ended well.</param>
/// <param name="Failed">Runs that ended by a failure.</param>
/// <param name="Canceled">Runs that somebody ended.</param>
/// <param name="Pack">When the journal of a finished run is packed into one row.</param>
public sealed record RetentionRules(int Done = 90, int Failed = 180, int Canceled = 90, int Pack = 7)
{
    /// <summary>The longest time that can be set, in days.</summary>
    public const int MostDays = 3_650;

    /// <summary>The statuses of runs that are over.</summary>
    public static IReadOnlyList<RunStatus> Ends { get; } = [RunStatus.Done, RunStatus.Failed, RunStatus.Canceled];

    /// <summary>Every number within its bounds.</summary>
    public bool IsValid => new[] { Done, Failed, Canceled, Pack }.All(days => days is >= 0 and <= MostDays);

    /// <summary>Runs of this status that ended before are deleted; null keeps them.</summary>
    public DateTimeOffset? DeleteBefore(RunStatus status, DateTimeOffset now) =>
        Before(status switch { RunStatus.Done => Done, RunStatus.Failed => Failed, RunStatus.Canceled => Canceled, _ => 0 }, now);

    /// <summary>Runs that ended before are packed; null packs none.</summary>
    public DateTimeOffset? PackBefore(DateTimeOffset now) => Before(Pack, now);

    private static DateTimeOffset? Before(int days, DateTimeOffset now) => days == 0 ? null : now.AddDays(-days);
}

/// <summary>Keeps the rules of every tenant.</summary>
public sealed class RetentionStore(IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>The rules of a tenant: its own, or the presets.</summary>
    public async Task<RetentionRules> ReadAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Retention.AsNoTracking()
            .SingleOrDefaultAsync(r => r.WorkspaceId == tenant.WorkspaceId && r.Environment == tenant.Environment, cancellationToken);
        return Of(row);
    }

    /// <summary>The rules of every tenant there is.</summary>
    public async Task<IReadOnlyList<(Tenant Tenant, RetentionRules Rules)>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Retention.AsNoTracking().ToListAsync(cancellationToken);
        var workspaces = await db.Workspaces.AsNoTracking().OrderBy(w => w.Id).Select(w => w.Id).ToListAsync(cancellationToken);
        return [.. workspaces.SelectMany(_ => Enum.GetValues<StudioEnvironment>(), (id, environment) =>
            (new Tenant(id, environment), Of(rows.Find(r => r.WorkspaceId == id && r.Environment == environment))))];
    }

    /// <summary>Sets the rules of a tenant.</summary>
    public static void Set(StudioWrite write, Tenant tenant, RetentionRules rules)
    {
        var row = write.Db.Retention.Find(tenant.WorkspaceId, tenant.Environment);
        if (row is null) write.Db.Add(row = new RetentionRow { WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment });
        (row.DoneDays, row.FailedDays, row.CanceledDays, row.PackDays) = (rules.Done, rules.Failed, rules.Canceled, rules.Pack);
    }

    private static RetentionRules Of(RetentionRow? row) =>
        row is null ? new RetentionRules() : new RetentionRules(row.DoneDays, row.FailedDays, row.CanceledDays, row.PackDays);
}
