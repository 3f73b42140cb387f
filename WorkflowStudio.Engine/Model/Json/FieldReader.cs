using System.Globalization;
using System.Text.Json;

namespace WorkflowStudio.Engine.Model.Json;

/// <summary>Reads the fields of JSON objects one by one and collects what is wrong instead of stopping. Null counts as not given.</summary>
internal sealed class FieldReader
{
    private const int MaxProblems = 50;
    private readonly List<WorkflowProblem> problems = [];

    /// <summary>What was wrong, at most 50 problems.</summary>
    public IReadOnlyList<WorkflowProblem> Problems => problems;

    /// <summary>Whether a value is an object; a problem when not.</summary>
    public bool IsObject(JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Object) return true;
        Wrong(path.Length == 0 ? "The definition" : path, path, "an object", value);
        return false;
    }

    /// <summary>Refuses every field that is not named.</summary>
    public void Only(JsonElement value, string path, params string[] known)
    {
        foreach (var property in value.EnumerateObject())
        {
            if (known.Contains(property.Name)) continue;
            var place = JsonPlace.Property(path, property.Name);
            Add(WorkflowProblemCodes.UnknownField, place,
                $"There is no field {place}. Known: {string.Join(", ", known)}.{NearestName.Hint(property.Name, known)}");
        }
    }

    /// <summary>A field as it is; undefined when it is absent or null.</summary>
    public static JsonElement Field(JsonElement value, string name) =>
        value.TryGetProperty(name, out var field) && field.ValueKind != JsonValueKind.Null ? field : default;

    /// <summary>A text that must be there; empty with a problem when it is not.</summary>
    public string Text(JsonElement value, string path, string name)
    {
        if (Field(value, name).ValueKind != JsonValueKind.Undefined) return OptionalText(value, path, name) ?? "";
        var place = JsonPlace.Property(path, name);
        Add(WorkflowProblemCodes.MissingField, place, $"{place} is missing.");
        return "";
    }

    /// <summary>A text, or null.</summary>
    public string? OptionalText(JsonElement value, string path, string name) =>
        Read(value, path, name, "text", JsonValueKind.String) is { } field ? field.GetString() : null;

    /// <summary>An object, or undefined.</summary>
    public JsonElement Object(JsonElement value, string path, string name) =>
        Read(value, path, name, "an object", JsonValueKind.Object) ?? default;

    /// <summary>The items of a list with their places; none when it is absent.</summary>
    public IEnumerable<(JsonElement Value, string Path)> List(JsonElement value, string path, string name)
    {
        if (Read(value, path, name, "a list", JsonValueKind.Array) is not { } list) return [];
        var place = JsonPlace.Property(path, name);
        return list.EnumerateArray().Select((item, i) => (item, JsonPlace.Item(place, i))).Where(i => IsObject(i.item, i.Item2));
    }

    /// <summary>True or false; false when it is absent.</summary>
    public bool Flag(JsonElement value, string path, string name) =>
        Field(value, name).ValueKind is not JsonValueKind.False && Read(value, path, name, "true or false", JsonValueKind.True) is not null;

    /// <summary>A whole number that must be there.</summary>
    public int Integer(JsonElement value, string path, string name)
    {
        if (Field(value, name) is { ValueKind: JsonValueKind.Number } field && field.TryGetInt32(out var number)) return number;
        Required(value, path, name, "a whole number");
        return 0;
    }

    /// <summary>A whole number, or null.</summary>
    public int? OptionalInteger(JsonElement value, string path, string name) =>
        Field(value, name).ValueKind == JsonValueKind.Undefined ? null : Integer(value, path, name);

    /// <summary>A list of texts; empty when it is absent.</summary>
    public IEnumerable<string> Texts(JsonElement value, string path, string name)
    {
        if (Read(value, path, name, "a list", JsonValueKind.Array) is not { } list) return [];
        if (list.EnumerateArray().All(i => i.ValueKind == JsonValueKind.String)) return list.EnumerateArray().Select(i => i.GetString()!);
        Required(value, path, name, "a list of texts");
        return [];
    }

    /// <summary>A number that must be there.</summary>
    public double Number(JsonElement value, string path, string name)
    {
        if (Field(value, name) is { ValueKind: JsonValueKind.Number } field && field.TryGetDouble(out var number)
            && double.IsFinite(number)) return number;
        Required(value, path, name, "a number");
        return 0;
    }

    /// <summary>A problem with a field that is there but not what was wanted, or missing.</summary>
    public void Required(JsonElement value, string path, string name, string wanted)
    {
        var place = JsonPlace.Property(path, name);
        if (Field(value, name) is { ValueKind: not JsonValueKind.Undefined } field) Wrong(place, place, wanted, field);
        else Add(WorkflowProblemCodes.MissingField, place, $"{place} is missing. It must be {wanted}.");
    }

    private JsonElement? Read(JsonElement value, string path, string name, string wanted, JsonValueKind kind)
    {
        var field = Field(value, name);
        if (field.ValueKind == kind) return field;
        if (field.ValueKind != JsonValueKind.Undefined) Required(value, path, name, wanted);
        return null;
    }

    private void Wrong(string subject, string path, string wanted, JsonElement found) =>
        Add(WorkflowProblemCodes.WrongField, path,
            string.Create(CultureInfo.InvariantCulture, $"{subject} must be {wanted}, but {Shown(found)} was found."));

    private void Add(string code, string path, string message)
    {
        if (problems.Count < MaxProblems) problems.Add(WorkflowProblem.Error(code, path, null, message));
    }

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $"the text \"{Validation.Words.Short(value.GetString()!)}\"",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => Validation.Words.Short(value.GetRawText()),
    };
}
