using System.Text.Json;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Tables;

namespace WorkflowStudio.Engine.Practice.Properties;

/// <summary>The events of properties, raised where the row is written.</summary>
internal static class PropertyEvents
{
    public static PlatformEvent Created(PropertyRow property) => new(KnownEvents.PropertyCreated, () => Data(property));

    public static PlatformEvent Updated(PropertyRow property) => new(KnownEvents.PropertyUpdated, () => Data(property));

    private static JsonElement Data(PropertyRow p) => JsonSerializer.SerializeToElement(new
    {
        property_id = p.Id, title = p.Title, reference = p.Reference, status = FieldChoice.ValueOf(p.Status),
        deal = FieldChoice.ValueOf(p.Deal), kind = FieldChoice.ValueOf(p.Kind), price = p.Price, currency = p.Currency,
        bedrooms = p.Bedrooms, address = p.Address, city = p.City,
        postal_code = p.PostalCode, available_from = p.AvailableFrom, pets_allowed = p.PetsAllowed, url = p.Url,
    });
}
