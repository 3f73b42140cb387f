using System.Reflection;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Practice.Demo;

/// <summary>
/// Carries a practice from the database in which it was made over into the studio's, in one transaction: there is none of it or all of it.
/// </summary>
public sealed class DemoCarrier(IStudioWriter writer, IDbContextFactory<StudioDbContext> contexts)
{
    private static readonly MethodInfo Set = typeof(DbContext).GetMethod(nameof(DbContext.Set), [])!;

    // these get another number, or name what has got one
    private static readonly Type[] Changed =
        [typeof(WorkspaceRow), typeof(WorkflowVersionRow), typeof(WorkflowRow), typeof(RunRow), typeof(ScheduleRow), typeof(TriggerLogRow)];

    // who owned the shards of the draft, and what its runs have heard, is over
    private static readonly Type[] OfTheEngine = [typeof(ShardRow), typeof(SignalRow), typeof(RunInboxRow)];

    /// <summary>The demo workspace as it stands; null when there is none.</summary>
    public async Task<DemoPlace?> FindAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Workspaces.AsNoTracking().FirstOrDefaultAsync(w => w.Slug == DemoWorkspace.Slug, cancellationToken) is not { } row)
            return null;
        var owner = BuiltInRoles.IdOf(row.Id, WorkspaceRole.Owner);
        var owners = await db.MemberRoles.Where(m => m.WorkspaceId == row.Id && m.RoleId == owner).Select(m => m.UserId)
            .ToListAsync(cancellationToken);
        return new DemoPlace(row, await HasPractice(db, row.Id).AnyAsync(cancellationToken), owners);
    }

    /// <summary>Carries everything over, unless the workspace has a practice by now.</summary>
    public Task<bool> CarryAsync(DemoDraft draft, CancellationToken cancellationToken) => writer.WriteAsync(
        write =>
        {
            using var from = draft.Database.ContextForMigrations();
            from.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
            var workspace = from.Workspaces.Single();
            if (HasPractice(write.Db, workspace.Id).Any()) return false;
            if (!write.Db.Workspaces.Any(w => w.Id == workspace.Id)) write.Db.Add(workspace);
            var serials = Versions(from, write.Db);
            foreach (var workflow in from.Workflows)
                write.Db.Add(With(workflow, w => w.ActiveSerial = w.ActiveSerial is { } serial ? serials[serial] : null));
            foreach (var run in from.Runs) write.Db.Add(With(run, r => r.VersionSerial = serials[r.VersionSerial]));
            foreach (var schedule in from.Schedules) write.Db.Add(With(schedule, s => s.VersionSerial = serials[s.VersionSerial]));
            foreach (var line in from.TriggerLog) write.Db.Add(With(line, l => l.Id = 0));
            foreach (var table in from.Model.GetEntityTypes().Select(t => t.ClrType).Except(Changed).Except(OfTheEngine))
                write.Db.AddRange(Rows(from, table));
            return true;
        },
        cancellationToken);

    private static IQueryable<AppointmentTypeRow> HasPractice(StudioDbContext db, Guid workspace) =>
        db.AppointmentTypes.Where(t => t.WorkspaceId == workspace);

    // the database counts the versions, so each gets another number
    private static Dictionary<long, long> Versions(StudioDbContext from, StudioDbContext to)
    {
        var versions = from.Versions.OrderBy(v => v.Serial).ToList();
        var before = versions.ConvertAll(v => v.Serial);
        to.AddRange(versions.Select(version => With(version, v => v.Serial = 0)));
        to.SaveChanges();
        return before.Zip(versions).ToDictionary(p => p.First, p => p.Second.Serial);
    }

    private static IEnumerable<object> Rows(StudioDbContext from, Type table) =>
        (IEnumerable<object>)Set.MakeGenericMethod(table).Invoke(from, [])!;

    private static TRow With<TRow>(TRow row, Action<TRow> change)
    {
        change(row);
        return row;
    }
}

/// <summary>The demo workspace.</summary>
/// <param name="Workspace">The workspace.</param>
/// <param name="IsFilled">Whether it has a practice.</param>
/// <param name="Owners">Who owns it; whoever has no account yet is the demo's owner, whose account is made last.</param>
public sealed record DemoPlace(WorkspaceRow Workspace, bool IsFilled, IReadOnlyList<Guid> Owners);
