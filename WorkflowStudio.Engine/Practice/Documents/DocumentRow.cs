using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Documents;

/// <summary>A file of the practice.</summary>
public sealed class DocumentRow : TenantRow
{
    public required string Name { get; set; }

    /// <summary>As the sender said.</summary>
    public required string ContentType { get; set; }

    public long Size { get; set; }

    public required byte[] Sha256 { get; set; }

    public required byte[] Content { get; set; }

    /// <summary>The workflow to whose webhook it was posted.</summary>
    public Guid? WorkflowId { get; set; }

    /// <summary>The run that it started.</summary>
    public Guid? RunId { get; set; }
}

internal sealed class DocumentConfiguration : IEntityTypeConfiguration<DocumentRow>
{
    public void Configure(EntityTypeBuilder<DocumentRow> builder)
    {
        builder.ToTable("documents");
        builder.HasOneEffectPerKey();
        builder.HasIndex(d => new { d.WorkspaceId, d.Environment, d.CreatedAt });
        builder.HasIndex(d => d.RunId).HasFilter("\"RunId\" IS NOT NULL");
        // an erased workflow takes its documents along, and the table is wide
        builder.HasIndex(d => d.WorkflowId).HasFilter("\"WorkflowId\" IS NOT NULL");
    }
}

/// <summary>The table of documents.</summary>
internal static class DocumentTables
{
    extension(StudioDbContext db)
    {
        public DbSet<DocumentRow> Documents => db.Set<DocumentRow>();
    }
}
