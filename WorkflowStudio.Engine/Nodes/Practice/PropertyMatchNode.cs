using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Upstream;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Practice.Properties;

namespace WorkflowStudio.Engine.Nodes.Practice;

/// <summary>Finds the properties that fit what somebody looks for.</summary>
[Step("property_match", "Match properties", NodeGroup.Practice, "home_work",
    Does = "Finds which of the practice's available properties fit what somebody looks for, the cheapest first. What is left empty is "
        + "taken from the steps before, by the name of the field, or from the data that started the run; what nobody has said does "
        + "not matter. The summary is a list for a message.",
    Example = """{"deal":"rent","place":"{{ $initialPayload.city }}","max_price":"{{ $initialPayload.budget }}","limit":3}""")]
public sealed class PropertyMatchNode(IProperties properties) : NodeType<PropertyMatchSettings, PropertyMatchOutput>
{
    private static readonly string[] No = ["no", "none", "false", "0"];

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config) is not { } settings ? null : Card.Fit(string.Join(", ",
        new[]
        {
            settings.Deal, settings.Kind, settings.Place, settings.MaxPrice.Length > 0 ? $"up to {settings.MaxPrice}" : "",
            settings.MinBedrooms.Length > 0 ? $"{settings.MinBedrooms} bedrooms" : "",
        }.Where(w => w.Length > 0)));

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(
        PropertyMatchSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        var reading = new WishReading(input);
        var wish = new PropertyWish
        {
            Deal = reading.One<PropertyDeal>(settings.Deal, "deal"),
            Kind = reading.One<PropertyKind>(settings.Kind, "kind", "property_type"),
            Place = reading.Said(settings.Place, "place", "city", "location"),
            MaxPrice = reading.Number(settings.MaxPrice, "max_price", "budget", "max_rent"),
            Currency = settings.Currency.Trim() is { Length: > 0 } currency ? currency.ToLowerInvariant() : null,
            MinBedrooms = reading.Number(settings.MinBedrooms, "min_bedrooms", "bedrooms") is { } rooms
                ? (int)Math.Clamp(Math.Ceiling(rooms), 0, 100)
                : null,
            MoveIn = reading.Day(settings.MoveIn, "move_in", "move_in_date"),
            Pets = reading.Said(settings.Pets, "pets", "has_pets") is { } pets && !No.Contains(pets, StringComparer.OrdinalIgnoreCase),
        };
        if (reading.Wrong is { } wrong) return SettingsFailure.Wrong(wrong.Setting, wrong.Message);
        var found = await properties.MatchAsync(input.Run.Tenant, wish, settings.Limit, cancellationToken);
        var output = PropertyMatchOutput.Of(found);
        input.Log(NodeLogLevel.Info, found.Total switch
        {
            0 => "No property fits.",
            1 => $"1 property fits: {found.Items[0].Title}",
            var count => $"{count} properties fit, {found.Items.Count} of them are handed on.",
        });
        return Complete(output);
    }

    /// <summary>
    /// What is looked for: a setting, else what an earlier step or the payload says. A setting that cannot be read is wrong; what others
    /// have said and cannot be read is passed over with a line in the log.
    /// </summary>
    private sealed class WishReading(NodeInput input)
    {
        public (string Setting, string Message)? Wrong { get; private set; }

        public string? Said(string setting, params ReadOnlySpan<string> names)
        {
            if (setting.Trim() is { Length: > 0 } written) return written;
            foreach (var name in names)
                if (input.Said(name)?.Trim() is { Length: > 0 } said) return said;
            return null;
        }

        public decimal? Number(string setting, params ReadOnlySpan<string> names) =>
            Said(setting, names) is not { } said ? null
            : Amount(said) is { } number ? number
            : Missed<decimal>(setting, names[0], said, "has to hold a number, such as 1500");

        public T? One<T>(string setting, params ReadOnlySpan<string> names)
            where T : struct, Enum =>
            Said(setting, names) is not { } said ? null
            : Enum.TryParse<T>(said, true, out var value) && Enum.IsDefined(value) && !char.IsDigit(said[0]) ? value
            : Missed<T>(setting, names[0], said, $"is one of {string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}");

        public DateOnly? Day(string setting, params ReadOnlySpan<string> names) =>
            Said(setting, names) is not { } said ? null
            : DateOnly.TryParseExact(said.AsSpan(0, Math.Min(10, said.Length)), "yyyy-MM-dd", CultureInfo.InvariantCulture,
                DateTimeStyles.None, out var day) ? day
            : Missed<DateOnly>(setting, names[0], said, "has to be a day such as 2026-11-30");

        private T? Missed<T>(string setting, string name, string said, string rule)
            where T : struct
        {
            said = ShownText.Fit(said, 40);
            if (setting.Trim().Length > 0) Wrong ??= (name, $"“{said}” is not taken: {name} {rule}.");
            else input.Log(NodeLogLevel.Warning, $"“{said}”, which was said for {name}, is passed over: it {rule}.");
            return null;
        }

        // "about $1,500" and "1.5k"
        private static decimal? Amount(string said)
        {
            var begin = said.AsSpan().IndexOfAnyInRange('0', '9');
            if (begin < 0) return null;
            var end = begin;
            while (end < said.Length && (char.IsAsciiDigit(said[end]) || said[end] is ',' or '.')) end++;
            if (!NumberText.TryRead(said[begin..end].TrimEnd('.', ','), out var number)) return null;
            return end < said.Length && said[end] is 'k' or 'K' && number < 1_000_000 ? number * 1_000 : number;
        }
    }
}

