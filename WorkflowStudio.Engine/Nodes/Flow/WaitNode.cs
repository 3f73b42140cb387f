using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Practice.Calendar;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Waits: for a length of time, until a moment, or for the practice to be open.</summary>
[Step("wait", "Wait", NodeGroup.Flow, "schedule", Waits = true, HandsOn = true,
    Does = "Waits for a length of time, until a moment, or until the practice is open. Waiting costs nothing, survives a restart, and "
        + "can be ended early on the run's page.",
    Example = """{"mode":"for","for":"2 hours"}""")]
public sealed class WaitNode(ICalendar calendar) : NodeType<WaitSettings, WaitOutput>
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3_660);
    private static readonly SettingProblem NoLength = SettingProblem.Missing(
        "for", "The length of the wait is missing. Write one such as 2 hours, 3 days or PT90M.");

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config)
    {
        if (ReadOrNull(config) is not { } settings) return [];
        return settings.Meant switch
        {
            WaitMode.For => Length(settings) is { } length ? WrittenTime.CheckLength(length, "for") : [NoLength],
            WaitMode.Until when !Template.Contains(settings.Until) && WrittenTime.Read(settings.Until, "UTC") is null =>
                [NoTime(settings.Until)],
            _ => [],
        };
    }

    /// <inheritdoc/>
    public override string? Summary(JsonElement config)
    {
        if (ReadOrNull(config) is not { } settings) return null;
        var words = settings.Meant switch
        {
            WaitMode.For => Length(settings),
            WaitMode.Until => settings.Until.Length > 0 ? $"Until {settings.Until}" : null,
            WaitMode.Opening => "Until the practice is open",
            _ => settings.Days == 1 ? "1 business day" : $"{settings.Days} business days",
        };
        return words is null ? null : Card.Fit(words);
    }

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(WaitSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (input.Wake.Kind != NodeWakeKind.FirstCall) return Resume(input);
        var (until, problem) = settings.Meant switch
        {
            WaitMode.For => For(settings, input),
            WaitMode.Until => Until(settings, input),
            _ => OpenTime(settings, await calendar.HoursAsync(input.Run.Tenant, cancellationToken), input.Now),
        };
        if (until is not { } time) return problem!;
        if (time - input.Now > Longest)
            return new NodeOutcome.Failed("wait_too_long", $"The wait would end on {time.On(input.Run.TimeZone):yyyy-MM-dd}. At most 10 "
                + "years are possible. Check the setting of this step.");
        if (time <= input.Now)
            return Complete(new WaitOutput { Until = time.On(input.Run.TimeZone), ResumedAt = input.Now.On(input.Run.TimeZone) });
        return new NodeOutcome.Waiting(
            time, null, JsonSerializer.SerializeToElement(new WaitState(time), NodeJson.Options), Caption(settings));
    }

    private static NodeOutcome Resume(NodeInput input)
    {
        var until = input.State.Deserialize<WaitState>(NodeJson.Options)!.Until;
        return Complete(new WaitOutput
        { Until = until.On(input.Run.TimeZone), ResumedAt = input.Now.On(input.Run.TimeZone), WokenEarly = input.Now < until });
    }

    private static (DateTimeOffset?, NodeOutcome.Failed?) For(WaitSettings settings, NodeInput input)
    {
        if (Length(settings) is not { } length) return (null, SettingsFailure.Of(NoLength));
        WrittenTime.TryEnd(input, length, "for", out var until, out var failed);
        return (until, failed);
    }

    private static (DateTimeOffset?, NodeOutcome.Failed?) Until(WaitSettings settings, NodeInput input) =>
        WrittenTime.Read(settings.Until, input.Run.TimeZone) is { } until
            ? (until, null)
            : (null, SettingsFailure.Of(NoTime(settings.Until)));

    private static (DateTimeOffset?, NodeOutcome.Failed?) OpenTime(WaitSettings settings, PracticeHours hours, DateTimeOffset now) =>
        (settings.Meant == WaitMode.Opening ? hours.NextOpen(now) : hours.AfterOpenDays(now, settings.Days)) is { } time
            ? (time, null)
            : (null, new NodeOutcome.Failed("no_opening_hours", "The practice has no opening hours, so it is not known when it opens. Set "
                + "them in the calendar, under “Opening hours”."));

    private static string? Length(WaitSettings settings) => settings.For.Trim() switch
    {
        "" => null,
        var text when NumberText.TryRead(text, out var number) && number >= 0 =>
            $"{number.ToString("0.############################", CultureInfo.InvariantCulture)} "
            + $"{settings.Unit.ToString().ToLowerInvariant()}",
        var words => words,
    };

    private static SettingProblem NoTime(string until) => until.Length == 0
        ? SettingProblem.Missing(
            "until", "The time to wait for is missing. Write one such as 2026-12-01T09:00, or an expression that gives one.")
        : SettingProblem.Wrong(
            "until", $"“{until}” is no date or time. Write one such as 2026-12-01T09:00, or an expression that gives one.");

    private static string Caption(WaitSettings settings) => settings.Meant switch
    {
        WaitMode.For => Length(settings)!,
        WaitMode.Until => "the time that was set",
        WaitMode.Opening => "the practice to open",
        _ => settings.Days == 1 ? "1 business day" : $"{settings.Days} business days",
    };

    private sealed record WaitState(DateTimeOffset Until);
}

