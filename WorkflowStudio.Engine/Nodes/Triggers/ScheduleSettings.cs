using System.Text.Json;
using NodaTime;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Schedules;
using WorkflowStudio.Engine.Schedules.Cron;

namespace WorkflowStudio.Engine.Nodes.Triggers;

/// <summary>The settings of the trigger <c>schedule</c> (docs/schedules.md).</summary>
public sealed record ScheduleSettings
{
    /// <summary>The largest jitter, in seconds.</summary>
    public const int MostJitter = 3600;

    /// <summary>When it starts.</summary>
    [Setting("When", Description = "Five fields: minutes, hours, days of month, months, days of week. 30 9 * * MON-FRI is "
        + "every weekday at 09:30.", Max = CronExpression.MaxLength)]
    public required string Cron { get; init; }

    /// <summary>The zone of these times.</summary>
    [Setting("Time zone", Description = "A name such as America/Chicago. Empty: the workflow's or the workspace's.", Max = 60)]
    public string? Timezone { get; init; }

    /// <summary>What becomes of missed occurrences.</summary>
    [Setting("When the studio was down",
        Choices = ["skip=Skip what was missed", "once=One run for all that was missed", "all=A run for each, at most 100"])]
    public Misfire Misfire { get; init; } = Misfire.Once;

    /// <summary>How far starts are spread.</summary>
    [Setting("Spread over", Description = "Each start is moved by up to so many seconds, so that many schedules do not start at once.",
        Min = 0, Max = MostJitter, Unit = "seconds", Advanced = true)]
    public int JitterSeconds { get; init; }

    /// <summary>Nothing starts before.</summary>
    [Setting("Not before", Advanced = true)]
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Nothing starts after.</summary>
    [Setting("Not after", Advanced = true)]
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Data for every run.</summary>
    [Setting("Data for each run", Description = "Goes into the payload beside scheduled_at, fired_at and schedule_id.", Max = 100,
        Advanced = true)]
    public IReadOnlyDictionary<string, JsonElement>? Payload { get; init; }

    /// <summary>The schema of these settings.</summary>
    public static NodeSchema Schema { get; } = SchemaBuilder.Of<ScheduleSettings>();

    /// <summary>Reads settings that were checked.</summary>
    /// <exception cref="InvalidOperationException">They do not fit.</exception>
    public static ScheduleSettings Of(JsonElement config) => SettingsReader.TryRead<ScheduleSettings>(
        Schema, config, out var settings, out var problem)
        ? settings
        : throw new InvalidOperationException($"Reading the settings of a schedule: {problem.Message}");

    /// <summary>
    /// What a schema cannot say: whether the expression can be read and ever fires, whether there is such a zone, whether the end lies
    /// behind the beginning.
    /// </summary>
    internal static IEnumerable<SettingProblem> Check(JsonElement config)
    {
        if (!SettingsReader.TryRead<ScheduleSettings>(Schema, config, out var settings, out var problem))
        {
            yield return problem;
            yield break;
        }

        if (WhyNot(settings.Cron) is { } why) yield return SettingProblem.Wrong("cron", why);
        if (settings.Timezone is { Length: > 0 } zone && TimeZones.Find(zone) is null)
            yield return SettingProblem.Wrong("timezone", $"There is no time zone {zone}. Use a name such as "
                + $"America/Chicago.{NearestName.Hint(zone, DateTimeZoneProviders.Tzdb.Ids)}");
        if (settings.EndsAt <= settings.StartsAt)
            yield return SettingProblem.Wrong("ends_at", "Not after lies before Not before, so it would never start. Choose a later time.");
    }

    /// <summary>Why an expression cannot be a schedule's; null when it can.</summary>
    public static string? WhyNot(string cron)
    {
        if (!CronExpression.TryParse(cron, out var expression, out var problem)) return problem.Message;
        return expression.IsReachable ? null : $"{expression.Text} never happens: no such month has that day. Choose a day that exists.";
    }
}
