using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Components.Editor.Session;

/// <summary>What runs are tried with before the first real one.</summary>
internal static class SamplePayload
{
    /// <summary>What a trigger of this kind sends: a schedule its times, anything else a client who fills in a contact form.</summary>
    public static JsonElement Of(WorkflowTrigger trigger) => trigger.Type == "schedule" ? Schedule : Client;

    private static JsonElement Schedule { get; } = JsonElement.Parse(
        """{"scheduled_at":"2026-06-10T09:30:00-05:00","fired_at":"2026-06-10T09:30:00-05:00","schedule_id":"00000000-0000-0000-0000-000000000000"}""");

    private static JsonElement Client { get; } = JsonElement.Parse(
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
