using System.Text.Json;

namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>What other systems answer, as far as it is JSON.</summary>
internal static class ReplyJson
{
    /// <summary>The body of an answer; undefined where it is no JSON.</summary>
    public static JsonElement Json(this HttpReply reply)
    {
        try
        {
            return JsonElement.Parse(reply.Body);
        }
        catch (JsonException)
        {
            return default; // whoever asks for a text of it finds none
        }
    }

    /// <summary>A member that is a text; null where there is none.</summary>
    public static string? TextOf(this JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