/// <summary>The settings of <see cref="PropertyMatchNode"/>.</summary>
public sealed record PropertyMatchSettings
{
    [Setting("To", Description = "rent or sale. Empty: as an earlier step says in the field deal, else both.")]
    public string Deal { get; init; } = "";

    [Setting("Kind", Description = "apartment, house, room, studio, office, shop, land or other. Empty: the field kind or property_type.")]
    public string Kind { get; init; } = "";

    [Setting("Place", Description = "A part of city, address or postal code. Empty: the field place, city or location.")]
    public string Place { get; init; } = "";

    [Setting("At most", Description = "What it may cost, such as 1500. Empty: the field max_price, budget or max_rent.")]
    public string MaxPrice { get; init; } = "";

    [Setting("Currency", Description = "Of the price, such as USD. Empty: any.", Advanced = true)]
    public string Currency { get; init; } = "";

    [Setting("Bedrooms from", Description = "The fewest bedrooms. Empty: the field min_bedrooms or bedrooms.")]
    public string MinBedrooms { get; init; } = "";

    [Setting("Free on", Description = "The day of moving in, such as 2026-11-30. Empty: the field move_in or move_in_date.")]
    public string MoveIn { get; init; } = "";

    [Setting("Pets", Description = "yes when pets come along. Empty: the field pets or has_pets.")]
    public string Pets { get; init; } = "";

    [Setting("How many", Description = "The most properties that are handed on.", Min = 1, Max = 20)]
    public int Limit { get; init; } = 3;
}

/// <summary>The output of <see cref="PropertyMatchNode"/>.</summary>
public sealed record PropertyMatchOutput
{
    [Setting("Has matches")]
    public required bool HasMatches { get; init; }

    [Setting("Count", Description = "How many fit in all.")]
    public required int Count { get; init; }

    [Setting("Matches", Description = "The first of them, the cheapest first.")]
    public required IReadOnlyList<PropertyFacts> Matches { get; init; }

    [Setting("Property id", Description = "The first; missing where none fits.")]
    public Guid? PropertyId { get; init; }

    [Setting("Summary", Description = "The matches as a list for a message.")]
    public required string Summary { get; init; }

    internal static PropertyMatchOutput Of(PropertyMatches found) => new()
    {
        HasMatches = found.Total > 0, Count = found.Total, Matches = [.. found.Items.Select(PropertyFacts.Of)],
        PropertyId = found.Items.Count > 0 ? found.Items[0].Id : null,
        Summary = found.Total == 0
            ? "Nothing fits at the moment."
            : string.Join('\n', found.Items.Select(p => $"- {PropertyFacts.Words(p)}")),
    };
}

/// <summary>A property, for later steps.</summary>
public sealed record PropertyFacts
{
    [Setting("Property id")]
    public required Guid PropertyId { get; init; }

    [Setting("Title")]
    public required string Title { get; init; }

    [Setting("Reference")]
    public required string Reference { get; init; }

    [Setting("Kind")]
    public required string Kind { get; init; }

    [Setting("Deal", Description = "rent or sale.")]
    public required string Deal { get; init; }

    [Setting("Address", Description = "With postal code and city, as people write it.")]
    public required string Address { get; init; }

    [Setting("Price", Description = "As people read it: $1,450.00. Empty where it is not told.")]
    public required string Price { get; init; }

    [Setting("Bedrooms")]
    public int? Bedrooms { get; init; }

    [Setting("Available from", Description = "The day, 2026-11-30. Missing: at once.")]
    public string? AvailableFrom { get; init; }

    [Setting("Web page")]
    public required string Url { get; init; }

    internal static PropertyFacts Of(Property p) => new()
    {
        PropertyId = p.Id, Title = p.Title, Reference = p.Reference, Kind = p.Kind.ToString().ToLowerInvariant(),
        Deal = p.Deal.ToString().ToLowerInvariant(), Address = Place(p), Price = Cost(p), Bedrooms = p.Bedrooms,
        AvailableFrom = p.AvailableFrom?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Url = p.Url,
    };

    internal static string Words(Property p) => string.Join(", ", new[]
    {
        p.Title, Place(p), Cost(p) is { Length: > 0 } cost ? p.Deal == PropertyDeal.Rent ? $"{cost} a month" : cost : "",
        p.Bedrooms switch { null or 0 => "", 1 => "1 bedroom", var rooms => $"{rooms} bedrooms" },
        p.AvailableFrom is { } day ? $"from {day.ToString("MMM d, yyyy", CultureInfo.InvariantCulture)}" : "", p.Url,
    }.Where(w => w.Length > 0));

    private static string Place(Property p) =>
        string.Join(", ", new[] { p.Address, $"{p.PostalCode} {p.City}".Trim() }.Where(w => w.Length > 0));

    private static string Cost(Property p) => p.Price is { } price ? Money.Text(price, p.Currency) : "";
}
