using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage;

/// <summary>
/// Everything the studio stores except people's sign-in data: the tables below, and those that others in the assembly configure for
/// themselves (<c>IEntityTypeConfiguration</c>), which they reach by <c>Set</c>. Times are stored as Unix milliseconds, ids as 16 bytes in
/// network order, decimals as whole ten-thousandths, so that all sort as they are meant.
/// </summary>
public class StudioDbContext : DbContext
{
    /// <summary>The table of applied migrations.</summary>
    public const string HistoryTable = "__StudioMigrations";

    /// <summary>A context with these options.</summary>
    public StudioDbContext(DbContextOptions<StudioDbContext> options)
        : base(options)
    {
    }

    private protected StudioDbContext(DbContextOptions options)
        : base(options)
    {
    }

    public DbSet<WorkspaceRow> Workspaces => Set<WorkspaceRow>();

    public DbSet<MemberRow> Members => Set<MemberRow>();

    public DbSet<MemberRoleRow> MemberRoles => Set<MemberRoleRow>();

    public DbSet<RoleRow> Roles => Set<RoleRow>();

    public DbSet<GrantRow> Grants => Set<GrantRow>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    public DbSet<ApiKeyRow> ApiKeys => Set<ApiKeyRow>();

    public DbSet<ConnectionRow> Connections => Set<ConnectionRow>();

    public DbSet<IdempotencyRow> Idempotency => Set<IdempotencyRow>();

    public DbSet<WorkflowRow> Workflows => Set<WorkflowRow>();

    public DbSet<WorkflowVersionRow> Versions => Set<WorkflowVersionRow>();

    public DbSet<RunRow> Runs => Set<RunRow>();

    public DbSet<RunEventRow> RunEvents => Set<RunEventRow>();

    public DbSet<RunBlobRow> RunBlobs => Set<RunBlobRow>();

    public DbSet<RunArchiveRow> RunArchives => Set<RunArchiveRow>();

    public DbSet<RunRemainsRow> RunRemains => Set<RunRemainsRow>();

    public DbSet<RetentionRow> Retention => Set<RetentionRow>();

    public DbSet<RunDayRow> RunDays => Set<RunDayRow>();

    public DbSet<RunWaitRow> RunWaits => Set<RunWaitRow>();

    public DbSet<RunInboxRow> RunInbox => Set<RunInboxRow>();

    public DbSet<SignalRow> Signals => Set<SignalRow>();

    public DbSet<ShardRow> Shards => Set<ShardRow>();

    public DbSet<ScheduleRow> Schedules => Set<ScheduleRow>();

    public DbSet<ScheduleOccurrenceRow> ScheduleOccurrences => Set<ScheduleOccurrenceRow>();

    /// <inheritdoc/>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        foreach (var workflow in ChangeTracker.Entries<WorkflowRow>())
            if (workflow.State is EntityState.Added or EntityState.Modified) workflow.Entity.Revision++;
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(StudioDbContext).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Guid>().HaveConversion<IdConverter>();
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<TimeConverter>();
        configurationBuilder.Properties<decimal>().HaveConversion<DecimalConverter>();
    }

    // the compiled model names all
    internal sealed class IdConverter() : ValueConverter<Guid, byte[]>(id => id.ToByteArray(true), bytes => new Guid(bytes, true));

    internal sealed class TimeConverter() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(),
        milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));

    // as whole ten-thousandths, which both databases compare and sort as numbers
    internal sealed class DecimalConverter() : ValueConverter<decimal, long>(
        number => (long)(number * 10_000), stored => stored / 10_000m);
}
