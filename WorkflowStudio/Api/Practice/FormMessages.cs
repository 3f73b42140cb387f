using System.Text.Json;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Engine.Practice.Tables;

namespace WorkflowStudio.Api.Practice;

/// <summary>Forms and submissions in JSON and in addresses.</summary>
internal static class FormMessages
{
    // what an answer has beside what may be sent
    private static readonly string[] Told =
        ["id", "url", "isOpen", "revision", "submissions", "lastSubmissionAt", "createdAt", "updatedAt"];

    private static readonly string[] Sent = ["name", "title", "intro", "thanks", "status", "closesAt", "fields"];
    private static readonly string[] OfField = ["key", "label", "type", "required", "choices", "hint", "longest"];

    /// <summary>A form as it is answered.</summary>
    public static void Write(Utf8JsonWriter w, FormItem item)
    {
        var (form, content) = (item.Form, item.Form.Content);
        w.WriteString("id", form.Id);
        w.WriteString("name", content.Name);
        w.WriteString("title", content.Title);
        w.WriteString("intro", content.Intro);
        w.WriteString("thanks", content.Thanks);
        w.WriteString("status", FormJson.NameOf(content.Status));
        w.WriteString("closesAt", content.ClosesAt is { } at ? SequencesJson.Time(at) : null);
        w.WriteBoolean("isOpen", item.IsOpen);
        w.WriteString("url", form.Url);
        w.WriteStartArray("fields");
        foreach (var field in content.Fields) Write(w, field);
        w.WriteEndArray();
        w.WriteNumber("revision", form.Revision);
        w.WriteNumber("submissions", item.Submissions);
        w.WriteString("lastSubmissionAt", item.LastAt is { } last ? SequencesJson.Time(last) : null);
        w.WriteString("createdAt", SequencesJson.Time(form.CreatedAt));
        w.WriteString("updatedAt", SequencesJson.Time(form.UpdatedAt));
    }

    /// <summary>A submission as it is answered.</summary>
    public static void Write(Utf8JsonWriter w, Submission sent)
    {
        w.WriteString("id", sent.Id);
        w.WriteString("formId", sent.FormId);
        w.WriteString("formName", sent.FormName);
        w.WritePropertyName("values");
        sent.Values.WriteTo(w);
        w.WriteString("contactId", sent.ContactId?.ToString());
        w.WriteString("receivedAt", SequencesJson.Time(sent.At));
    }

    /// <summary>
    /// A form with what a body says of it; what it does not name stays. Fields are sent all together, in their order. What is wrong with
    /// the shape of the body is a problem; what is wrong with the form is said by whoever stores it.
    /// </summary>
    public static FormContent Read(JsonElement body, FormContent form, ICollection<FieldProblem> problems)
    {
        foreach (var (name, value) in body.EnumerateObject().Select(p => (p.Name, p.Value)))
        {
            if (Told.Contains(name)) continue;
            form = name switch
            {
                "name" => form with { Name = BodyValue.Text(name, value, problems) },
                "title" => form with { Title = BodyValue.Text(name, value, problems) },
                "intro" => form with { Intro = BodyValue.Text(name, value, problems) },
                "thanks" => form with { Thanks = BodyValue.Text(name, value, problems) },
                "status" => form with { Status = Status(value, problems) },
                "closesAt" => form with { ClosesAt = BodyValue.Moment(name, value, problems) },
                "fields" => form with { Fields = Fields(value, problems) },
                _ => Unknown(name, Sent, name, problems, form),
            };
        }

        return form;
    }

    /// <summary>The revision that a body says it has seen; null where it says none.</summary>
    public static int? Revision(JsonElement body, ICollection<FieldProblem> problems)
    {
        if (!body.TryGetProperty("revision", out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var revision)) return revision;
        problems.Add(new("revision", "The revision has to be a whole number."));
        return null;
    }

    /// <summary>Which forms an address asks for.</summary>
    public static FormFilter Forms(QueryReader reader)
    {
        var status = reader.Text("status");
        if (status is not (null or "open" or "closed")) reader.Wrong("status", "The status is one of open, closed.");
        return new FormFilter(reader.Text("search"), status is null ? null : status == "open");
    }

