using System.Text.Json;

namespace WorkflowStudio.Engine.Practice.Documents;

/// <summary>A document without what is in it.</summary>
public sealed record DocumentItem(
    Guid Id, string Name, string ContentType, long Size, byte[] Sha256, Guid? WorkflowId, Guid? RunId, DateTimeOffset CreatedAt)
{
    /// <summary>Whom it is about; null for nobody.</summary>
    public Guid? ContactId { get; init; }

    /// <summary>What was found out of it; null while nobody has looked.</summary>
    public DocumentFacts? Facts { get; init; }
}

/// <summary>What was found out of a document.</summary>
/// <param name="Schema">By which schema was looked; null for fields of one's own.</param>
/// <param name="Fields">The fields by their names, an object.</param>
/// <param name="Confidence">How sure the reader was, 0 to 1; null for what was noted by hand.</param>
/// <param name="At">When.</param>
/// <param name="RunId">The run that looked; null for what was noted by hand.</param>
public sealed record DocumentFacts(string? Schema, JsonElement Fields, double? Confidence, DateTimeOffset At, Guid? RunId)
{
    /// <summary>The most characters of fields that are kept with a document.</summary>
    public const int MaxFields = 100_000;
}

/// <summary>Which documents are wanted; null means any.</summary>
public sealed record DocumentFilter
{
    /// <summary>A part of the name.</summary>
    public string? Search { get; init; }

    /// <summary>Whom they are about.</summary>
    public Guid? ContactId { get; init; }

    /// <summary>The workflow to which they were posted.</summary>
    public Guid? WorkflowId { get; init; }

    /// <summary>The run that they started.</summary>
    public Guid? RunId { get; init; }

    /// <summary>This time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>This time or before.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Whether something was found out of them.</summary>
    public bool? HasFields { get; init; }
}
