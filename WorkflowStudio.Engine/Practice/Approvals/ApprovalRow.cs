using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Approvals;

/// <summary>A question that a run asks people.</summary>
public sealed class ApprovalRow : TenantRow
{
    public Guid RunId { get; set; }

    public Guid WorkflowId { get; set; }

    public required string NodeId { get; set; }

    /// <summary>The iteration of the step; null outside a for-each.</summary>
    public string? Iteration { get; set; }

    public required string Title { get; set; }

    public string Message { get; set; } = "";

    /// <summary>Whom the link was sent to; empty when nobody.</summary>
    public string AskedOf { get; set; } = "";

    public required string ApproveLabel { get; set; }

    public required string RejectLabel { get; set; }

    public ApprovalStatus Status { get; set; }

    public string? DecidedBy { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    public string Comment { get; set; } = "";

    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>SHA-256 of the secret in the address.</summary>
    public required byte[] TokenHash { get; set; }

    /// <summary>The secret, encrypted, so that the same address can be sent again.</summary>
    public required byte[] ProtectedToken { get; set; }
}

internal sealed class ApprovalConfiguration : IEntityTypeConfiguration<ApprovalRow>
{
    public void Configure(EntityTypeBuilder<ApprovalRow> builder)
    {
        builder.ToTable("approvals");
        builder.HasOneEffectPerKey();
        builder.HasIndex(a => a.TokenHash).IsUnique();
        builder.HasIndex(a => new { a.WorkspaceId, a.Environment, a.Status, a.CreatedAt });
    }
}

/// <summary>The table of approvals.</summary>
internal static class ApprovalTables
{
    extension(StudioDbContext db)
    {
        public DbSet<ApprovalRow> Approvals => db.Set<ApprovalRow>();
    }
}
