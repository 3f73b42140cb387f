using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Storage.Rows;

/// <summary>
/// How long a workspace keeps the runs of one environment, in days; 0 keeps them for ever. Without a row the presets of
/// <see cref="Retention.RetentionRules"/> hold.
/// </summary>
public sealed class RetentionRow
{
    public Guid WorkspaceId { get; set; }

    public StudioEnvironment Environment { get; set; }

    public int DoneDays { get; set; }

    public int FailedDays { get; set; }

    public int CanceledDays { get; set; }

    /// <summary>After how many days the journal of a finished run is packed into one row; 0 for never.</summary>
    public int PackDays { get; set; }
}

/// <summary>
/// The journal of a finished run, packed. Entries after <see cref="LastSeq"/>, if the run went on, are rows of the journal again.
/// </summary>
public sealed class RunArchiveRow
{
    public Guid RunId { get; set; }

    /// <summary>The last entry that is packed.</summary>
    public long LastSeq { get; set; }

    /// <summary>How long the run waited, in milliseconds: what the figures need of the journal.</summary>
    public long Waited { get; set; }

    /// <summary>The entries, see <c>RunArchive</c>.</summary>
    public required byte[] Data { get; set; }
}

/// <summary>A run whose header was deleted and whose many rows are still being deleted, a few at a time.</summary>
public sealed class RunRemainsRow
{
    public Guid RunId { get; set; }
}

internal sealed class RetentionConfiguration
    : IEntityTypeConfiguration<RetentionRow>, IEntityTypeConfiguration<RunArchiveRow>, IEntityTypeConfiguration<RunRemainsRow>
{
    public void Configure(EntityTypeBuilder<RetentionRow> builder)
    {
        builder.ToTable("retention");
        builder.HasKey(r => new { r.WorkspaceId, r.Environment });
    }

    public void Configure(EntityTypeBuilder<RunArchiveRow> builder)
    {
        builder.ToTable("run_archives");
        builder.HasKey(a => a.RunId);
    }

    public void Configure(EntityTypeBuilder<RunRemainsRow> builder)
    {
        builder.ToTable("run_remains");
        builder.HasKey(r => r.RunId);
    }
}
