using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Events;

/// <summary>
/// What a trigger did. Refusals and what nobody posted for are remembered; a webhook's start is not, for the run itself tells of it. Kept
/// for seven days.
/// </summary>
public sealed class TriggerLogRow
{
    public long Id { get; set; }

    public Guid WorkspaceId { get; set; }

    public StudioEnvironment Environment { get; set; }

    public Guid WorkflowId { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>What asked for a run: <c>webhook</c>, <c>event</c>, <c>schedule</c>.</summary>
    public required string Cause { get; set; }

    public TriggerOutcome Outcome { get; set; }

    /// <summary>The run that was started.</summary>
    public Guid? RunId { get; set; }

    /// <summary>
    /// Why it was refused: <c>constraints</c>, <c>own_run</c>, <c>too_deep</c>, <c>too_wide</c>, <c>too_many_runs</c>; null when it was
    /// not.
    /// </summary>
    public string? Reason { get; set; }

    /// <summary>The name of the event; null for other causes.</summary>
    public string? Event { get; set; }

    /// <summary>
    /// What the lines of one event have in common: the id that its sender gave it, or one of ours, <c>evt_…</c>. Null for other causes.
    /// </summary>
    public string? EventId { get; set; }

    /// <summary>The values that the constraints saw, as JSON by path; at most 2,000 characters.</summary>
    public string Detail { get; set; } = "{}";
}

/// <summary>An event that came with an id: the second with the same type and id does nothing. Kept for thirty days.</summary>
public sealed class ReceivedEventRow
{
    public Guid WorkspaceId { get; set; }

    public StudioEnvironment Environment { get; set; }

    public required string Type { get; set; }

    public required string EventId { get; set; }

    public DateTimeOffset At { get; set; }
}

internal sealed class EventConfiguration : IEntityTypeConfiguration<TriggerLogRow>, IEntityTypeConfiguration<ReceivedEventRow>
{
    public void Configure(EntityTypeBuilder<TriggerLogRow> builder)
    {
        builder.ToTable("trigger_log");
        builder.HasIndex(t => new { t.WorkflowId, t.Outcome, t.Id });
        builder.HasIndex(t => new { t.WorkspaceId, t.Environment, t.Id });
        builder.HasIndex(t => new { t.WorkspaceId, t.Environment, t.Event, t.Id }).HasFilter("\"Event\" IS NOT NULL");
        builder.HasIndex(t => t.EventId).HasFilter("\"EventId\" IS NOT NULL");
        builder.HasIndex(t => t.At);
    }

    public void Configure(EntityTypeBuilder<ReceivedEventRow> builder)
    {
        builder.ToTable("received_events");
        builder.HasKey(e => new { e.WorkspaceId, e.Environment, e.Type, e.EventId });
        builder.HasIndex(e => e.At);
    }
}

/// <summary>The tables of events.</summary>
internal static class EventTables
{
    extension(StudioDbContext db)
    {
        public DbSet<TriggerLogRow> TriggerLog => db.Set<TriggerLogRow>();

        public DbSet<ReceivedEventRow> ReceivedEvents => db.Set<ReceivedEventRow>();
    }
}
