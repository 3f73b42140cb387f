using System.Text.Json;

namespace WorkflowStudio.Components.Editor.Session;

/// <summary>What runs are tried with before the first real one: a client who fills in a contact form.</summary>
internal static class SamplePayload
{
    public static JsonElement Client { get; } = JsonElement.Parse(
        """
        {
          "form_message": "I have had a rash on my left arm for two weeks and would like an appointment next week, mornings are best.",
          "first_name": "Maria",
          "last_name": "Lopez",
          "email": "maria.lopez@example.test",
          "phone": "+17135550142"
        }
        """);
}
