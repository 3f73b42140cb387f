using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Messages.Conversations;

/// <summary>What is written to and comes from one number or address: one row for each, however long ago it began.</summary>
public sealed class ConversationRow : TenantRow
{
    public MessageChannel Channel { get; set; }

    /// <summary>The number in E.164 where it could be made so, or the bare address in small letters.</summary>
    public required string Address { get; set; }

    /// <summary>Whose it is; null while nobody is known by it.</summary>
    public Guid? ContactId { get; set; }

    /// <summary>When the last message came or went.</summary>
    public DateTimeOffset LastAt { get; set; }

    /// <summary>The last message that came; null while none has.</summary>
    public Guid? LastReceivedId { get; set; }

    /// <summary>The last message that went out; null while none has.</summary>
    public Guid? LastSentId { get; set; }

    /// <summary>The last message that somebody has read.</summary>
    public Guid? ReadUpTo { get; set; }

    /// <summary>How many messages came that neither a run has taken as its answer nor anybody has read.</summary>
    public int Unread { get; set; }

    /// <summary>Whether somebody has begun it by hand: then it is seen whatever else is in it.</summary>
    public bool IsByHand { get; set; }

    /// <summary>Whether somebody has put it away. The next message that comes opens it again.</summary>
    public bool IsClosed { get; set; }
}

internal sealed class ConversationConfiguration : IEntityTypeConfiguration<ConversationRow>
{
    public void Configure(EntityTypeBuilder<ConversationRow> builder)
    {
        builder.ToTable("conversations");
        builder.HasOneEffectPerKey();
        builder.HasIndex(c => new { c.WorkspaceId, c.Environment, c.Channel, c.Address }).IsUnique();
        builder.HasIndex(c => new { c.WorkspaceId, c.Environment, c.LastAt, c.Id });
        builder.HasIndex(c => new { c.WorkspaceId, c.Environment, c.LastAt, c.Id }, "IX_conversations_unread")
            .HasFilter("\"Unread\" > 0");
        builder.HasIndex(c => new { c.WorkspaceId, c.Environment, c.LastAt, c.Id }, "IX_conversations_open")
            .HasFilter("\"LastReceivedId\" IS NOT NULL AND NOT \"IsClosed\"");
        builder.HasIndex(c => c.ContactId).HasFilter("\"ContactId\" IS NOT NULL");
    }
}

/// <summary>The table of conversations.</summary>
internal static class ConversationTables
{
    extension(StudioDbContext db)
    {
        public DbSet<ConversationRow> Conversations => db.Set<ConversationRow>();
    }
}
