using System.Text.Json.Nodes;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>
/// What a client sent and the model says otherwise, or not at all, field by field: <c>sent</c>, what came, and <c>as</c>, what the dialect
/// writes of the model instead. Either is left out where there is nothing. A field comes back as it was sent while the model still says
/// what it said then; when it was changed since, the change counts.
/// </summary>
internal static class BlockKept
{
    private const string SentField = "sent";
    private const string AsField = "as";

    /// <summary>The fields in which two objects differ; empty when they are the same.</summary>
    public static JsonObject Notes(JsonObject written, JsonObject sent)
    {
        var notes = new JsonObject();
        foreach (var field in written.Select(f => f.Key).Union(sent.Select(f => f.Key), StringComparer.Ordinal))
        {
            var (isWritten, isSent) = (written.TryGetPropertyValue(field, out var now), sent.TryGetPropertyValue(field, out var then));
            if (isWritten && isSent && JsonNode.DeepEquals(now, then)) continue;
            var note = new JsonObject();
            if (isWritten) note[AsField] = now?.DeepClone();
            if (isSent) note[SentField] = then?.DeepClone();
            notes[field] = note;
        }

        return notes;
    }

    /// <summary>Puts back into an object what was sent.</summary>
    public static void Restore(JsonObject? notes, JsonObject written)
    {
        foreach (var (field, value) in notes ?? [])
        {
            if (value is not JsonObject note) continue;
            var isWritten = written.TryGetPropertyValue(field, out var now);
            if (isWritten != note.TryGetPropertyValue(AsField, out var then) || !JsonNode.DeepEquals(now, then)) continue;
            if (note.TryGetPropertyValue(SentField, out var sent)) written[field] = sent?.DeepClone();
            else written.Remove(field);
        }
    }

    /// <summary>What was sent in a field, or null.</summary>
    public static JsonNode? SentIn(JsonObject? notes, string field) => (notes?[field] as JsonObject)?[SentField];
}
