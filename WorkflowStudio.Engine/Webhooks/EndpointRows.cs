using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;

namespace WorkflowStudio.Engine.Webhooks;

/// <summary>An address elsewhere that is told what happens here.</summary>
public sealed class EndpointRow
{
    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    public StudioEnvironment Environment { get; set; }

    /// <summary>The only workflow that it hears of; null for all of the environment.</summary>
    public Guid? WorkflowId { get; set; }

    public required string Address { get; set; }

    public string Description { get; set; } = "";

    public WebhookDialect Dialect { get; set; }

    /// <summary>What it hears of.</summary>
    public Happenings Events { get; set; }

    public bool IsOn { get; set; } = true;

    /// <summary>Why the studio turned it off, for people; null when a person did, or when it is on.</summary>
    public string? OffReason { get; set; }

    /// <summary>Since when nothing has arrived; null when the last try did, and before the first.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    public required byte[] ProtectedSecret { get; set; }

    /// <summary>The secret before, with which is signed, too, until <see cref="FormerUntil"/>.</summary>
    public byte[]? ProtectedFormer { get; set; }

    public DateTimeOffset? FormerUntil { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>How a delivery stands. Stored: never changed.</summary>
public enum DeliveryState
{
    /// <summary>It is tried, now or later.</summary>
    Pending = 0,

    /// <summary>The other side has taken it.</summary>
    Delivered = 1,

    /// <summary>It did not arrive and is not tried any more.</summary>
    GivenUp = 2,

    /// <summary>Kept instead of going out: of the sandbox.</summary>
    Captured = 3,
}

/// <summary>
/// One event for one endpoint. Its body is made of what stands here whenever it is sent, and is the same each time.
/// </summary>
public sealed class DeliveryRow
{
    public Guid Id { get; set; }

    public Guid EndpointId { get; set; }

    public Guid WorkspaceId { get; set; }

    public StudioEnvironment Environment { get; set; }

    /// <summary>The dialect of the endpoint when it happened.</summary>
    public WebhookDialect Dialect { get; set; }

    /// <summary>What happened, in the words of the dialect.</summary>
    public required string Event { get; set; }

    /// <summary>The workflow; null for a test.</summary>
    public Guid? WorkflowId { get; set; }

    /// <summary>What the workflow was called then.</summary>
    public string WorkflowName { get; set; } = "";

    public Guid? RunId { get; set; }

    /// <summary>See <see cref="DeliveryFacts"/>, as JSON.</summary>
    public string Facts { get; set; } = "{}";

    public DeliveryState State { get; set; }

    /// <summary>How often it was tried.</summary>
    public int Tries { get; set; }

    /// <summary>
    /// When it is tried next; while it is tried, when another node may take it for lost. Null when it is not tried any more.
    /// </summary>
    public DateTimeOffset? NextTryAt { get; set; }

    public DateTimeOffset? LastTryAt { get; set; }

    /// <summary>The status of the last answer; null when there was none.</summary>
    public int? LastStatus { get; set; }

    /// <summary>Why the last try failed, for people; null when it did not.</summary>
    public string? LastProblem { get; set; }

    /// <summary>The beginning of the last answer.</summary>
    public string? LastAnswer { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

internal sealed class EndpointConfiguration : IEntityTypeConfiguration<EndpointRow>, IEntityTypeConfiguration<DeliveryRow>
{
    public void Configure(EntityTypeBuilder<EndpointRow> builder)
    {
        builder.ToTable("webhook_endpoints");
        builder.HasIndex(e => new { e.WorkspaceId, e.Environment });
    }

    public void Configure(EntityTypeBuilder<DeliveryRow> builder)
    {
        builder.ToTable("webhook_deliveries");
        // who has something to be sent, and since when: see DeliveryLanes
        builder.HasIndex(d => new { d.EndpointId, d.NextTryAt }).HasFilter("\"NextTryAt\" IS NOT NULL");
        builder.HasIndex(d => new { d.EndpointId, d.Id });
        builder.HasIndex(d => new { d.EndpointId, d.State, d.Id });
        builder.HasIndex(d => d.CreatedAt);
    }
}

/// <summary>The tables of webhooks.</summary>
internal static class EndpointTables
{
    extension(StudioDbContext db)
    {
        public DbSet<EndpointRow> Endpoints => db.Set<EndpointRow>();

        public DbSet<DeliveryRow> Deliveries => db.Set<DeliveryRow>();
    }

    /// <summary>Deliveries without those that tell of a workflow which is not seen.</summary>
    public static IQueryable<DeliveryRow> SeenBy(this IQueryable<DeliveryRow> rows, StudioDbContext db, Sight sight)
    {
        if (sight.SeesAll) return rows;
        var workflows = db.SeenWorkflows(sight);
        return rows.Where(d => d.WorkflowId == null || workflows.Any(w => w.Id == d.WorkflowId));
    }

    /// <summary>The endpoints of one tenant, without those of a workflow that is not seen.</summary>
    public static IQueryable<EndpointRow> Of(this IQueryable<EndpointRow> rows, StudioDbContext db, Seen seen)
    {
        var (tenant, sight) = seen;
        rows = rows.Where(r => r.WorkspaceId == tenant.WorkspaceId && r.Environment == tenant.Environment);
        if (sight.SeesAll) return rows;
        var workflows = db.SeenWorkflows(sight);
        // of one that is erased the endpoint is left, for whoever manages them to remove
        return rows.Where(r => r.WorkflowId == null || workflows.Any(w => w.Id == r.WorkflowId)
            || !db.Workflows.Any(w => w.Id == r.WorkflowId));
    }
}
