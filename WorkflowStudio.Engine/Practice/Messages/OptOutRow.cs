using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>A number that has asked for no more messages.</summary>
public sealed class OptOutRow : TenantRow
{
    public MessageChannel Channel { get; set; }

    /// <summary>The number in E.164.</summary>
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

        /// <summary>What a number has written to get no more SMS; null when it gets them.</summary>
        public OptOutRow? OptOutOf(Tenant tenant, string? number) => number is null
            ? null
            : db.OptOuts.Of(tenant).FirstOrDefault(o => o.Channel == MessageChannel.Sms && o.Address == number);
    }
}
