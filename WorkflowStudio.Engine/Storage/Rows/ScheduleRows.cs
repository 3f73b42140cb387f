using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Schedules;

namespace WorkflowStudio.Engine.Storage.Rows;

/// <summary>When a workflow starts by the clock: at most one a workflow. The table is the truth, Quartz's triggers follow it.</summary>
public sealed class ScheduleRow
{
    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    public StudioEnvironment Environment { get; set; }

    public Guid WorkflowId { get; set; }

    /// <summary>The version that starts: the workflow's active one.</summary>
    public long VersionSerial { get; set; }

    /// <summary>Whether it is the workflow's trigger, or was given to a workflow that starts in another way.</summary>
    public bool IsTrigger { get; set; }

    public required string Cron { get; set; }

    /// <summary>The IANA zone; null for the workspace's.</summary>
    public string? TimeZone { get; set; }

    public Misfire Misfire { get; set; }

    public int JitterSeconds { get; set; }

    public DateTimeOffset? StartsAt { get; set; }

    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>A JSON object that goes into every run's payload; null for nothing.</summary>
    public string? Payload { get; set; }

    /// <summary>Whether the workflow is on.</summary>
    public bool WorkflowOn { get; set; }

    /// <summary>Whether the schedule itself is on.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Every occurrence up to here is decided.</summary>
    public DateTimeOffset HandledUntil { get; set; }

    /// <summary>The next occurrence; null while it is off, and when nothing comes any more.</summary>
    public DateTimeOffset? NextOccurrence { get; set; }

    /// <summary>When the next occurrence fires: its time and its jitter.</summary>
    public DateTimeOffset? NextFireAt { get; set; }

    /// <summary>When a run was last started.</summary>
    public DateTimeOffset? LastFireAt { get; set; }

    /// <summary>Counts its changes, so that a firing does not undo one.</summary>
    public int Revision { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Whether it fires.</summary>
    public bool IsOn => WorkflowOn && Enabled;
}

/// <summary>An occurrence that was decided. Its key sees to it that none starts two runs, on however many nodes.</summary>
public sealed class ScheduleOccurrenceRow
{
    public Guid ScheduleId { get; set; }

    /// <summary>The occurrence's own time, without jitter.</summary>
    public DateTimeOffset At { get; set; }

    public OccurrenceOutcome Outcome { get; set; }

    public Guid? RunId { get; set; }

    public DateTimeOffset DecidedAt { get; set; }

    /// <summary>How many were skipped before it that have no row of their own.</summary>
    public int Earlier { get; set; }

    /// <summary>Why nothing started, for <see cref="OccurrenceOutcome.Failed"/>.</summary>
    public string? Note { get; set; }
}

internal sealed class ScheduleConfiguration : IEntityTypeConfiguration<ScheduleRow>, IEntityTypeConfiguration<ScheduleOccurrenceRow>
{
    public void Configure(EntityTypeBuilder<ScheduleRow> builder)
    {
        builder.ToTable("schedules");
        builder.HasIndex(s => s.WorkflowId).IsUnique();
        builder.HasIndex(s => new { s.WorkspaceId, s.Environment, s.NextFireAt });
    }

    public void Configure(EntityTypeBuilder<ScheduleOccurrenceRow> builder)
    {
        builder.ToTable("schedule_occurrences");
        builder.HasKey(o => new { o.ScheduleId, o.At });
        builder.HasIndex(o => o.DecidedAt);
    }
}
