using System.Text.Json;
using WorkflowStudio.Engine.Expressions.Logic;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Waits for something to happen.</summary>
[Step("wait_for_event", "Wait for an event", NodeGroup.Flow, "hourglass_top", Waits = true, HandsOn = true, Ports = ["received", "timeout"],
    Does = "Waits until an event of a name happens, and a rule over its data holds. What the event carries becomes the step's output. "
        + "Events that came before are not seen.",
    Example = """{"event":"form.submitted","match":{"==":[{"var":"data.form"},"consent"]},"timeout":"3 days"}""")]
public sealed class WaitForEventNode : ComputingNode<WaitForEventSettings, WaitForEventOutput>
{
    private const string Received = "received";
    private const string Timeout = "timeout";

    private const string EndOfRun = "The end of a run starts workflows, and no step can wait for it. To wait for a run, start it by the "
        + "step “Start a workflow”.";

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config)
    {
        if (ReadOrNull(config) is not { } settings) return [];
        var rule = IsGiven(settings.Match) ? LogicRule.Compile(settings.Match).Problems : [];
        return
        [
            .. rule.Select(p => SettingProblem.Wrong(p.Path.Length == 0 ? "match" : $"match.{p.Path}", p.Message)),
            .. WrittenTime.CheckLength(settings.Timeout, "timeout"),
            .. KnownEvents.IsEndOfRun(settings.Event.Trim()) ? [SettingProblem.Wrong("event", EndOfRun)] : Array.Empty<SettingProblem>(),
            .. EventName.IsWellFormed(settings.Event.Trim()) || Expressions.Template.Contains(settings.Event)
                ? Array.Empty<SettingProblem>()
                : [SettingProblem.Wrong(
                    "event", $"The name of an event is made of {EventName.Rule}. Name one event, for example form.submitted.")],
        ];
    }

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config) is { } settings
        ? Card.Fit(settings.Timeout.Length > 0 ? $"{settings.Event}, at most {settings.Timeout}" : settings.Event)
        : null;

    /// <inheritdoc/>
    protected override NodeOutcome Execute(WaitForEventSettings settings, NodeInput input, CancellationToken cancellationToken) =>
        input.Wake.Kind switch
        {
            NodeWakeKind.FirstCall => Wait(settings, input),
            NodeWakeKind.Signal => Complete(Told(settings, input, timedOut: false), Received),
            _ => Complete(Told(settings, input, timedOut: true), Timeout),
        };

    private static NodeOutcome Wait(WaitForEventSettings settings, NodeInput input)
    {
        if (IsGiven(settings.Match) && LogicRule.Compile(settings.Match).Problems is [var problem, ..])
            return SettingsFailure.Wrong("match", $"{(problem.Path.Length > 0 ? $"{problem.Path}: " : "")}{problem.Message}");
        if (KnownEvents.IsEndOfRun(settings.Event.Trim())) return SettingsFailure.Wrong("event", EndOfRun);
        if (!WrittenTime.TryEnd(input, settings.Timeout, "timeout", out var until, out var failed)) return failed;
        return new NodeOutcome.Waiting(until, EventName.Signal(settings.Event.Trim()), default, $"the event {settings.Event.Trim()}",
            IsGiven(settings.Match) ? settings.Match : default);
    }

    private static WaitForEventOutput Told(WaitForEventSettings settings, NodeInput input, bool timedOut) => new()
    {
        Event = settings.Event.Trim(),
        Data = timedOut || input.Wake.Data.ValueKind == JsonValueKind.Undefined ? JsonElement.Parse("null") : input.Wake.Data,
        At = input.Now.On(input.Run.TimeZone),
        TimedOut = timedOut,
    };

    private static bool IsGiven(JsonElement match) => match.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);
}

/// <summary>The settings of <see cref="WaitForEventNode"/>.</summary>
public sealed record WaitForEventSettings
{
    /// <summary>The event.</summary>
    [Setting("Event", Description = "The name of the event, such as form.submitted or invoice.paid.", Min = 1, Max = EventName.MaxLength)]
    public required string Event { get; init; }

    /// <summary>The rule.</summary>
    [Setting("Only when",
        Description = "A rule of JSON Logic over the event as data; it may hold expressions. Without one, every event of the name counts.")]
    public JsonElement Match { get; init; }

    /// <summary>How long.</summary>
    [Setting("At most", Description = "A length of time such as 3 days; then the run goes on through “timeout”. Left out, it waits until "
        + "the event comes or somebody wakes it.", Max = 100)]
    public string Timeout { get; init; } = "";
}

/// <summary>The output of <see cref="WaitForEventNode"/>.</summary>
public sealed record WaitForEventOutput
{
    [Setting("Event", Description = "The name of the event.")]
    public required string Event { get; init; }

    [Setting("Data", Description = "What the event carried; null after a timeout.")]
    public JsonElement Data { get; init; }

    [Setting("At", Description = "When it came, or the time was over.")]
    public required DateTimeOffset At { get; init; }

    [Setting("Timed out", Description = "Whether the time was over before it came.")]
    public required bool TimedOut { get; init; }
}
