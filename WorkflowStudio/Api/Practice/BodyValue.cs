using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Practice.Tables;

namespace WorkflowStudio.Api.Practice;

/// <summary>Single values of bodies. What is none of its kind is a problem at its place; null is nothing said.</summary>
internal static class BodyValue
{
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
}
