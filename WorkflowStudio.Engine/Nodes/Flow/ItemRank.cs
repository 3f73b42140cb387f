using System.Text.Json;
using NodaTime;
using WorkflowStudio.Engine.Expressions.Values;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>
/// Where a value stands among others. Values of one kind stand as <see cref="Conditions"/> compares them by size; so that all have an
/// order, kinds stand apart: numbers and texts that spell them, dates as points of time, other texts by their characters, no before yes.
/// What is missing or null stands last in either direction. Pure.
/// </summary>
internal readonly struct ItemRank
{
    private readonly Place place;
    private readonly decimal exact;
    private readonly double wide;
    private readonly Instant at;
    private readonly string text;

    private ItemRank(Place place, decimal exact = 0, double wide = 0, Instant at = default, string text = "") =>
        (this.place, this.exact, this.wide, this.at, this.text) = (place, exact, wide, at, text);

    private enum Place
    {
        Number,
        Beyond, // a number of more than 28 digits
        Time,
        Text,
        Truth,
        Nothing,
    }

    /// <summary>The rank of a value; null when it has none: a list or an object.</summary>
    public static ItemRank? Of(JsonElement value, DateTimeZone zone) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => new ItemRank(Place.Nothing),
        JsonValueKind.Number => value.TryGetDecimal(out var number) ? Of(number) : new ItemRank(Place.Beyond, wide: value.GetDouble()),
        JsonValueKind.True => new ItemRank(Place.Truth, 1),
        JsonValueKind.False => new ItemRank(Place.Truth),
        JsonValueKind.String => Of(value.GetString()!, zone),
        _ => null,
    };

    /// <summary>Below 0 when this one comes before the other, above 0 when behind it.</summary>
    public int CompareTo(in ItemRank other, bool isDescending, StringComparison letters)
    {
        if (place == Place.Nothing || other.place == Place.Nothing) return (place == Place.Nothing).CompareTo(other.place == Place.Nothing);
        var order = Kind(place).CompareTo(Kind(other.place));
        if (order == 0)
            order = place switch
            {
                Place.Time => at.CompareTo(other.at),
                Place.Text => string.Compare(text, other.text, letters),
                _ when place == Place.Beyond || other.place == Place.Beyond => wide.CompareTo(other.wide),
                _ => exact.CompareTo(other.exact),
            };
        return isDescending ? -order : order;
    }

    private static Place Kind(Place place) => place == Place.Beyond ? Place.Number : place;

    private static ItemRank Of(decimal number) => new(Place.Number, number, (double)number);

    private static ItemRank Of(string text, DateTimeZone zone) =>
        NumberText.TryRead(text, out var number) ? Of(number)
        : NumberText.TryReadWide(text, out var far) ? new ItemRank(Place.Beyond, wide: far)
        : DateText.TryRead(text, zone, out var date) ? new ItemRank(Place.Time, at: date.At.ToInstant())
        : new ItemRank(Place.Text, text: text);
}
