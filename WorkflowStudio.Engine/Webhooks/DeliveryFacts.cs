using System.Text.Json;
using System.Text.Json.Serialization;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Webhooks;

/// <summary>What a delivery tells beside names and ids. Never a payload, and no output of a step: they may hold what is secret.</summary>
internal sealed record DeliveryFacts
{
    private const int LongestMessage = 2_000;

    /// <summary>Nothing more.</summary>
    public static DeliveryFacts None { get; } = new();

    public string? Step { get; init; }

    /// <summary>The iterations in which the step stands, from the outside in: <c>3.0</c>.</summary>
    public string? Iteration { get; init; }

    public string? Code { get; init; }

    public string? Message { get; init; }

    public string? Slug { get; init; }

    public string? Description { get; init; }

    /// <summary>The number of the active version; 0 for a draft.</summary>
    public int? Version { get; init; }

    /// <summary>The same as sequences counts it: see <see cref="WorkflowRow.Snapshot"/>.</summary>
    public int? Snapshot { get; init; }

    /// <summary>Whether its trigger starts runs.</summary>
    public bool? IsActive { get; init; }

    /// <summary>When the workflow was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    public static DeliveryFacts Failure(string? step, string? iteration, string code, string message) => new()
    {
        Step = step, Iteration = iteration, Code = code, Message = ShownText.Fit(message, LongestMessage),
    };

    public static DeliveryFacts Of(WorkflowRow workflow) => new()
    {
        Slug = workflow.Slug, Description = workflow.Description, Version = workflow.ActiveNumber, Snapshot = workflow.Snapshot,
        IsActive = workflow.Status == WorkflowStatus.Active, CreatedAt = workflow.CreatedAt,
    };

    public static DeliveryFacts Read(string json) => JsonSerializer.Deserialize(json, DeliveryJson.Default.DeliveryFacts)!;

    public string Text() => JsonSerializer.Serialize(this, DeliveryJson.Default.DeliveryFacts);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeliveryFacts))]
internal sealed partial class DeliveryJson : JsonSerializerContext;
