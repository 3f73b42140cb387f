using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using WorkflowStudio.Engine.Model.Json;

namespace WorkflowStudio.Engine.Model;

/// <summary>
/// The canonical JSON of definitions and layouts: how they are stored, compared and exported. Fields in a fixed order, empty ones left
/// out, times as ISO 8601 durations (<c>PT30S</c>), settings and extensions verbatim. Writing and reading again gives an equal value.
/// </summary>
public static class WorkflowJson
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A definition as JSON in UTF-8.</summary>
    public static byte[] Write(WorkflowDefinition definition) => Write(w => Definition(w, definition));

    /// <summary>A layout as JSON in UTF-8, in React Flow's terms.</summary>
    public static byte[] Write(EditorState editor) => Write(w => Editor(w, editor));

    /// <summary>Whether two definitions say the same.</summary>
    public static bool AreEqual(WorkflowDefinition a, WorkflowDefinition b) => Write(a).AsSpan().SequenceEqual(Write(b));

    /// <summary>
    /// Reads a definition; false with every problem of form. Fields that the canonical form does not know are ignored at the top and
    /// refused in steps, links and the trigger, where they would be lost. Whether it makes sense is the validator's question.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out WorkflowDefinition definition, out IReadOnlyList<WorkflowProblem> problems)
    {
        if (StrictJson.TryParse(utf8, out var value, out var problem)) return TryReadChecked(value, out definition, out problems);
        definition = WorkflowDefinition.Empty;
        problems = [problem!];
        return false;
    }

    /// <summary>As above, for JSON that is parsed already.</summary>
    public static bool TryRead(JsonElement value, out WorkflowDefinition definition, out IReadOnlyList<WorkflowProblem> problems)
    {
        if (StrictJson.Check(value) is not { } problem) return TryReadChecked(value, out definition, out problems);
        definition = WorkflowDefinition.Empty;
        problems = [problem];
        return false;
    }

    /// <summary>
    /// As above, for what <see cref="Write(WorkflowDefinition)"/> wrote: that it has no key twice and holds nothing but Unicode was seen to
    /// before it was stored, and is not looked at again.
    /// </summary>
    public static bool TryReadWritten(
        ReadOnlySpan<byte> utf8, out WorkflowDefinition definition, out IReadOnlyList<WorkflowProblem> problems)
    {
        try
        {
            return TryReadChecked(JsonElement.Parse(utf8), out definition, out problems);
        }
        catch (JsonException e)
        {
            definition = WorkflowDefinition.Empty;
            problems = [WorkflowProblem.Error(WorkflowProblemCodes.InvalidJson, "", null, e.Message)];
            return false;
        }
    }

    /// <summary>Reads a layout; false with every problem of form. Fields of React Flow that the model does not keep are ignored.</summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out EditorState editor, out IReadOnlyList<WorkflowProblem> problems)
    {
        editor = EditorState.None;
        if (!StrictJson.TryParse(utf8, out var value, out var problem))
        {
            problems = [problem!];
            return false;
        }
        var reader = new EditorReader();
        var read = reader.Editor(value);
        problems = reader.Problems;
        if (problems.Count == 0) editor = read;
        return problems.Count == 0;
    }

    private static bool TryReadChecked(JsonElement value, out WorkflowDefinition definition, out IReadOnlyList<WorkflowProblem> problems)
    {
        var reader = new DefinitionReader();
        var read = reader.Definition(value);
        problems = reader.Problems;
        definition = problems.Count == 0 ? read : WorkflowDefinition.Empty;
        return problems.Count == 0;
    }

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Compact)) write(writer);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Definition(Utf8JsonWriter w, WorkflowDefinition definition)
    {
        w.WriteStartObject();
        w.WriteStartObject("trigger");
        w.WriteString("type", definition.Trigger.Type);
        if (definition.Trigger.Event is { } name) w.WriteString("event", name);
        Value(w, "config", definition.Trigger.Config);
        Value(w, "constraints", definition.Trigger.Constraints);
        w.WriteEndObject();
        List(w, "nodes", definition.Nodes, Node);
        List(w, "link_connections", definition.Links, Link);
        if (definition.Settings != WorkflowSettings.None) Settings(w, definition.Settings);
        Value(w, "extensions", definition.Extensions);
        w.WriteEndObject();
    }

    private static void Settings(Utf8JsonWriter w, WorkflowSettings settings)
    {
        w.WriteStartObject("settings");
        if (settings.TimeZone is { } zone) w.WriteString("timezone", zone);
        if (settings.Timeout is { } timeout) w.WriteString("timeout", XmlConvert.ToString(timeout));
        if (settings.Concurrency is { } concurrency)
        {
            w.WriteStartObject("concurrency");
            w.WriteNumber("max", concurrency.Max);
            w.WriteString("beyond", JsonNamingPolicy.SnakeCaseLower.ConvertName(concurrency.Beyond.ToString()));
            w.WriteEndObject();
        }
        if (settings.Exit is { } exit)
        {
            w.WriteStartObject("exit_conditions");
            if (exit.MaxMessages is { } messages) w.WriteNumber("max_messages", messages);
            if (exit.TimeoutDays is { } days) w.WriteNumber("timeout_days", days);
            w.WriteEndObject();
        }
        if (settings.ErrorWorkflow is { } workflow) w.WriteString("error_workflow", workflow);
        Value(w, "variables", settings.Variables);
        w.WriteEndObject();
    }

    private static void Node(Utf8JsonWriter w, WorkflowNode node)
    {
        w.WriteString("id", node.Id);
        w.WriteString("type", node.Type);
        if (node.Name.Length > 0) w.WriteString("name", node.Name);
        Value(w, "config", node.Config);
        if (node.OnError != OnError.Fail) w.WriteString("on_error", node.OnError == OnError.Continue ? "continue" : "error_port");
        if (node.Retry is { } retry)
        {
            w.WriteStartObject("retry");
            w.WriteNumber("attempts", retry.Attempts);
            w.WriteString("delay", XmlConvert.ToString(retry.Delay));
            if (retry.Exponential) w.WriteBoolean("exponential", true);
            if (retry.Jitter) w.WriteBoolean("jitter", true);
            if (retry.Codes.Count > 0)
            {
                w.WriteStartArray("codes");
                foreach (var code in retry.Codes) w.WriteStringValue(code);
                w.WriteEndArray();
            }
            w.WriteEndObject();
        }
        if (node.Timeout is { } timeout) w.WriteString("timeout", XmlConvert.ToString(timeout));
        if (node.Disabled) w.WriteBoolean("disabled", true);
    }

    private static void Link(Utf8JsonWriter w, LinkConnection link)
    {
        w.WriteString("from", link.From);
        if (link.FromPort is { } port) w.WriteString("from_port", port);
        w.WriteString("to", link.To);
        if (link.MaxRounds is { } rounds) w.WriteNumber("max_rounds", rounds);
    }

    private static void Editor(Utf8JsonWriter w, EditorState editor)
    {
        w.WriteStartObject();
        List(w, "nodes", editor.Nodes, (w, n) => Place(w, n.Id, n.X, n.Y));
        if (editor.Viewport is { } seen)
        {
            w.WriteStartObject("viewport");
            w.WriteNumber("x", seen.X);
            w.WriteNumber("y", seen.Y);
            w.WriteNumber("zoom", seen.Zoom);
            w.WriteEndObject();
        }
        List(w, "notes", editor.Notes, Note);
        List(w, "groups", editor.Groups, Group);
        List(w, "unread", editor.Unread, Unread);
        w.WriteEndObject();
    }

    private static void Note(Utf8JsonWriter w, CanvasNote note)
    {
        Place(w, note.Id, note.X, note.Y);
        w.WriteNumber("width", note.Width);
        w.WriteString("text", note.Text);
        if (note.By is { } by) w.WriteString("by", by);
    }

    private static void Unread(Utf8JsonWriter w, UnreadText unread)
    {
        w.WriteString("id", unread.Id);
        w.WriteString("setting", unread.Setting);
        w.WriteString("text", unread.Text);
        w.WriteString("why", unread.Why);
    }

    private static void Group(Utf8JsonWriter w, CanvasGroup group)
    {
        Place(w, group.Id, group.X, group.Y);
        w.WriteNumber("width", group.Width);
        w.WriteNumber("height", group.Height);
        w.WriteString("title", group.Title);
    }

    private static void Place(Utf8JsonWriter w, string id, double x, double y)
    {
        w.WriteString("id", id);
        w.WriteStartObject("position");
        w.WriteNumber("x", x);
        w.WriteNumber("y", y);
        w.WriteEndObject();
    }

    private static void List<T>(Utf8JsonWriter w, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.Count == 0) return;
        w.WriteStartArray(name);
        foreach (var item in items)
        {
            w.WriteStartObject();
            write(w, item);
            w.WriteEndObject();
        }
        w.WriteEndArray();
    }

    private static void Value(Utf8JsonWriter w, string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined) return;
        w.WritePropertyName(name);
        value.WriteTo(w);
    }
}
