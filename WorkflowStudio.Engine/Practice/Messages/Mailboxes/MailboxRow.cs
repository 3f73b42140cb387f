using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Messages.Mailboxes;

/// <summary>How far the mailbox of a workspace was read, and which node reads it.</summary>
public sealed class MailboxRow : TenantRow
{
    /// <summary>Which mailbox: another one begins anew. Empty until it was opened.</summary>
    public string Place { get; set; } = "";

    /// <summary>With which numbering (<c>UIDVALIDITY</c>): another one begins anew.</summary>
    public long Validity { get; set; }

    /// <summary>The number of the last mail that was taken.</summary>
    public long Last { get; set; }

    /// <summary>The node that reads it, as long as <see cref="HeldUntil"/> says; null for none.</summary>
    public string? HeldBy { get; set; }

    public DateTimeOffset? HeldUntil { get; set; }

    /// <summary>Why it cannot be read at present, at most 500 characters; empty while it can.</summary>
    public string Said { get; set; } = "";
}

internal sealed class MailboxConfiguration : IEntityTypeConfiguration<MailboxRow>
{
    public void Configure(EntityTypeBuilder<MailboxRow> builder)
    {
        builder.ToTable("mailboxes");
        builder.HasOneEffectPerKey();
        builder.HasIndex(m => new { m.WorkspaceId, m.Environment }).IsUnique();
    }
}

/// <summary>The table of mailboxes.</summary>
internal static class MailboxTables
{
    extension(StudioDbContext db)
    {
        public DbSet<MailboxRow> Mailboxes => db.Set<MailboxRow>();
    }
}
