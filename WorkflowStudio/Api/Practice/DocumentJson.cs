using System.Text.Json;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Practice.Documents;
using WorkflowStudio.Engine.Practice.Documents.Reading;
using WorkflowStudio.Engine.Practice.Tables;

namespace WorkflowStudio.Api.Practice;

/// <summary>Documents in JSON and in addresses.</summary>
internal static class DocumentJson
{
    private static readonly string[] Told =
        ["id", "contentType", "size", "sha256", "workflowId", "runId", "createdAt", "schema", "confidence", "readAt", "readByRunId"];

    /// <summary>The answer that tells of one.</summary>
    public static ApiAnswer One(DocumentItem item, int status = StatusCodes.Status200OK) =>
        SequencesAnswers.One(w => Write(w, item), status);

    /// <summary>A document without what is in it.</summary>
    public static void Write(Utf8JsonWriter w, DocumentItem d)
    {
        w.WriteString("id", d.Id);
        w.WriteString("name", d.Name);
        w.WriteString("contentType", d.ContentType);
        w.WriteNumber("size", d.Size);
        w.WriteBase64String("sha256", d.Sha256);
        w.WriteString("contactId", d.ContactId?.ToString());
        w.WriteString("workflowId", d.WorkflowId?.ToString());
        w.WriteString("runId", d.RunId?.ToString());
        w.WriteString("schema", d.Facts?.Schema);
        w.WritePropertyName("fields");
        if (d.Facts is { } facts) facts.Fields.WriteTo(w);
        else w.WriteNullValue();
        if (d.Facts?.Confidence is { } sure) w.WriteNumber("confidence", sure);
        else w.WriteNull("confidence");
        w.WriteString("readAt", d.Facts is { } read ? SequencesJson.Time(read.At) : null);
        w.WriteString("readByRunId", d.Facts?.RunId?.ToString());
        w.WriteString("createdAt", SequencesJson.Time(d.CreatedAt));
    }

    /// <summary>The text of a document.</summary>
    public static void Write(Utf8JsonWriter w, DocumentText read)
    {
        w.WriteString("kind", FieldChoice.ValueOf(read.Kind));
        w.WriteString("text", read.Text);
        w.WriteBoolean("isCut", read.IsCut);
        w.WriteStartArray("pages");
        foreach (var page in read.Pages)
        {
            w.WriteStartObject();
            w.WriteNumber("number", page.Number);
            w.WriteString("text", page.Text);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteStartArray("attachments");
        foreach (var name in read.Attachments) w.WriteStringValue(name);
        w.WriteEndArray();
    }

    /// <summary>Which documents an address asks for.</summary>
    public static DocumentFilter Filter(QueryReader reader) => new()
    {
        Search = reader.Text("search"), ContactId = reader.Id("contactId"), WorkflowId = reader.Id("workflowId"),
        RunId = reader.Id("runId"), HasFields = reader.Text("hasFields") is null ? null : reader.Flag("hasFields"),
        From = BodyValue.Moment(reader, "createdAt[gte]"), To = BodyValue.Moment(reader, "createdAt[lte]"),
    };

    /// <summary>What a body changes of a document.</summary>
    public static DocumentChange Change(JsonElement body, List<FieldProblem> problems)
    {
        var said = new DocumentChange();
        foreach (var field in body.EnumerateObject())
            said = field.Name switch
            {
                "name" => said with { Name = BodyValue.Text("name", field.Value, problems) },
                "contactId" when field.Value.ValueKind == JsonValueKind.Null => said with { IsAboutNobody = true },
                "contactId" => said with { ContactId = BodyValue.Id(field.Value) },
                "fields" => said with { Fields = Fields(field.Value, problems) },
                _ => BodyValue.Unknown(field.Name, ["name", "contactId", "fields"], Told, problems, said),
            };
        return said;
    }

    private static JsonElement? Fields(JsonElement value, List<FieldProblem> problems)
    {
        if (value.ValueKind == JsonValueKind.Object) return value;
        if (value.ValueKind != JsonValueKind.Null)
            problems.Add(new("fields", "The fields have to be an object, such as {\"total\": 120.5}."));
        return null;
    }
}