/// <summary>What a wait waits for.</summary>
public enum WaitMode
{
    /// <summary>A length of time.</summary>
    For,

    /// <summary>A moment.</summary>
    Until,

    /// <summary>The practice's next opening; no wait while it is open.</summary>
    Opening,

    /// <summary>Some days on which the practice opens.</summary>
    BusinessDays,
}

/// <summary>The units of a number of <see cref="WaitSettings.For"/>.</summary>
public enum WaitUnit
{
    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Minutes.</summary>
    Minutes,

    /// <summary>Hours.</summary>
    Hours,

    /// <summary>Days of the calendar: the same time of day, also across a clock change.</summary>
    Days,

    /// <summary>Seven days of the calendar.</summary>
    Weeks,
}

/// <summary>The settings of <see cref="WaitNode"/>.</summary>
public sealed record WaitSettings
{
    /// <summary>What for.</summary>
    [Setting("Wait", Choices = ["for=for a length of time", "until=until a date and time", "opening=until the practice is open",
        "business_days=for some business days"])]
    public WaitMode Mode { get; init; } = WaitMode.For;

    /// <summary>The length.</summary>
    [Setting("Length", Description = "For “a length of time”: 2 hours, 3 days, 1 hour 30 minutes, PT90M, or a number of the unit below. "
        + "Days end at the same time of day.", Max = 100, When = "mode=for")]
    public string For { get; init; } = "";

    /// <summary>The moment.</summary>
    [Setting("Until", Description = "For “a date and time”: such as 2026-12-01T09:00 in the workflow's time zone, or an expression. A time "
        + "that has passed does not wait.", Max = 100, When = "mode=until")]
    public string Until { get; init; } = "";

    /// <summary>How many business days.</summary>
    [Setting("Business days", Description = "For “business days”: days on which the practice opens; it ends at this time of "
        + "day, or at the next opening.", Min = 1, Max = 250, When = "mode=business_days")]
    public int Days { get; init; } = 1;

    /// <summary>The unit.</summary>
    [Setting("Unit of a number", Description = "What a length that is only a number counts.", Advanced = true, When = "mode=for")]
    public WaitUnit Unit { get; init; } = WaitUnit.Hours;

    // a moment alone says what is meant, also when the mode is left out
    internal WaitMode Meant => Mode == WaitMode.For && For.Length == 0 && Until.Length > 0 ? WaitMode.Until : Mode;
}

/// <summary>The output of <see cref="WaitNode"/>.</summary>
public sealed record WaitOutput
{
    [Setting("Until", Description = "When the wait was to end.")]
    public required DateTimeOffset Until { get; init; }

    [Setting("Resumed at", Description = "When it ended.")]
    public required DateTimeOffset ResumedAt { get; init; }

    [Setting("Woken early", Description = "Whether somebody ended it early.")]
    public bool WokenEarly { get; init; }
}
