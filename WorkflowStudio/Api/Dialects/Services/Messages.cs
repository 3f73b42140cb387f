using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace WorkflowStudio.Api.Dialects.Services;

/// <summary>201 of POST /workflows/{id}/run.</summary>
internal sealed record RunMessage(RunQueued Data);

/// <summary>A run that waits for its turn. The status is always <c>queued</c>.</summary>
internal sealed record RunQueued(Guid RunId, string Status);

/// <summary>A list of runs.</summary>
internal sealed record RunsMessage(IReadOnlyList<RunItem> Data, PageMeta Meta);

/// <summary>A run in a list.</summary>
internal sealed record RunItem(
    Guid RunId, Guid WorkflowId, string WorkflowName, string Status, string Trigger, int StepsDone, int StepsTotal, string StartedAt,
    string? FinishedAt, RunError? Error);

/// <summary>Why a run failed.</summary>
internal sealed record RunError(string Code, string Message);

/// <summary>Which part of a list was answered.</summary>
internal sealed record PageMeta(int Limit, int Offset, bool HasMore);

/// <summary>The types of steps.</summary>
internal sealed record CatalogMessage(IReadOnlyList<CatalogItem> Data);

/// <summary>A type of step.</summary>
internal sealed record CatalogItem(
    string StepType, string Name, string Category, string Description, bool RequiresDelivery, JsonElement ConfigSchema);

/// <summary>Any refusal.</summary>
internal sealed record ErrorMessage(ErrorFact Error);

/// <summary>What was wrong.</summary>
internal sealed record ErrorFact(string Code, string Message, IReadOnlyList<ErrorDetail> Details);

/// <summary>A field that is wrong.</summary>
internal sealed record ErrorDetail(string Field, string Message);

/// <summary>The serializer of this dialect's messages, made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RunMessage))]
[JsonSerializable(typeof(RunsMessage))]
[JsonSerializable(typeof(CatalogMessage))]
[JsonSerializable(typeof(ErrorMessage))]
internal sealed partial class ServicesJson : JsonSerializerContext
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
