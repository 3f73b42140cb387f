using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Triggers;

/// <summary>What can be wrong with a trigger, by paths below <c>trigger</c>.</summary>
internal static class TriggerCheck
{
    public static IEnumerable<SettingProblem> Of(TriggerType? type, WorkflowTrigger trigger) =>
    [
        .. type is { NamesEvent: true } ? Event(trigger.Event) : [],
        .. StartRule.Read(trigger.Constraints, out _)
            .Select(p => Error(WorkflowProblemCodes.WrongConstraints, JsonPlace.Join("constraints", p.Path), p.Message)),
        .. type is null ? [] : Settings(type, trigger.Config).Select(p => p with { Path = JsonPlace.Join("config", p.Path) }),
    ];

    private static List<SettingProblem> Settings(TriggerType type, JsonElement config)
    {
        var found = SchemaCheck.Of(type.Settings, config, strict: true).ToList();
        if (!found.Exists(p => p.Severity == ProblemSeverity.Error)) found.AddRange(type.Check(config));
        return found;
    }

    private static IEnumerable<SettingProblem> Event(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            yield return Error(WorkflowProblemCodes.MissingEvent, "event",
                "The trigger does not say which event starts the workflow. Name one, for example contact-created.");
        else if (!EventName.IsWellFormed(name))
            yield return Error(WorkflowProblemCodes.WrongEvent, "event", $"The name of an event is made of {EventName.Rule}, and * does "
                + "not stand for others. Name one event, for example contact-created.");
    }

    private static SettingProblem Error(string code, string path, string message) => new(code, path, message, ProblemSeverity.Error);
}
