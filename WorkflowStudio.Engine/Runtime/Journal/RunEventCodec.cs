using System.Buffers;
using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Runs;

namespace WorkflowStudio.Engine.Runtime.Journal;

/// <summary>Writes the payload of an event as JSON and reads it back. Short names, since there are many; the format is kept for ever.</summary>
public static class RunEventCodec
{
    private static readonly JsonWriterOptions Plain = new() { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The payload, or null when the kind says it all.</summary>
    public static byte[]? Write(RunEvent e)
    {
        switch (e)
        {
            case RunEvent.StepStarted or RunEvent.StepSkipped or RunEvent.RunCompleted:
                return null;
            case RunEvent.RunStarted s:
                return Raw(s.Payload);
            case RunEvent.StepCompleted { Port: null } c:
                return Raw(c.Output);
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        using var w = new Utf8JsonWriter(buffer, Plain);
        w.WriteStartObject();
        switch (e)
        {
            case RunEvent.StepCompleted c:
                w.WriteString("$port", c.Port);
                Element(w, "out", c.Output);
                break;
            case RunEvent.StepFailed f:
                w.WriteString("code", f.Code);
                w.WriteString("text", f.Message);
                break;
            case RunEvent.RetryScheduled r:
                w.WriteString("code", r.Code);
                w.WriteString("text", r.Message);
                w.WriteNumber("at", r.At.ToUnixTimeMilliseconds());
                break;
            case RunEvent.StepParked p:
                if (p.Until is { } until) w.WriteNumber("until", until.ToUnixTimeMilliseconds());
                if (p.Signal is not null) w.WriteString("signal", p.Signal);
                if (p.Caption is not null) w.WriteString("caption", p.Caption);
                Element(w, "state", p.State);
                break;
            case RunEvent.StepWoken k:
                w.WriteNumber("why", (int)k.Why);
                if (k.Signal is not null) w.WriteString("signal", k.Signal);
                if (k.By is not null) w.WriteString("by", k.By);
                Element(w, "data", k.Data);
                break;
            case RunEvent.Log l:
                w.WriteNumber("level", (int)l.Level);
                w.WriteString("text", l.Text);
                break;
            case RunEvent.RunFailed f:
                w.WriteString("code", f.Code);
                w.WriteString("text", f.Message);
                break;
            case RunEvent.RunCanceled c:
                w.WriteString("by", c.By);
                break;
            default:
                throw new InvalidOperationException($"Writing a journal event of the unknown kind {e.Kind}.");
        }

        w.WriteEndObject();
        w.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads an event from its columns. Throws <see cref="JsonException"/> or <see cref="InvalidOperationException"/> when the row cannot be read.</summary>
    public static RunEvent Read(RunEventKind kind, string? nodeId, int attempt, byte[]? payload)
    {
        switch (kind)
        {
            case RunEventKind.RunStarted: return new RunEvent.RunStarted(Parse(payload));
            case RunEventKind.StepStarted: return new RunEvent.StepStarted(nodeId!, attempt);
            case RunEventKind.StepSkipped: return new RunEvent.StepSkipped(nodeId!);
            case RunEventKind.RunCompleted: return new RunEvent.RunCompleted();
        }

        var p = Parse(payload);
        return kind switch
        {
            RunEventKind.StepCompleted => p.ValueKind == JsonValueKind.Object && p.TryGetProperty("$port", out var port)
                ? new RunEvent.StepCompleted(nodeId!, attempt, Get(p, "out"), port.GetString())
                : new RunEvent.StepCompleted(nodeId!, attempt, p, null),
            RunEventKind.StepFailed => new RunEvent.StepFailed(nodeId!, attempt, Text(p, "code")!, Text(p, "text")!),
            RunEventKind.RetryScheduled => new RunEvent.RetryScheduled(nodeId!, attempt, Text(p, "code")!, Text(p, "text")!, Time(p, "at")!.Value),
            RunEventKind.StepParked => new RunEvent.StepParked(nodeId!, attempt, Time(p, "until"), Text(p, "signal"), Get(p, "state"), Text(p, "caption")),
            RunEventKind.StepWoken => new RunEvent.StepWoken(nodeId!, attempt, (NodeWakeKind)p.GetProperty("why").GetInt32(), Text(p, "signal"), Get(p, "data"), Text(p, "by")),
            RunEventKind.Log => new RunEvent.Log(nodeId!, attempt, (NodeLogLevel)p.GetProperty("level").GetInt32(), Text(p, "text")!),
            RunEventKind.RunFailed => new RunEvent.RunFailed(Text(p, "code")!, Text(p, "text")!),
            RunEventKind.RunCanceled => new RunEvent.RunCanceled(Text(p, "by")!),
            _ => throw new InvalidOperationException($"Reading a journal row of the unknown kind {(int)kind}."),
        };
    }

    private static byte[]? Raw(JsonElement value) =>
        value.ValueKind == JsonValueKind.Undefined ? null : System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value).ToArray();

    private static JsonElement Parse(byte[]? payload)
    {
        if (payload is null || payload.Length == 0) return default;
        var reader = new Utf8JsonReader(payload);
        return JsonElement.ParseValue(ref reader);
    }

    private static void Element(Utf8JsonWriter w, string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined) return;
        w.WritePropertyName(name);
        value.WriteTo(w);
    }

    private static JsonElement Get(JsonElement p, string name) => p.ValueKind == JsonValueKind.Object && p.TryGetProperty(name, out var value) ? value : default;

    private static string? Text(JsonElement p, string name) => Get(p, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static DateTimeOffset? Time(JsonElement p, string name) =>
        Get(p, name) is { ValueKind: JsonValueKind.Number } value ? DateTimeOffset.FromUnixTimeMilliseconds(value.GetInt64()) : null;
}
