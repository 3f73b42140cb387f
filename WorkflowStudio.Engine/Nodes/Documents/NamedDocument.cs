using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Documents;

/// <summary>Which document a step means: an id, or an object that names one as posted files are told of.</summary>
internal static class NamedDocument
{
    private const string Id = "document_id";

    /// <summary>The ids that a setting or the data of a run names, in their order; a text that is no id is among them as it is.</summary>
    public static IReadOnlyList<string> In(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Trim() is { Length: > 0 } id ? [id] : [],
        JsonValueKind.Object when value.TryGetProperty(Id, out var id) => In(id),
        JsonValueKind.Array => [.. value.EnumerateArray().SelectMany(In)],
        _ => [],
    };

    /// <summary>The ids that the data of a run names: <c>document_id</c>, else files in whichever field they were posted.</summary>
    public static IReadOnlyList<string> InPayload(JsonElement payload)
    {
        if (payload.ValueKind == JsonValueKind.Array) return [.. payload.EnumerateArray().SelectMany(Files)];
        if (payload.ValueKind != JsonValueKind.Object) return [];
        if (In(payload) is { Count: > 0 } named) return named;
        foreach (var list in (string[])["documents", "files"])
            if (payload.TryGetProperty(list, out var value) && In(value) is { Count: > 0 } listed) return listed;
        return [.. payload.EnumerateObject().SelectMany(p => Files(p.Value))];
    }

    /// <summary>The id as it is kept; false when it is none.</summary>
    public static bool TryRead(string text, out Guid id) => Guid.TryParse(text, out id) || ShownId.TryRead(text, out id);

    private static IReadOnlyList<string> Files(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => In(value),
        JsonValueKind.Array => [.. value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.Object).SelectMany(In)],
        _ => [],
    };
}
