using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Storage.Schedules;

namespace WorkflowStudio.Engine.Scheduling.Schedules;

/// <summary>The payload of a run that a schedule starts: the schedule's own data, and when and by which schedule it was started.</summary>
public static class SchedulePayload
{
    /// <summary>The payload. Times carry the offset of the schedule's zone.</summary>
    public static JsonElement Of(StoredSchedule schedule, Instant scheduledAt, Instant firedAt)
    {
        var payload = schedule.Row.Payload is { } own ? JsonNode.Parse(own)!.AsObject() : [];
        payload["scheduled_at"] = Text(schedule, scheduledAt);
        payload["fired_at"] = Text(schedule, firedAt);
        payload["schedule_id"] = schedule.Row.Id.ToString();
        return JsonSerializer.SerializeToElement(payload, NodeJson.Options);
    }

    private static string Text(StoredSchedule schedule, Instant at) => at.InZone(schedule.Times.Zone).ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFzzz", System.Globalization.CultureInfo.InvariantCulture);
}
