using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>A number or an address that has asked for no more messages.</summary>
public sealed class OptOutRow : TenantRow
{
    public MessageChannel Channel { get; set; }

    /// <summary>The number in E.164, or the address of e-mail in small letters.</summary>
    public required string Address { get; set; }

    /// <summary>What was written, as one word.</summary>
    public required string Word { get; set; }
}

internal sealed class OptOutConfiguration : IEntityTypeConfiguration<OptOutRow>
{
    public void Configure(EntityTypeBuilder<OptOutRow> builder)
    {
        builder.ToTable("opt_outs");
        builder.HasOneEffectPerKey();
        builder.HasIndex(o => new { o.WorkspaceId, o.Environment, o.Channel, o.Address }).IsUnique();
    }
}

/// <summary>The table of those who want no more messages.</summary>
internal static class OptOutTables
{
    extension(StudioDbContext db)
    {
        public DbSet<OptOutRow> OptOuts => db.Set<OptOutRow>();

        /// <summary>What a number or an address has written to get no more messages; null when it gets them.</summary>
        public OptOutRow? OptOutOf(Tenant tenant, MessageChannel channel, string? address) => address is null
            ? null
            : db.OptOuts.Of(tenant).FirstOrDefault(o => o.Channel == channel && o.Address == address);

        /// <summary>The first of those to whom a message goes who has asked for no more; null when nobody has.</summary>
        public OptOutRow? OptOutOf(Tenant tenant, OutgoingMessage message)
        {
            if (message.Channel == MessageChannel.Sms)
                return db.OptOutOf(tenant, MessageChannel.Sms, PhoneNumber.Normalize(message.To));
            var all = MailAddresses.BareOnes(message.To, message.Cc, message.Bcc);
            return db.OptOuts.Of(tenant).FirstOrDefault(o => o.Channel == MessageChannel.Email && all.Contains(o.Address));
        }
    }
}
