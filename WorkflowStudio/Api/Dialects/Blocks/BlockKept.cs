using System.Text.Json.Nodes;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>
/// What a client sent and the model says otherwise, or not at all, field by field: <c>sent</c>, what came, and <c>as</c>, what the dialect
/// writes of the model instead. Either is left out where there is nothing. A field comes back as it was sent while the model still says
/// what it said then; when it was changed since, the change counts.
/// </summary>
internal static class BlockKept
{
    private const string Sent = "sent";
    private const string As = "as";

    /// <summary>Notes the fields in which two objects differ.</summary>
    public static void Note(JsonObject notes, JsonObject written, JsonObject sent, Func<string, string>? name = null)
    {
        foreach (var field in written.Select(f => f.Key).Concat(sent.Select(f => f.Key)).Distinct(StringComparer.Ordinal).ToList())
        {
            var (isWritten, isSent) = (written.TryGetPropertyValue(field, out var now), sent.TryGetPropertyValue(field, out var then));
            if (isWritten && isSent && JsonNode.DeepEquals(now, then)) continue;
            var note = new JsonObject();
            if (isWritten) note[As] = now?.DeepClone();
            if (isSent) note[Sent] = then?.DeepClone();
            notes[name?.Invoke(field) ?? field] = note;
        }
    }

    /// <summary>Puts back into an object what was sent.</summary>
    public static void Restore(JsonObject? notes, JsonObject written, Func<string, string?>? name = null)
    {
        if (notes is null) return;
        foreach (var (key, value) in notes)
        {
            if (value is not JsonObject note || (name is null ? key : name(key)) is not { } field) continue;
            var isWritten = written.TryGetPropertyValue(field, out var now);
            if (isWritten != note.TryGetPropertyValue(As, out var then) || !JsonNode.DeepEquals(now, then)) continue;
            if (note.TryGetPropertyValue(Sent, out var sent)) written[field] = sent?.DeepClone();
            else written.Remove(field);
        }
    }

    /// <summary>What was sent in a field, or null.</summary>
    public static JsonNode? SentIn(JsonObject? notes, string field) => (notes?[field] as JsonObject)?[Sent];
}

/// <summary>The names of notes about branches, beside those about fields.</summary>
internal static class BlockNote
{
    private const string Prefix = "branches.";

    public static string Of(string branch) => Prefix + branch;

    public static string? Branch(string note) => note.StartsWith(Prefix, StringComparison.Ordinal) ? note[Prefix.Length..] : null;
}
