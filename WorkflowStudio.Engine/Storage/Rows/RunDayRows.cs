using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Storage.Rows;

/// <summary>
/// How many runs of a day that is over are in which status, test runs left out. Always to be had again from the runs themselves.
/// </summary>
public sealed class RunDayRow
{
    public Guid WorkspaceId { get; set; }

    public StudioEnvironment Environment { get; set; }

    /// <summary>The first moment of the day in the workspace's zone.</summary>
    public DateTimeOffset Starts { get; set; }

    /// <summary>The first moment after it.</summary>
    public DateTimeOffset Ends { get; set; }

    /// <summary>When it was counted; the Unix epoch when runs of it were deleted since.</summary>
    public DateTimeOffset CountedAt { get; set; }

    public long Done { get; set; }

    public long Failed { get; set; }

    public long Canceled { get; set; }

    public long Open { get; set; }
}

internal sealed class RunDayConfiguration : IEntityTypeConfiguration<RunDayRow>
{
    public void Configure(EntityTypeBuilder<RunDayRow> builder)
    {
        builder.ToTable("run_days");
        builder.HasKey(d => new { d.WorkspaceId, d.Environment, d.Starts });
    }
}
