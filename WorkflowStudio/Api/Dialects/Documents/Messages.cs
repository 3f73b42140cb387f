using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace WorkflowStudio.Api.Dialects.Documents;

/// <summary>202 of POST /{id}/execute.</summary>
internal sealed record ExecutedMessage(Guid ExecutionId, string Status, string StartedAt);

/// <summary>GET /{id}/executions.</summary>
internal sealed record ExecutionsMessage(IReadOnlyList<ExecutionItem> Executions)
{
    /// <summary>How many there are in all, where this is not all of them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Total { get; init; }
}

/// <summary>A run in a list.</summary>
internal sealed record ExecutionItem(
    Guid Id, string Status, string TriggeredBy, string StartedAt, string? CompletedAt, IReadOnlyList<StepItem> ExecutionLog)
{
    /// <summary>Why it failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunError? Error { get; init; }
}

/// <summary>What a step of a run came to.</summary>
internal sealed record StepItem(string StepId, string Status, long? DurationMs);

/// <summary>Why a run failed.</summary>
internal sealed record RunError(string Code, string Message);

/// <summary>The schedule of a workflow.</summary>
internal sealed record ScheduleMessage(Guid WorkflowId, string CronExpression, string Timezone, bool Enabled, string? NextRunAt);

/// <summary>GET /integrations.</summary>
internal sealed record IntegrationsMessage(IReadOnlyList<IntegrationItem> Integrations);

/// <summary>An integration, its secrets masked.</summary>
internal sealed record IntegrationItem(
    Guid Id, Guid? WorkflowId, string Name, string IntegrationType, JsonElement Config, string CreatedAt, string UpdatedAt);

/// <summary>GET /templates.</summary>
internal sealed record TemplatesMessage(IReadOnlyList<TemplateItem> Templates);

/// <summary>A template.</summary>
internal sealed record TemplateItem(
    Guid Id, string Name, string Description, string Category, string TriggerType, JsonElement TriggerConfig, JsonElement Definition);

/// <summary>Any refusal.</summary>
internal sealed record ErrorMessage(ErrorFact Error);

/// <summary>What was wrong.</summary>
internal sealed record ErrorFact(string Code, string Message, JsonObject Details);

/// <summary>The serializer of this dialect's messages, made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ExecutedMessage))]
[JsonSerializable(typeof(ExecutionsMessage))]
[JsonSerializable(typeof(ScheduleMessage))]
[JsonSerializable(typeof(IntegrationsMessage))]
[JsonSerializable(typeof(TemplatesMessage))]
[JsonSerializable(typeof(ErrorMessage))]
internal sealed partial class DocumentsJson : JsonSerializerContext
{
    /// <summary>How JSON of this dialect is written: text as it is, for nothing of it is embedded in HTML.</summary>
    public static JsonWriterOptions Writing { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Bytes<T>(T message, JsonTypeInfo<T> type) => Bytes(w => JsonSerializer.Serialize(w, message, type));

    public static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Writing)) write(writer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Whole seconds, UTC.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
