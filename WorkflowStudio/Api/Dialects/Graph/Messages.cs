using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace WorkflowStudio.Api.Dialects.Graph;

/// <summary>
/// 201 of POST /workflows: exactly the six fields of the reference text, the address only of what has one, and for a draft that cannot be
/// published as it is why not.
/// </summary>
internal sealed record CreatedMessage(string Status, string Id, int Version, string CreatedAt, string? WebhookTargetUrl,
    string NodesIntegrityCheck, IReadOnlyList<ErrorPlace>? Errors);

/// <summary>200 of PUT and PATCH /workflows/{id}.</summary>
internal sealed record UpdatedMessage(
    string Status, string Id, int Version, string UpdatedAt, string? WebhookTargetUrl, string NodesIntegrityCheck);

/// <summary>202 of a trigger and of a webhook.</summary>
internal sealed record EnqueuedMessage(
    string Status, string ExecutionId, string WorkflowId, string QueuePriority, string Timestamp, TraceEndpoints TraceEndpoints);

/// <summary>202 of a webhook whose data the trigger's constraints refused: no run was started.</summary>
internal sealed record IgnoredMessage(string Status, string Reason, string Message, string WorkflowId, string Timestamp);

/// <summary>202 of POST /events.</summary>
internal sealed record EventMessage(
    string Status, string Type, string? Id, bool Duplicate, int Started, int Refused, IReadOnlyList<string> Executions,
    IReadOnlyList<ReachedFact> Workflows, string Timestamp);

/// <summary>A workflow that listens for an event, and what came of it.</summary>
internal sealed record ReachedFact(string WorkflowId, string Outcome, string? ExecutionId, string? Reason);

/// <summary>Where to look at a run.</summary>
internal sealed record TraceEndpoints(string Status, string Logs);

/// <summary>GET /executions/{id}/status.</summary>
internal sealed record StatusMessage(
    string Status, string ExecutionId, string WorkflowId, int CurrentNodeIndex, string? CurrentNodeId, long ElapsedMs, int NodesDone,
    int NodesTotal,
    string StartedAt, string? FinishedAt, string? WaitingUntil, ErrorFact? Error)
{
    /// <summary>The run that it repeats.</summary>
    public string? RetryOf { get; init; }

    /// <summary>The run that started it.</summary>
    public string? StartedBy { get; init; }

    /// <summary>True for a test run of a draft.</summary>
    public bool? Test { get; init; }

    /// <summary>The for-each steps that have begun.</summary>
    public IReadOnlyList<LoopFact>? Loops { get; init; }
}

/// <summary>A run through the items of a for-each: counts, and the first iterations.</summary>
internal sealed record LoopFact(
    string NodeId, string? Iteration, int Total, int Running, int Done, int Failed, int Canceled, int NotStarted,
    IReadOnlyList<IterationFact> Iterations);

/// <summary>An iteration of a for-each.</summary>
internal sealed record IterationFact(int Index, string Status, string? StartedAt, string? FinishedAt, bool? TakenOver, ErrorFact? Error);

/// <summary>Why a run failed.</summary>
internal sealed record ErrorFact(string Code, string Message);

/// <summary>GET /executions/{id}/logs.</summary>
internal sealed record LogsMessage(string Status, string ExecutionId, IReadOnlyList<LogLine> Logs, long? NextAfter);

/// <summary>One line of a run's log.</summary>
internal sealed record LogLine(
    long Seq, string Timestamp, string Level, string Event, string? NodeId, int? Attempt, string Message, string? Iteration = null);

/// <summary>GET /ping.</summary>
internal sealed record PingMessage(string Status, string Message, WorkspaceFact Workspace);

/// <summary>The workspace that a key opens.</summary>
internal sealed record WorkspaceFact(
    string PracticeId, string Name, string Owner, string Environment, string StripeConnectStatus, IReadOnlyList<string> Capabilities);

/// <summary>GET /executions.</summary>
internal sealed record ExecutionsMessage(string Status, IReadOnlyList<ExecutionFact> Executions, PageFact Pagination);

/// <summary>A run in a list.</summary>
internal sealed record ExecutionFact(
    string Status, string ExecutionId, string WorkflowId, string WorkflowName, string Cause, string? ContactId, string? CurrentNodeId,
    int NodesDone, int? NodesTotal, string StartedAt, string? FinishedAt, ErrorFact? Error);

/// <summary>Where a page lies in its list.</summary>
internal sealed record PageFact(
    int Page, int Limit, int Total, [property: JsonPropertyName("totalPages")] int TotalPages);

/// <summary>GET /contacts/{email or phone}.</summary>
internal sealed record ContactMessage(string Status, ContactFact Contact);

/// <summary>A contact, and the runs that were for it.</summary>
internal sealed record ContactFact(
    string Id, string? FirstName, string? LastName, string? Email, string? Phone, string CreatedAt, IReadOnlyList<ExecutionFact> Timeline);

/// <summary>Any refusal.</summary>
internal sealed record ErrorMessage(string Status, string Code, string Message, IReadOnlyList<ErrorPlace> Errors,
    string? NodesIntegrityCheck, string? ExecutionStatus = null);

/// <summary>A place that is wrong.</summary>
internal sealed record ErrorPlace(string Path, string Message);

/// <summary>The serializer of this dialect's messages, made at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreatedMessage))]
[JsonSerializable(typeof(UpdatedMessage))]
[JsonSerializable(typeof(EnqueuedMessage))]
[JsonSerializable(typeof(IgnoredMessage))]
[JsonSerializable(typeof(EventMessage))]
[JsonSerializable(typeof(StatusMessage))]
[JsonSerializable(typeof(LogsMessage))]
[JsonSerializable(typeof(PingMessage))]
[JsonSerializable(typeof(ExecutionsMessage))]
[JsonSerializable(typeof(ContactMessage))]
[JsonSerializable(typeof(ErrorMessage))]
internal sealed partial class GraphJson : JsonSerializerContext
{
    /// <summary>How JSON of this dialect is written: text as it is, for nothing of it is embedded in HTML.</summary>
    public static JsonWriterOptions Writing { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Bytes<T>(T message, JsonTypeInfo<T> type)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Writing)) JsonSerializer.Serialize(writer, message, type);
        return buffer.WrittenSpan.ToArray();
    }
}
