using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Tables;

namespace WorkflowStudio.Api.Practice;

/// <summary>Single values of bodies. What is none of its kind is a problem at its place; null is nothing said.</summary>
internal static class BodyValue
{
    private const string MomentWords = "It has to be a time with its zone, such as 2026-12-24T18:00:00Z.";

    public static string Text(string place, JsonElement value, ICollection<FieldProblem> problems)
    {
        if (value.ValueKind == JsonValueKind.String) return value.GetString()!;
        if (value.ValueKind != JsonValueKind.Null) problems.Add(new(place, "It has to be text."));
        return "";
    }

    public static bool Flag(string place, JsonElement value, ICollection<FieldProblem> problems)
    {
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) problems.Add(new(place, "It is true or false."));
        return value.ValueKind == JsonValueKind.True;
    }

    public static int? Whole(string place, JsonElement value, ICollection<FieldProblem> problems)
    {
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)) return number;
        problems.Add(new(place, "It has to be a whole number."));
        return null;
    }

    public static decimal? Number(string place, JsonElement value, ICollection<FieldProblem> problems)
    {
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number)) return number;
        problems.Add(new(place, "It has to be a number such as 180.00."));
        return null;
    }

    public static DateOnly? Day(string place, JsonElement value, ICollection<FieldProblem> problems)
    {
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(
            value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        problems.Add(new(place, "It has to be a day such as 2026-11-30."));
        return null;
    }

    /// <summary>A time with its zone.</summary>
    public static DateTimeOffset? Moment(string place, JsonElement value, ICollection<FieldProblem> problems)
    {
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.String && TryMoment(value.GetString()!, out var at)) return at;
        problems.Add(new(place, MomentWords));
        return null;
    }

    /// <summary>The same of a parameter; null when it is not given.</summary>
    public static DateTimeOffset? Moment(QueryReader reader, string name)
    {
        if (reader.Text(name) is not { } text) return null;
        if (TryMoment(text, out var at)) return at;
        reader.Wrong(name, MomentWords);
        return null;
    }

    private static bool TryMoment(string text, out DateTimeOffset at)
    {
        string[] forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];
        return DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at)
            && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 10);
    }

    /// <summary>An id; what is none is as unknown as any other. Null is nothing said.</summary>
    public static Guid? Id(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String && ShownId.TryRead(value.GetString()!, out var id) ? id
        : Guid.Empty;

    /// <summary>
    /// A field that is not taken: a problem, unless answers have it, so that what was read can be sent back. Answers what is said so far.
    /// </summary>
    public static T Unknown<T>(string name, string[] taken, string[] told, ICollection<FieldProblem> problems, T said)
    {
        if (!told.Contains(name)) problems.Add(new(name, FieldReading.Unknown(taken, name)));
        return said;
    }
}
