using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Schedules;
using WorkflowStudio.Engine.Storage.Schedules;

namespace WorkflowStudio.Engine.Scheduling;

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

    /// <summary>What constraints see as <c>data</c>: the payload, and the occurrence on the clock of the schedule's zone.</summary>
    internal static JsonElement ForRule(StoredSchedule schedule, PlannedFire fire, JsonElement payload)
    {
        var at = fire.Occurrence.InZone(schedule.Times.Zone);
        var data = JsonObject.Create(payload)!;
        data["occurrence"] = new JsonObject
        {
            ["date"] = LocalDatePattern.Iso.Format(at.Date),
            ["year"] = at.Year,
            ["month"] = at.Month,
            ["day"] = at.Day,
            ["weekday"] = at.DayOfWeek.ToString().ToLowerInvariant(),
            ["hour"] = at.Hour,
            ["minute"] = at.Minute,
            ["late"] = fire.Late,
        };
        return JsonSerializer.SerializeToElement(data, NodeJson.Options);
    }

    private static string Text(StoredSchedule schedule, Instant at) => at.InZone(schedule.Times.Zone).ToDateTimeOffset()
        .ToString("yyyy-MM-dd'T'HH:mm:ss.FFFzzz", System.Globalization.CultureInfo.InvariantCulture);
}
