using System.Buffers;
using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Journal;

/// <summary>
/// Writes the payload of an event as JSON and reads it back. Short names, since there are many; the format is kept for ever.
/// </summary>
public static class RunEventCodec
{
    // a value that has a field of these names itself is wrapped, so that it is not taken for the wrapping
    private const string Port = "$port";
    private const string UpTo = "$up_to";

    private const string Abreast = "abreast";
    private const string At = "at";
    private const string By = "by";
    private const string Caption = "caption";
    private const string Cause = "cause";
    private const string Chain = "chain";
    private const string Code = "code";
    private const string Concurrency = "concurrency";
    private const string Data = "data";
    private const string Flags = "flags";
    private const string Heard = "heard";
    private const string Id = "id";
    private const string Items = "items";
    private const string KeepGoing = "keep_going";
    private const string KnownItems = "known";
    private const string Level = "level";
    private const string Match = "match";
    private const string Memory = "state";
    private const string Out = "out";
    private const string Payload = "payload";
    private const string Signal = "signal";
    private const string Trace = "trace";
    private const string Until = "until";
    private const string Why = "why";
    private const string Words = "text";

    private static readonly JsonWriterOptions Plain = new()
    { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The payload, or null when the kind says it all.</summary>
    public static byte[]? Write(RunEvent e)
    {
        switch (e)
        {
            case RunEvent.StepStarted or RunEvent.StepSkipped or RunEvent.RoundStarted
                or RunEvent.RunCompleted { Early: null, Output.ValueKind: JsonValueKind.Undefined }:
                return null;
            case RunEvent.RunStarted { UpTo: null, Heard: 0, TraceParent: null, Chain: null, Flags: RunFlags.None } s
                when !Has(s.Payload, UpTo):
                return Raw(s.Payload);
            case RunEvent.StepCompleted { Port: null } c when !Has(c.Output, Port):
                return Raw(c.Output);
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        using var w = new Utf8JsonWriter(buffer, Plain);
        w.WriteStartObject();
        if (e.NodeId is null) WriteRun(w, e);
        else WriteStep(w, e);
        w.WriteEndObject();
        w.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// Reads an event from its columns. Throws <see cref="JsonException"/> or <see cref="InvalidOperationException"/> when the row cannot
    /// be read.
    /// </summary>
    public static RunEvent Read(RunEventKind kind, string? nodeId, string? iteration, int attempt, byte[]? payload)
    {
        var e = Read(kind, nodeId, attempt, Parse(payload));
        return iteration is null ? e : e with { Iteration = iteration };
    }

    private static void WriteRun(Utf8JsonWriter w, RunEvent e)
    {
        switch (e)
        {
            case RunEvent.RunStarted s:
                w.WriteString(UpTo, s.UpTo);
                if (s.Heard > 0) w.WriteNumber(Heard, s.Heard);
                Text(w, Trace, s.TraceParent);
                WriteChain(w, s.Chain);
                if (s.Flags != RunFlags.None) w.WriteNumber(Flags, (int)s.Flags);
                Element(w, Payload, s.Payload);
                break;
            case RunEvent.RunCompleted c:
                Text(w, Words, c.Early);
                Element(w, Out, c.Output);
                break;
            case RunEvent.RunPaused p:
                w.WriteString(By, p.By);
                Text(w, Code, p.Code);
                Text(w, Words, p.Message);
                Time(w, Until, p.Until);
                break;
            case RunEvent.RunResumed r:
                w.WriteString(By, r.By);
                break;
            case RunEvent.RunFailed f:
                w.WriteString(Code, f.Code);
                w.WriteString(Words, f.Message);
                break;
            case RunEvent.RunCanceled c:
                w.WriteString(By, c.By);
                break;
            default:
                throw Unknown(e);
        }
    }

    private static void WriteStep(Utf8JsonWriter w, RunEvent e)
    {
        switch (e)
        {
            case RunEvent.StepCompleted c:
                w.WriteString(Port, c.Port);
                Element(w, Out, c.Output);
                break;
            case RunEvent.StepFailed f:
                w.WriteString(Code, f.Code);
                w.WriteString(Words, f.Message);
                Element(w, Cause, f.Cause);
                break;
            case RunEvent.RetryScheduled r:
                w.WriteString(Code, r.Code);
                w.WriteString(Words, r.Message);
                Time(w, At, r.At);
                break;
            case RunEvent.StepParked p:
                Time(w, Until, p.Until);
                Text(w, Signal, p.Signal);
                Text(w, Caption, p.Caption);
                Element(w, Memory, p.State);
                Element(w, Match, p.Match);
                break;
            case RunEvent.StepWoken k:
                w.WriteNumber(Why, (int)k.Why);
                Text(w, Signal, k.Signal);
                Text(w, By, k.By);
                if (k.SignalId > 0) w.WriteNumber(Id, k.SignalId);
                Element(w, Data, k.Data);
                break;
            case RunEvent.Log l:
                w.WriteNumber(Level, (int)l.Level);
                w.WriteString(Words, l.Text);
                break;
            default:
                WriteLoop(w, e);
                break;
        }
    }

    private static void WriteLoop(Utf8JsonWriter w, RunEvent e)
    {
        switch (e)
        {
            case RunEvent.LoopStarted l:
                w.WriteNumber(Concurrency, l.Concurrency);
                if (l.KeepGoing) w.WriteBoolean(KeepGoing, true);
                Element(w, Items, l.Items);
                WriteKnown(w, l);
                break;
            case RunEvent.IterationEnded i:
                Text(w, Code, i.Code);
                Text(w, Words, i.Message);
                Element(w, Out, i.Output);
                break;
            default:
                throw Unknown(e);
        }
    }

    private static RunEvent Read(RunEventKind kind, string? nodeId, int attempt, JsonElement p) => kind switch
    {
        RunEventKind.RunStarted => Has(p, UpTo)
            ? new RunEvent.RunStarted(Get(p, Payload))
            {
                UpTo = Text(p, UpTo), Heard = Number(p, Heard), TraceParent = Text(p, Trace), Chain = ChainOf(p),
                Flags = (RunFlags)Number(p, Flags),
            }
            : new RunEvent.RunStarted(p),
        RunEventKind.StepStarted => new RunEvent.StepStarted(nodeId!, attempt),
        RunEventKind.StepSkipped => new RunEvent.StepSkipped(nodeId!),
        RunEventKind.RoundStarted => new RunEvent.RoundStarted(nodeId!),
        RunEventKind.RunCompleted => new RunEvent.RunCompleted { Output = Get(p, Out), Early = Text(p, Words) },
        RunEventKind.StepCompleted => Has(p, Port)
            ? new RunEvent.StepCompleted(nodeId!, attempt, Get(p, Out), Text(p, Port))
            : new RunEvent.StepCompleted(nodeId!, attempt, p, null),
        RunEventKind.LoopStarted =>
            new RunEvent.LoopStarted(nodeId!, attempt, Get(p, Items), p.GetProperty(Concurrency).GetInt32(), Has(p, KeepGoing))
            { Known = Known(p) },
        RunEventKind.IterationEnded => new RunEvent.IterationEnded(nodeId!, Get(p, Out), Text(p, Code), Text(p, Words)),
        RunEventKind.RunPaused => new RunEvent.RunPaused(Text(p, By)!, Text(p, Code), Text(p, Words)) { Until = Time(p, Until) },
        RunEventKind.RunResumed => new RunEvent.RunResumed(Text(p, By)!),
        RunEventKind.StepFailed => new RunEvent.StepFailed(nodeId!, attempt, Text(p, Code)!, Text(p, Words)!) { Cause = Get(p, Cause) },
        RunEventKind.RetryScheduled => new RunEvent.RetryScheduled(nodeId!, attempt, Text(p, Code)!, Text(p, Words)!, Time(p, At)!.Value),
        RunEventKind.StepParked =>
            new RunEvent.StepParked(nodeId!, attempt, Time(p, Until), Text(p, Signal), Get(p, Memory), Text(p, Caption))
            { Match = Get(p, Match) },
        RunEventKind.StepWoken => new RunEvent.StepWoken(
            nodeId!, attempt, (NodeWakeKind)p.GetProperty(Why).GetInt32(), Text(p, Signal), Get(p, Data), Text(p, By))
        {
            SignalId = Number(p, Id),
        },
        RunEventKind.Log => new RunEvent.Log(nodeId!, attempt, (NodeLogLevel)p.GetProperty(Level).GetInt32(), Text(p, Words)!),
        RunEventKind.RunFailed => new RunEvent.RunFailed(Text(p, Code)!, Text(p, Words)!),
        RunEventKind.RunCanceled => new RunEvent.RunCanceled(Text(p, By)!),
        _ => throw new InvalidOperationException($"Reading a journal row of the unknown kind {(int)kind}."),
    };

    private static bool Has(JsonElement value, string field) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(field, out _);

    private static void WriteChain(Utf8JsonWriter w, EventChain? chain)
    {
        if (chain is null) return;
        w.WriteNumber(Abreast, chain.Abreast);
        w.WriteStartArray(Chain);
        foreach (var workflow in chain.Workflows) w.WriteStringValue(workflow);
        w.WriteEndArray();
    }

    private static EventChain? ChainOf(JsonElement p) => Get(p, Chain) is { ValueKind: JsonValueKind.Array } workflows
        ? new EventChain([.. workflows.EnumerateArray().Select(one => one.GetGuid())], Number(p, Abreast))
        : null;

    private static void WriteKnown(Utf8JsonWriter w, RunEvent.LoopStarted loop)
    {
        if (loop.Known.Count == 0) return;
        w.WriteStartObject(KnownItems);
        foreach (var (index, result) in loop.Known)
        {
            w.WriteStartObject(index.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Text(w, Code, result.Code);
            Text(w, Words, result.Message);
            Element(w, Out, result.Output);
            w.WriteEndObject();
        }

        w.WriteEndObject();
    }

    private static Dictionary<int, IterationResult> Known(JsonElement p) => Get(p, KnownItems) is { ValueKind: JsonValueKind.Object } known
        ? known.EnumerateObject().ToDictionary(
            i => int.Parse(i.Name, System.Globalization.CultureInfo.InvariantCulture),
            i => new IterationResult(Get(i.Value, Out), Text(i.Value, Code), Text(i.Value, Words)))
        : [];

    private static byte[]? Raw(JsonElement value) =>
        value.ValueKind == JsonValueKind.Undefined ? null : System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value).ToArray();

    private static JsonElement Parse(byte[]? payload)
    {
        if (payload is null || payload.Length == 0) return default;
        var reader = new Utf8JsonReader(payload);
        return JsonElement.ParseValue(ref reader);
    }

    private static InvalidOperationException Unknown(RunEvent e) => new($"Writing a journal event of the unknown kind {e.Kind}.");

    private static void Text(Utf8JsonWriter w, string name, string? value)
    {
        if (value is not null) w.WriteString(name, value);
    }

    private static void Time(Utf8JsonWriter w, string name, DateTimeOffset? value)
    {
        if (value is { } at) w.WriteNumber(name, at.ToUnixTimeMilliseconds());
    }

    private static void Element(Utf8JsonWriter w, string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined) return;
        w.WritePropertyName(name);
        value.WriteTo(w);
    }

    private static JsonElement Get(JsonElement p, string name) =>
        p.ValueKind == JsonValueKind.Object && p.TryGetProperty(name, out var value) ? value : default;

    private static long Number(JsonElement p, string name) =>
        Get(p, name) is { ValueKind: JsonValueKind.Number } value ? value.GetInt64() : 0;

    private static string? Text(JsonElement p, string name) =>
        Get(p, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static DateTimeOffset? Time(JsonElement p, string name) =>
        Get(p, name) is { ValueKind: JsonValueKind.Number } value ? DateTimeOffset.FromUnixTimeMilliseconds(value.GetInt64()) : null;
}
