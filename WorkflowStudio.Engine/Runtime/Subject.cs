using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Runtime;

/// <summary>Finds whom a run is about: a name, else an e-mail address or phone number, in the payload or its <c>contact</c>.</summary>
internal static class Subject
{
    private const int Longest = 120;

    /// <summary>The words for lists, or null.</summary>
    public static string? Of(JsonElement payload)
    {
        payload = PostedPayload.BodyOf(payload);
        if (payload.ValueKind != JsonValueKind.Object) return null;
        var person = payload.TryGetProperty("contact", out var contact) && contact.ValueKind == JsonValueKind.Object ? contact : payload;
        var name = $"{Text(person, "first_name")} {Text(person, "last_name")}".Trim();
        var words = name.Length > 0 ? name : Text(person, "name") ?? Text(person, "email") ?? Text(person, "phone");
        return string.IsNullOrWhiteSpace(words) ? null : words.Length <= Longest ? words : words[..Longest];
    }

    private static string? Text(JsonElement person, string field) =>
        person.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
