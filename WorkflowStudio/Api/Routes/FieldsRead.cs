using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api.Routes;

/// <summary>What was wrong with the fields of a request: all of it at once.</summary>
internal abstract class FieldsRead
{
    private readonly List<WorkflowProblem> problems = [];

    /// <summary>What was wrong.</summary>
    public IReadOnlyList<WorkflowProblem> Problems => problems;

    /// <summary>Why the request is refused, in the words of its first problem; null when nothing was wrong.</summary>
    public ApiProblem? Refusal => problems.Count == 0 ? null : ApiProblem.Invalid(problems[0].Message, problems);

    /// <summary>A field does not hold what it should.</summary>
    public void Wrong(string field, string message) =>
        problems.Add(WorkflowProblem.Error(WorkflowProblemCodes.WrongField, field, null, message));

    /// <summary>A field is not there.</summary>
    public void Missing(string field) =>
        problems.Add(WorkflowProblem.Error(WorkflowProblemCodes.MissingField, field, null, $"The field {field} is missing."));
}

/// <summary>Reads the fields of a body that is an object. Null counts as not given.</summary>
internal sealed class BodyReader(JsonElement body) : FieldsReadOf(body);

/// <summary>Reads the fields of an object. Null counts as not given.</summary>
internal abstract class FieldsReadOf(JsonElement body) : FieldsRead
{
    /// <summary>Whether a field is given.</summary>
    public bool Has(string field) => Field(field).ValueKind != JsonValueKind.Undefined;

    /// <summary>A field as it is; undefined when it is not given.</summary>
    public JsonElement Field(string field) =>
        body.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : default;

    /// <summary>A text; null when it is not given, or is something else, which is a problem.</summary>
    public string? Text(string field, string? wrong = null)
    {
        var value = Field(field);
        if (value.ValueKind == JsonValueKind.String) return value.GetString();
        if (value.ValueKind != JsonValueKind.Undefined) Wrong(field, wrong ?? $"The field {field} has to be text.");
        return null;
    }

    /// <summary>A text that must be given; empty with a problem when it is not.</summary>
    public string NeededText(string field)
    {
        if (!Has(field)) Missing(field);
        return Text(field) ?? "";
    }

    /// <summary>An object; null when it is not given.</summary>
    public JsonElement? Object(string field, string? wrong = null)
    {
        if (!Has(field)) return null;
        if (Field(field).ValueKind != JsonValueKind.Object) Wrong(field, wrong ?? $"The field {field} has to be an object.");
        return Field(field);
    }

    /// <summary>Whether a field is true.</summary>
    public bool Flag(string field) => Field(field).ValueKind == JsonValueKind.True;

    /// <summary>A whole number from 0; null when it is none.</summary>
    public int? Index(string field) =>
        Field(field) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) && number >= 0 ? number : null;
}

/// <summary>Reads the parameters of an address.</summary>
internal sealed class QueryReader(IQueryCollection query) : FieldsRead
{
    /// <summary>A parameter; null when it is not given.</summary>
    public string? Text(string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <summary>An id in any of its forms; null when it is not given, or is none, which is a problem.</summary>
    public Guid? Id(string name)
    {
        if (Text(name) is not { } text) return null;
        if (ShownId.TryRead(text, out var id)) return id;
        Wrong(name, "The id has to be a UUID.");
        return null;
    }

    /// <summary>A day; null when it is not given, or is none, which is a problem.</summary>
    public DateOnly? Day(string name)
    {
        if (Text(name) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        Wrong(name, $"The {name} has to be a day such as 2026-11-30.");
        return null;
    }

    /// <summary>A whole number from 1.</summary>
    public int Count(string name, int preset)
    {
        if (Text(name) is not { } text) return preset;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1) return number;
        Wrong(name, $"The {name} has to be a whole number from 1.");
        return preset;
    }

    /// <summary>How many are left out at the beginning: a whole number from 0.</summary>
    public int Skip(string name)
    {
        if (Text(name) is not { } text) return 0;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return (int)Math.Min(number, int.MaxValue);
        Wrong(name, $"The {name} has to be a whole number from 0.");
        return 0;
    }

    /// <summary>Whether something is asked for: true or false, false when it is not given.</summary>
    public bool Flag(string name)
    {
        var text = Text(name);
        if (text is not (null or "true" or "false")) Wrong(name, $"The {name} has to be true or false.");
        return text == "true";
    }

    /// <summary>A place in a journal: a whole number from 0.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="text">What was given; null for nothing, which is the beginning.</param>
    public long Place(string name, string? text)
    {
        if (string.IsNullOrEmpty(text)) return 0;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place)) return place;
        Wrong(name, "The place has to be a whole number.");
        return 0;
    }
}
