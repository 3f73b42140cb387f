using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Notifications;

/// <summary>Something that the people of a practice are told.</summary>
public sealed class NotificationRow : TenantRow
{
    public required string Title { get; set; }

    public string Text { get; set; } = "";

    public NotificationLevel Level { get; set; }

    /// <summary>For whom it is: empty for everybody, else an e-mail address or the name of a role.</summary>
    public string Audience { get; set; } = "";

    public Guid? ContactId { get; set; }

    public Guid? RunId { get; set; }

    public Guid? WorkflowId { get; set; }

    public DateTimeOffset? ReadAt { get; set; }
}

internal sealed class NotificationConfiguration : IEntityTypeConfiguration<NotificationRow>
{
    public void Configure(EntityTypeBuilder<NotificationRow> builder)
    {
        builder.ToTable("notifications");
        builder.HasOneEffectPerKey();
        // ids are made in the order of time
        builder.HasIndex(n => new { n.WorkspaceId, n.Environment, n.Id });
        builder.HasIndex(n => new { n.WorkspaceId, n.Environment, n.Id }, "IX_notifications_unread").HasFilter("\"ReadAt\" IS NULL");
        builder.HasIndex(n => n.WorkflowId).HasFilter("\"WorkflowId\" IS NOT NULL");
    }
}

/// <summary>The table of notifications.</summary>
internal static class NotificationTables
{
    extension(StudioDbContext db)
    {
        public DbSet<NotificationRow> Notifications => db.Set<NotificationRow>();
    }
}
