using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Queries;

namespace WorkflowStudio.Engine.Practice.Properties;

/// <summary>Properties in the practice's own table.</summary>
internal sealed class PropertyStore(IDbContextFactory<StudioDbContext> contexts) : IProperties
{
    /// <inheritdoc/>
    public async Task<PropertyMatches> MatchAsync(Tenant tenant, PropertyWish wish, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var fitting = Fitting(db.Properties.AsNoTracking().Of(tenant), wish);
        var total = await fitting.CountAsync(cancellationToken);
        var rows = await fitting.OrderBy(p => p.Price == null).ThenBy(p => p.Price).ThenBy(p => p.Id).Take(take)
            .ToListAsync(cancellationToken);
        return new PropertyMatches([.. rows.Select(Read)], total);
    }

    /// <inheritdoc/>
    public async Task<Property?> FindAsync(Tenant tenant, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Properties.AsNoTracking().Of(tenant).FirstOrDefaultAsync(p => p.Id == id, cancellationToken);
        return row is null ? null : Read(row);
    }

    private static IQueryable<PropertyRow> Fitting(IQueryable<PropertyRow> rows, PropertyWish wish)
    {
        rows = rows.Where(p => p.Status == PropertyStatus.Available);
        if (wish.Deal is { } deal) rows = rows.Where(p => p.Deal == deal);
        if (wish.Kind is { } kind) rows = rows.Where(p => p.Kind == kind);
        if (wish.MaxPrice is { } price) rows = rows.Where(p => p.Price <= price);
        if (wish.MaxPrice is not null && wish.Currency is { } currency) rows = rows.Where(p => p.Currency == currency);
        if (wish.MinBedrooms is { } bedrooms) rows = rows.Where(p => p.Bedrooms >= bedrooms);
        if (wish.MoveIn is { } day) rows = rows.Where(p => p.AvailableFrom == null || p.AvailableFrom <= day);
        if (wish.Pets) rows = rows.Where(p => p.PetsAllowed);
        if (wish.Place?.Trim() is not { Length: > 0 } place) return rows;
        var like = LikeText.Holding(place);
        return rows.Where(p => EF.Functions.Like(p.City, like, LikeText.Escape) || EF.Functions.Like(p.Address, like, LikeText.Escape)
            || EF.Functions.Like(p.PostalCode, like, LikeText.Escape));
    }

    private static Property Read(PropertyRow p) => new(
        p.Id, p.Title, p.Reference, p.Kind, p.Deal, p.Status, p.Address, p.City, p.PostalCode, p.Price, p.Currency, p.Bedrooms, p.Bathrooms,
        p.Area, p.AreaUnit, p.AvailableFrom, p.PetsAllowed, p.Furnished, p.Url, p.Description);
}
