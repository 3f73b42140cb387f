using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Documents;

/// <summary>A file of the practice. What is in it comes last: whoever reads the other columns does not read past it.</summary>
public sealed class DocumentRow : TenantRow
{
    public required string Name { get; set; }

    /// <summary>As the sender said.</summary>
    public required string ContentType { get; set; }

    public long Size { get; set; }

    public required byte[] Sha256 { get; set; }

    /// <summary>The workflow to whose webhook it was posted; null for what was put in by hand.</summary>
    public Guid? WorkflowId { get; set; }

    /// <summary>The run that it started.</summary>
    public Guid? RunId { get; set; }

    /// <summary>Whom it is about; null for nobody.</summary>
    public Guid? ContactId { get; set; }

    public required byte[] Content { get; set; }
}

internal sealed class DocumentConfiguration : IEntityTypeConfiguration<DocumentRow>
{
    public void Configure(EntityTypeBuilder<DocumentRow> builder)
    {
        builder.ToTable("documents");
        builder.HasOneEffectPerKey();
        // before what is in the file: SQLite reads a row from its beginning
        builder.Property(d => d.Id).HasColumnOrder(0);
        builder.Property(d => d.WorkspaceId).HasColumnOrder(1);
        builder.Property(d => d.Environment).HasColumnOrder(2);
        builder.Property(d => d.EffectKey).HasColumnOrder(3);
        builder.Property(d => d.CreatedAt).HasColumnOrder(4);
        builder.HasIndex(d => new { d.WorkspaceId, d.Environment, d.CreatedAt });
        builder.HasIndex(d => d.RunId).HasFilter("\"RunId\" IS NOT NULL");
        builder.HasIndex(d => d.ContactId).HasFilter("\"ContactId\" IS NOT NULL");
        // an erased workflow takes its documents along, and the table is wide
        builder.HasIndex(d => d.WorkflowId).HasFilter("\"WorkflowId\" IS NOT NULL");
    }
}

/// <summary>
/// What was found out of a document: beside it, not in its row, which would be written anew with all that is in the file.
/// </summary>
public sealed class DocumentFactsRow
{
    public Guid DocumentId { get; set; }

    /// <summary>By which schema was looked; null for fields of one's own, and for those noted by hand.</summary>
    public string? Schema { get; set; }

    /// <summary>The fields, as an object in JSON.</summary>
    public required string Fields { get; set; }

    /// <summary>How sure the reader was, 0 to 1; null for what was noted by hand.</summary>
    public double? Confidence { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>The run that looked; null for what was noted by hand.</summary>
    public Guid? RunId { get; set; }
}

internal sealed class DocumentFactsConfiguration : IEntityTypeConfiguration<DocumentFactsRow>
{
    public void Configure(EntityTypeBuilder<DocumentFactsRow> builder)
    {
        builder.ToTable("document_facts");
        builder.HasKey(f => f.DocumentId);
    }
}

/// <summary>The tables of documents.</summary>
internal static class DocumentTables
{
    extension(StudioDbContext db)
    {
        public DbSet<DocumentRow> Documents => db.Set<DocumentRow>();

        public DbSet<DocumentFactsRow> DocumentFacts => db.Set<DocumentFactsRow>();
    }
}
