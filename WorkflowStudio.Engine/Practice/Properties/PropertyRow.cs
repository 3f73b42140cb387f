using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Properties;

/// <summary>Something to let or to sell.</summary>
public sealed class PropertyRow : TenantRow
{
    public string Title { get; set; } = "";

    /// <summary>What the practice calls it elsewhere; may be empty.</summary>
    public string Reference { get; set; } = "";

    public PropertyKind Kind { get; set; }

    public PropertyDeal Deal { get; set; }

    public PropertyStatus Status { get; set; }

    public string Address { get; set; } = "";

    public string City { get; set; } = "";

    public string PostalCode { get; set; } = "";

    /// <summary>In the main unit of the currency: a month's rent, or the price.</summary>
    public decimal? Price { get; set; }

    /// <summary>ISO 4217 in lower case.</summary>
    public string Currency { get; set; } = "";

    public int? Bedrooms { get; set; }

    public decimal? Bathrooms { get; set; }

    public decimal? Area { get; set; }

    public AreaUnit AreaUnit { get; set; }

    public DateOnly? AvailableFrom { get; set; }

    public bool PetsAllowed { get; set; }

    public bool Furnished { get; set; }

    public string Url { get; set; } = "";

    public string Description { get; set; } = "";
}

internal sealed class PropertyConfiguration : IEntityTypeConfiguration<PropertyRow>
{
    public void Configure(EntityTypeBuilder<PropertyRow> builder)
    {
        builder.ToTable("properties");
        builder.HasOneEffectPerKey();
        // ids are made in the order of time
        builder.HasIndex(p => new { p.WorkspaceId, p.Environment, p.Id });
        builder.HasIndex(p => new { p.WorkspaceId, p.Environment, p.Status, p.Price });
        builder.HasIndex(p => new { p.WorkspaceId, p.Environment, p.Reference }).HasFilter("\"Reference\" <> ''");
    }
}

/// <summary>The table of properties.</summary>
internal static class PropertyTables
{
    extension(StudioDbContext db)
    {
        public DbSet<PropertyRow> Properties => db.Set<PropertyRow>();
    }
}
