using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Properties;

/// <summary>What a practice has to let or to sell, as it is kept by hand.</summary>
internal sealed class PropertyTable(
    IStudioWriter writer, IDbContextFactory<StudioDbContext> contexts, IdFactory ids, TimeProvider clock, PlatformEvents events)
    : PracticeTable<PropertyRow>(writer, contexts, ids, clock)
{
    private const string DefaultCurrency = "usd";

    public override string Name => "properties";

    public override string One => "property";

    public override string Title => "Properties";

    public override string Does => "What the practice has to let or to sell: the step “Match properties” finds what fits a lead.";

    public override string? Key => "reference";

    protected override IReadOnlyList<PracticeField<PropertyRow>> Columns { get; } =
    [
        Column("title", "Title", FieldKind.Text, p => p.Title, new() { IsNeeded = true, IsSearched = true }),
        Column("reference", "Reference", FieldKind.Text, p => p.Reference,
            new() { Longest = 80, IsSearched = true, Hint = "What you call it elsewhere. A file with references changes what is there." }),
        Column("status", "Status", FieldKind.Choice, p => p.Status,
            new() { Choices = FieldChoice.Of<PropertyStatus>(), IsListed = true, Hint = "Only what is available is matched." }),
        Column("deal", "To", FieldKind.Choice, p => p.Deal, new() { Choices = [new("rent", "Rent"), new("sale", "Buy")], IsListed = true }),
        Column("kind", "Kind", FieldKind.Choice, p => p.Kind, new() { Choices = FieldChoice.Of<PropertyKind>(), IsListed = true }),
        Column("price", "Price", FieldKind.Number, p => p.Price,
            new() { IsListed = true, Hint = "The rent of a month, or what it costs." }),
        Column("currency", "Currency", FieldKind.Text, p => p.Currency, new() { Longest = 3, Hint = "Such as USD." }),
        Column("bedrooms", "Bedrooms", FieldKind.Whole, p => p.Bedrooms, new() { Most = 100, IsListed = true }),
        Column("bathrooms", "Bathrooms", FieldKind.Number, p => p.Bathrooms, new() { Most = 100 }),
        Column("area", "Area", FieldKind.Number, p => p.Area, new() { Most = 100_000_000 }),
        Column("areaUnit", "Area in", FieldKind.Choice, p => p.AreaUnit,
            new() { Choices = [new("sqft", "Square feet"), new("sqm", "Square meters")] }),
        Column("address", "Address", FieldKind.Text, p => p.Address, new() { IsSearched = true }),
        Column("city", "City", FieldKind.Text, p => p.City, new() { Longest = 120, IsSearched = true, IsListed = true }),
        Column("postalCode", "Postal code", FieldKind.Text, p => p.PostalCode, new() { Longest = 20, IsSearched = true }),
        Column("availableFrom", "Available from", FieldKind.Day, p => p.AvailableFrom, new() { IsListed = true, Hint = "Empty: at once." }),
        Column("petsAllowed", "Pets allowed", FieldKind.Flag, p => p.PetsAllowed),
        Column("furnished", "Furnished", FieldKind.Flag, p => p.Furnished),
        Column("url", "Web page", FieldKind.Link, p => p.Url, new() { Longest = 2_000 }),
        Column("description", "Description", FieldKind.LongText, p => p.Description, new() { Longest = 5_000 }),
    ];

    protected override string NameOf(PropertyRow row) => row.Title;

    protected override IEnumerable<FieldProblem> Check(StudioDbContext db, Tenant tenant, PropertyRow row)
    {
        row.Currency = row.Currency.Length == 0 ? DefaultCurrency : row.Currency.ToLowerInvariant();
        if (Money.Decimals(row.Currency) is not { } decimals)
            yield return new("currency", $"{row.Currency.ToUpperInvariant()} is no currency of ISO 4217, such as USD or EUR.");
        else if (row.Price is { } price && decimal.Round(price, decimals) != price)
            yield return new("price", $"An amount in {row.Currency.ToUpperInvariant()} has at most {decimals} decimals.");
    }

    protected override void Added(StudioWrite write, Tenant tenant, PropertyRow row) =>
        events.Raise(write, tenant, PropertyEvents.Created(row));

    protected override void Changed(StudioWrite write, Tenant tenant, PropertyRow row) =>
        events.Raise(write, tenant, PropertyEvents.Updated(row));
}
