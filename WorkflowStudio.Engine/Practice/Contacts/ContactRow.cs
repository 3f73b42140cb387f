using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Contacts;

/// <summary>A person the practice deals with.</summary>
public sealed class ContactRow : TenantRow
{
    public string FirstName { get; set; } = "";

    public string LastName { get; set; } = "";

    /// <summary>In lower case. Not unique: families share an address.</summary>
    public string? Email { get; set; }

    /// <summary>E.164 where it could be made so. Not unique.</summary>
    public string? Phone { get; set; }

    /// <summary>What the payment provider calls them; null while it does not know them.</summary>
    public string? CustomerId { get; set; }

    /// <summary>The person.</summary>
    public Contact ToContact() => new(Id, FirstName, LastName, Email, Phone);
}

internal sealed class ContactConfiguration : IEntityTypeConfiguration<ContactRow>
{
    public void Configure(EntityTypeBuilder<ContactRow> builder)
    {
        builder.ToTable("contacts");
        builder.HasOneEffectPerKey();
        builder.HasIndex(c => new { c.WorkspaceId, c.Environment, c.Email }).HasFilter("\"Email\" IS NOT NULL");
        builder.HasIndex(c => new { c.WorkspaceId, c.Environment, c.Phone }).HasFilter("\"Phone\" IS NOT NULL");
    }
}

/// <summary>The table of contacts.</summary>
internal static class ContactTables
{
    extension(StudioDbContext db)
    {
        public DbSet<ContactRow> Contacts => db.Set<ContactRow>();
    }
}