    /// <summary>Which submissions an address asks for.</summary>
    public static SubmissionFilter Submissions(QueryReader reader) => new()
    {
        FormId = reader.Id("formId"), ContactId = reader.Id("contactId"), From = BodyValue.Moment(reader, "receivedAt[gte]"),
        Before = BodyValue.Moment(reader, "receivedAt[lte]") is { } last ? After(last.UtcDateTime) : null,
    };

    // times are answered in whole seconds: the whole of the last one counts, as far as time goes
    private static DateTimeOffset After(DateTime last) =>
        last < DateTime.MaxValue.AddSeconds(-1) ? new DateTimeOffset(last.AddSeconds(1)) : DateTimeOffset.MaxValue;

    private static void Write(Utf8JsonWriter w, FormField field)
    {
        w.WriteStartObject();
        w.WriteString("key", field.Key);
        w.WriteString("label", field.Label);
        w.WriteString("type", FormJson.NameOf(field.Type));
        w.WriteBoolean("required", field.Required);
        w.WriteStartArray("choices");
        foreach (var choice in field.Choices) w.WriteStringValue(choice);
        w.WriteEndArray();
        w.WriteString("hint", field.Hint);
        if (field.Longest is { } longest) w.WriteNumber("longest", longest);
        else w.WriteNull("longest");
        w.WriteEndObject();
    }

    private static List<FormField> Fields(JsonElement value, ICollection<FieldProblem> problems)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            problems.Add(new("fields", "The fields have to be a list."));
            return [];
        }

        return [.. value.EnumerateArray().Index().Select(f => Field($"fields[{f.Index}]", f.Item, problems))];
    }

    private static FormField Field(string place, JsonElement value, ICollection<FieldProblem> problems)
    {
        var field = new FormField();
        if (value.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new(place, "A field has to be an object with key, label and type."));
            return field;
        }

        foreach (var (name, part) in value.EnumerateObject().Select(p => (p.Name, p.Value)))
            field = name switch
            {
                "key" => field with { Key = BodyValue.Text($"{place}.key", part, problems) },
                "label" => field with { Label = BodyValue.Text($"{place}.label", part, problems) },
                "hint" => field with { Hint = BodyValue.Text($"{place}.hint", part, problems) },
                "type" => field with { Type = Type($"{place}.type", part, problems) },
                "required" => field with { Required = BodyValue.Flag($"{place}.required", part, problems) },
                "choices" => field with { Choices = Texts($"{place}.choices", part, problems) },
                "longest" => field with { Longest = BodyValue.Whole($"{place}.longest", part, problems) },
                _ => Unknown($"{place}.{name}", OfField, name, problems, field),
            };
        return field;
    }

    private static T Unknown<T>(string place, string[] known, string name, ICollection<FieldProblem> problems, T same)
    {
        problems.Add(new(place, FieldReading.Unknown(known, name)));
        return same;
    }

    private static string[] Texts(string place, JsonElement value, ICollection<FieldProblem> problems)
    {
        if (value.ValueKind == JsonValueKind.Null) return [];
        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String))
            return [.. value.EnumerateArray().Select(v => v.GetString()!)];
        problems.Add(new(place, "The choices have to be a list of texts."));
        return [];
    }

    private static FormFieldType Type(string place, JsonElement value, ICollection<FieldProblem> problems)
    {
        foreach (var (name, type) in FormJson.Types)
            if (value.ValueKind == JsonValueKind.String && value.ValueEquals(name)) return type;
        problems.Add(new(place, $"The type is one of {string.Join(", ", FormJson.Types.Select(t => t.Name))}."));
        return default;
    }

    private static FormStatus Status(JsonElement value, ICollection<FieldProblem> problems)
    {
        if (value.ValueKind == JsonValueKind.String && value.ValueEquals("open")) return FormStatus.Open;
        if (value.ValueKind != JsonValueKind.String || !value.ValueEquals("closed"))
            problems.Add(new("status", "The status is one of open, closed."));
        return FormStatus.Closed;
    }
}
