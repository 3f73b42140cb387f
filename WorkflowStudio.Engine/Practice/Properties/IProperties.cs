using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Properties;

/// <summary>What a practice has to let or to sell.</summary>
public interface IProperties
{
    /// <summary>Those that fit and are available, the cheapest first.</summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="wish">What has to be so.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    Task<PropertyMatches> MatchAsync(Tenant tenant, PropertyWish wish, int take, CancellationToken cancellationToken);

    /// <summary>The property, or null.</summary>
    Task<Property?> FindAsync(Tenant tenant, Guid id, CancellationToken cancellationToken);
}

/// <summary>Those that fit.</summary>
/// <param name="Items">The first of them.</param>
/// <param name="Total">How many fit in all.</param>
public sealed record PropertyMatches(IReadOnlyList<Property> Items, int Total);

/// <summary>What somebody looks for. What is null does not matter; a property of which the practice has not said it does not fit.</summary>
public sealed record PropertyWish
{
    public PropertyDeal? Deal { get; init; }

    public PropertyKind? Kind { get; init; }

    /// <summary>A part of the city, the address or the postal code, in any case.</summary>
    public string? Place { get; init; }

    /// <summary>The most it may cost, in the main unit of its currency.</summary>
    public decimal? MaxPrice { get; init; }

    /// <summary>The currency of <see cref="MaxPrice"/>; null for any.</summary>
    public string? Currency { get; init; }

    public int? MinBedrooms { get; init; }

    /// <summary>The day on which it has to be free. One that says no day is free at once.</summary>
    public DateOnly? MoveIn { get; init; }

    /// <summary>Whether pets have to be allowed.</summary>
    public bool Pets { get; init; }
}

/// <summary>Something to let or to sell.</summary>
public sealed record Property(
    Guid Id, string Title, string Reference, PropertyKind Kind, PropertyDeal Deal, PropertyStatus Status, string Address, string City,
    string PostalCode, decimal? Price, string Currency, int? Bedrooms, decimal? Bathrooms, decimal? Area, AreaUnit AreaUnit,
    DateOnly? AvailableFrom, bool PetsAllowed, bool Furnished, string Url, string Description);

/// <summary>What a property is. The numbers are stored.</summary>
public enum PropertyKind
{
    Apartment = 0,
    House = 1,
    Room = 2,
    Studio = 3,
    Office = 4,
    Shop = 5,
    Land = 6,
    Other = 7,
}

/// <summary>What may be done with a property. The numbers are stored.</summary>
public enum PropertyDeal
{
    Rent = 0,
    Sale = 1,
}

/// <summary>How a property stands. Only those that are available are matched. The numbers are stored.</summary>
public enum PropertyStatus
{
    Available = 0,
    OnHold = 1,
    Taken = 2,
    Hidden = 3,
}

/// <summary>In what the area is measured. The numbers are stored.</summary>
public enum AreaUnit
{
    Sqft = 0,
    Sqm = 1,
}
