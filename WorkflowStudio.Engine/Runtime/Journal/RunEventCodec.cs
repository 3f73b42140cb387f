using System.Buffers;
using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Journal;

/// <summary>Writes the payload of an event as JSON and reads it back. Short names, since there are many; the format is kept for ever.</summary>
public static class RunEventCodec
{
    // a value that has a field of these names itself is wrapped, so that it is not taken for the wrapping
    private const string Port = "$port";
    private const string UpTo = "$up_to";

    private static readonly JsonWriterOptions Plain = new() { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The payload, or null when the kind says it all.</summary>
    public static byte[]? Write(RunEvent e)
    {
        switch (e)
        {
            case RunEvent.StepStarted or RunEvent.StepSkipped or RunEvent.RoundStarted or RunEvent.RunCompleted { Early: null, Output.ValueKind: JsonValueKind.Undefined }:
                return null;
            case RunEvent.RunStarted { UpTo: null, Heard: 0, TraceParent: null, Flags: RunFlags.None } s when !Has(s.Payload, UpTo):
                return Raw(s.Payload);
            case RunEvent.StepCompleted { Port: null } c when !Has(c.Output, Port):
                return Raw(c.Output);
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        using var w = new Utf8JsonWriter(buffer, Plain);
        w.WriteStartObject();
        switch (e)
        {
            case RunEvent.RunStarted s:
                w.WriteString(UpTo, s.UpTo);
                if (s.Heard > 0) w.WriteNumber("heard", s.Heard);
                if (s.TraceParent is not null) w.WriteString("trace", s.TraceParent);
                if (s.Flags != RunFlags.None) w.WriteNumber("flags", (int)s.Flags);
                Element(w, "payload", s.Payload);
                break;
            case RunEvent.StepCompleted c:
                w.WriteString(Port, c.Port);
                Element(w, "out", c.Output);
                break;
            case RunEvent.LoopStarted l:
                w.WriteNumber("concurrency", l.Concurrency);
                if (l.KeepGoing) w.WriteBoolean("keep_going", true);
                Element(w, "items", l.Items);
                Known(w, l);
                break;
            case RunEvent.IterationEnded i:
                if (i.Code is not null) w.WriteString("code", i.Code);
                if (i.Message is not null) w.WriteString("text", i.Message);
                Element(w, "out", i.Output);
                break;
            case RunEvent.RunCompleted c:
                if (c.Early is not null) w.WriteString("text", c.Early);
                Element(w, "out", c.Output);
                break;
            case RunEvent.RunPaused p:
                w.WriteString("by", p.By);
                if (p.Code is not null) w.WriteString("code", p.Code);
                if (p.Message is not null) w.WriteString("text", p.Message);
                if (p.Until is { } resumes) w.WriteNumber("until", resumes.ToUnixTimeMilliseconds());
                break;
            case RunEvent.RunResumed r:
                w.WriteString("by", r.By);
                break;
            case RunEvent.StepFailed f:
                w.WriteString("code", f.Code);
                w.WriteString("text", f.Message);
                Element(w, "cause", f.Cause);
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
                Element(w, "match", p.Match);
                break;
            case RunEvent.StepWoken k:
                w.WriteNumber("why", (int)k.Why);
                if (k.Signal is not null) w.WriteString("signal", k.Signal);
                if (k.By is not null) w.WriteString("by", k.By);
                if (k.SignalId > 0) w.WriteNumber("id", k.SignalId);
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
    public static RunEvent Read(RunEventKind kind, string? nodeId, string? iteration, int attempt, byte[]? payload)
    {
        var e = Read(kind, nodeId, attempt, Parse(payload));
        return iteration is null ? e : e with { Iteration = iteration };
    }

    private static RunEvent Read(RunEventKind kind, string? nodeId, int attempt, JsonElement p) => kind switch
    {
        RunEventKind.RunStarted => Has(p, UpTo)
            ? new RunEvent.RunStarted(Get(p, "payload"))
            {
                UpTo = Text(p, UpTo), Heard = Number(p, "heard"), TraceParent = Text(p, "trace"), Flags = (RunFlags)Number(p, "flags"),
            }
            : new RunEvent.RunStarted(p),
        RunEventKind.StepStarted => new RunEvent.StepStarted(nodeId!, attempt),
        RunEventKind.StepSkipped => new RunEvent.StepSkipped(nodeId!),
        RunEventKind.RoundStarted => new RunEvent.RoundStarted(nodeId!),
        RunEventKind.RunCompleted => new RunEvent.RunCompleted { Output = Get(p, "out"), Early = Text(p, "text") },
        RunEventKind.StepCompleted => Has(p, Port)
            ? new RunEvent.StepCompleted(nodeId!, attempt, Get(p, "out"), Text(p, Port))
            : new RunEvent.StepCompleted(nodeId!, attempt, p, null),
        RunEventKind.LoopStarted => new RunEvent.LoopStarted(nodeId!, attempt, Get(p, "items"), p.GetProperty("concurrency").GetInt32(), Has(p, "keep_going")) { Known = Known(p) },
        RunEventKind.IterationEnded => new RunEvent.IterationEnded(nodeId!, Get(p, "out"), Text(p, "code"), Text(p, "text")),
        RunEventKind.RunPaused => new RunEvent.RunPaused(Text(p, "by")!, Text(p, "code"), Text(p, "text")) { Until = Time(p, "until") },
        RunEventKind.RunResumed => new RunEvent.RunResumed(Text(p, "by")!),
        RunEventKind.StepFailed => new RunEvent.StepFailed(nodeId!, attempt, Text(p, "code")!, Text(p, "text")!) { Cause = Get(p, "cause") },
        RunEventKind.RetryScheduled => new RunEvent.RetryScheduled(nodeId!, attempt, Text(p, "code")!, Text(p, "text")!, Time(p, "at")!.Value),
        RunEventKind.StepParked => new RunEvent.StepParked(nodeId!, attempt, Time(p, "until"), Text(p, "signal"), Get(p, "state"), Text(p, "caption")) { Match = Get(p, "match") },
        RunEventKind.StepWoken => new RunEvent.StepWoken(nodeId!, attempt, (NodeWakeKind)p.GetProperty("why").GetInt32(), Text(p, "signal"), Get(p, "data"), Text(p, "by"))
        {
            SignalId = Number(p, "id"),
        },
        RunEventKind.Log => new RunEvent.Log(nodeId!, attempt, (NodeLogLevel)p.GetProperty("level").GetInt32(), Text(p, "text")!),
        RunEventKind.RunFailed => new RunEvent.RunFailed(Text(p, "code")!, Text(p, "text")!),
        RunEventKind.RunCanceled => new RunEvent.RunCanceled(Text(p, "by")!),
        _ => throw new InvalidOperationException($"Reading a journal row of the unknown kind {(int)kind}."),
    };

    private static bool Has(JsonElement value, string field) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(field, out _);

    private static void Known(Utf8JsonWriter w, RunEvent.LoopStarted loop)
    {
        if (loop.Known.Count == 0) return;
        w.WriteStartObject("known");
        foreach (var (index, result) in loop.Known)
        {
            w.WriteStartObject(index.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (result.Code is not null) w.WriteString("code", result.Code);
            if (result.Message is not null) w.WriteString("text", result.Message);
            Element(w, "out", result.Output);
            w.WriteEndObject();
        }

        w.WriteEndObject();
    }

    private static Dictionary<int, IterationResult> Known(JsonElement p) => Get(p, "known") is { ValueKind: JsonValueKind.Object } known
        ? known.EnumerateObject().ToDictionary(
            i => int.Parse(i.Name, System.Globalization.CultureInfo.InvariantCulture), i => new IterationResult(Get(i.Value, "out"), Text(i.Value, "code"), Text(i.Value, "text")))
        : [];

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

    private static long Number(JsonElement p, string name) => Get(p, name) is { ValueKind: JsonValueKind.Number } value ? value.GetInt64() : 0;

    private static string? Text(JsonElement p, string name) => Get(p, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static DateTimeOffset? Time(JsonElement p, string name) =>
        Get(p, name) is { ValueKind: JsonValueKind.Number } value ? DateTimeOffset.FromUnixTimeMilliseconds(value.GetInt64()) : null;
}
