using System.Text.Json;

namespace WorkflowStudio.Engine.Model.Json;

/// <summary>Reads a layout. What else React Flow writes (edges, measured sizes, selection) is left out.</summary>
internal sealed class EditorReader
{
    private readonly FieldReader fields = new();

    public IReadOnlyList<WorkflowProblem> Problems => fields.Problems;

    public EditorState Editor(JsonElement value)
    {
        if (!fields.IsObject(value, "")) return EditorState.None;
        var seen = fields.Object(value, "", "viewport");
        return new EditorState
        {
            Nodes = [.. fields.List(value, "", "nodes").Select(i => Place(i.Value, i.Path))],
            Viewport = seen.ValueKind == JsonValueKind.Undefined
                ? null
                : new Viewport(
                    fields.Number(seen, "viewport", "x"), fields.Number(seen, "viewport", "y"), fields.Number(seen, "viewport", "zoom")),
            Notes = [.. fields.List(value, "", "notes").Select(i => Note(i.Value, i.Path))],
            Groups = [.. fields.List(value, "", "groups").Select(i => Group(i.Value, i.Path))],
            Unread = [.. fields.List(value, "", "unread").Select(i => Unread(i.Value, i.Path))],
        };
    }

    private NodePlace Place(JsonElement value, string path)
    {
        var position = fields.Object(value, path, "position");
        if (position.ValueKind == JsonValueKind.Undefined)
        {
            if (FieldReader.Field(value, "position").ValueKind == JsonValueKind.Undefined)
                fields.Required(value, path, "position", "an object with x and y");
            return new NodePlace(fields.Text(value, path, "id"), 0, 0);
        }
        return new NodePlace(fields.Text(value, path, "id"), fields.Number(position, path + ".position", "x"),
            fields.Number(position, path + ".position", "y"));
    }

    private CanvasNote Note(JsonElement value, string path)
    {
        var place = Place(value, path);
        return new CanvasNote(place.Id, place.X, place.Y, fields.Number(value, path, "width"), fields.Text(value, path, "text"),
            fields.OptionalText(value, path, "by"));
    }

    private UnreadText Unread(JsonElement value, string path) => new(
        fields.OptionalText(value, path, "id") ?? "", fields.OptionalText(value, path, "setting") ?? "",
        fields.OptionalText(value, path, "text") ?? "", fields.OptionalText(value, path, "why") ?? "");

    private CanvasGroup Group(JsonElement value, string path)
    {
        var place = Place(value, path);
        return new CanvasGroup(place.Id, place.X, place.Y, fields.Number(value, path, "width"), fields.Number(value, path, "height"),
            fields.Text(value, path, "title"));
    }
}
