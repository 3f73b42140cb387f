using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Components.Shared.Pages;

/// <summary>The parameters of an address. Anybody can write anything there: what a page could not use is not there.</summary>
public sealed class AddressValues
{
    /// <summary>The longest text; nobody searches for more.</summary>
    public const int LongestText = 200;

    // what calendars can be turned to: a week before the first of all days cannot be shown
    private static readonly DateOnly FirstDay = new(1900, 1, 1);
    private static readonly DateOnly LastDay = new(2199, 12, 31);

    private readonly Dictionary<string, StringValues> values;

    private AddressValues(Dictionary<string, StringValues> values) => this.values = values;

    /// <summary>An address without parameters.</summary>
    public static AddressValues None { get; } = new([]);

    /// <summary>Those of an address, absolute or not.</summary>
    public static AddressValues Of(string address)
    {
        var end = address.IndexOf('#', StringComparison.Ordinal);
        if (end >= 0) address = address[..end];
        var start = address.IndexOf('?', StringComparison.Ordinal);
        return start < 0 ? None : new(QueryHelpers.ParseQuery(address[start..]));
    }

    /// <summary>A text in one line that somebody typed, without blanks around it.</summary>
    public string? Text(string name) =>
        Raw(name)?.Trim() is { Length: > 0 and <= LongestText } text && !text.Any(char.IsControl) ? text : null;

    /// <summary>One of the words that a page offers.</summary>
    public string? OneOf(string name, IReadOnlyList<(string Value, string Text)> offered) =>
        Raw(name) is { } word && offered.Any(o => o.Value == word) ? word : null;

    /// <summary>The id of something, in any of its forms.</summary>
    public Guid? Id(string name) => ShownId.TryRead(Raw(name), out var id) ? id : null;

    /// <summary>A whole number from 1.</summary>
    public long? Number(string name, long most = long.MaxValue) =>
        long.TryParse(Raw(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : null;

    /// <summary>A day, as <see cref="Day(DateOnly?)"/> writes it.</summary>
    public DateOnly? Day(string name) =>
        DateOnly.TryParseExact(Raw(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day >= FirstDay && day <= LastDay
            ? day
            : null;

    /// <summary>A day, as it stands in an address.</summary>
    public static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string? Raw(string name) => values.TryGetValue(name, out var all) && all.Count > 0 ? all[0] : null;
}
