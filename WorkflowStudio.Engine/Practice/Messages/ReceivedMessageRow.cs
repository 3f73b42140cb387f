using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>A message that a contact has written. Its effect key is what the gateway calls it: the same one comes once.</summary>
public sealed class ReceivedMessageRow : TenantRow
{
    public MessageChannel Channel { get; set; }

    /// <summary>The number or address that it came from.</summary>
    public required string From { get; set; }

    /// <summary>The number or address that it went to; may be empty.</summary>
    public string To { get; set; } = "";

    /// <summary>The subject of an e-mail; null for none.</summary>
    public string? Subject { get; set; }

    public required string Body { get; set; }

    /// <summary>Who wrote it; null when nobody is known by that number or address.</summary>
    public Guid? ContactId { get; set; }

    /// <summary>The run that waited for the contact when it came, of several the one that was started last; null when none did.</summary>
    public Guid? RunId { get; set; }

    /// <summary>The effect that has taken it as its answer, <c>wish</c> where it asks for no more messages; null while none has.</summary>
    public string? TakenBy { get; set; }

    /// <summary>What was written to and came from the same number or address.</summary>
    public Guid? ConversationId { get; set; }
}

internal sealed class ReceivedMessageConfiguration : IEntityTypeConfiguration<ReceivedMessageRow>
{
    public void Configure(EntityTypeBuilder<ReceivedMessageRow> builder)
    {
        builder.ToTable("received_messages");
        builder.HasOneEffectPerKey();
        // ids are made in the order of time
        builder.HasIndex(m => new { m.WorkspaceId, m.Environment, m.Id });
        builder.HasIndex(m => new { m.ContactId, m.CreatedAt, m.Id }).HasFilter("\"ContactId\" IS NOT NULL");
        builder.HasIndex(m => new { m.ConversationId, m.Id }).HasFilter("\"ConversationId\" IS NOT NULL");
    }
}

/// <summary>The table of messages that came.</summary>
internal static class ReceivedMessageTables
{
    extension(StudioDbContext db)
    {
        public DbSet<ReceivedMessageRow> ReceivedMessages => db.Set<ReceivedMessageRow>();
    }
}
