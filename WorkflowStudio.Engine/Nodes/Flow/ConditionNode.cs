using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Takes one of two ways.</summary>
[Step("condition", "If / else", NodeGroup.Flow, "alt_route", HandsOn = true, Ports = ["then", "else"],
    Does = "Takes the way “then” when its conditions hold, and “else” when they do not.",
    Example = """
        {"conditions":[{"left":"{{ $initialPayload.urgency ?? \"normal\" }}","operator":"equals","right":"high"}],"match":"all"}
        """)]
public sealed class ConditionNode : ComputingNode<ConditionSettings, ConditionOutput>
{
    private const string Then = "then";
    private const string Else = "else";

    /// <inheritdoc/>
    public override bool MayBeMissing(JsonElement config, string path) => ConditionList.MayBeMissing(config, path);

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config)
    {
        if (ReadOrNull(config) is not { } settings) return [];
        return settings.Conditions.Count == 0 && settings.Expression.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
            ? [SettingProblem.Missing("conditions", "The step has no condition. Add one, or write an expression that gives true or false.")]
            : ConditionList.Check(settings.Conditions, "conditions");
    }

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config) is { } settings
        ? ConditionList.Summary(settings.Conditions, settings.Match)
            ?? (settings.Expression.ValueKind == JsonValueKind.String ? Card.Fit(Card.Plain(settings.Expression)) : null)
        : null;

    /// <inheritdoc/>
    protected override NodeOutcome Execute(ConditionSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        bool? said = null;
        if (settings.Expression.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
        {
            said = Conditions.Says(settings.Expression);
            if (said is null)
                return SettingsFailure.Wrong(
                    "expression", "The expression must give true or false. Compare its value, for example {{ total > 100 }}.");
        }

        var words = said is { } answer ? $"The expression is {(answer ? "true" : "false")}" : "";
        var holds = said ?? true;
        if (settings.Conditions.Count > 0 && (said is null || said == (settings.Match == ConditionMatch.All)))
        {
            var result = new Conditions(input.Run.TimeZone).Check(settings.Conditions, settings.Match);
            if (ConditionList.Failure(result, "conditions") is { } failed) return failed;
            (holds, words) = (result.Holds, result.Words);
        }

        var which = holds ? Then : Else;
        input.Log(NodeLogLevel.Info, $"{words}. The run goes on through {which}.");
        return Complete(new ConditionOutput { Result = holds, Which = which }, which);
    }
}

/// <summary>The settings of <see cref="ConditionNode"/>.</summary>
public sealed record ConditionSettings
{
    /// <summary>The conditions.</summary>
    [Setting("Conditions", Description = "Comparisons of values.", Max = Flow.Conditions.Most)]
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>How they go together.</summary>
    [Setting("Together", Choices = ["all=All must hold", "any=One is enough"])]
    public ConditionMatch Match { get; init; } = ConditionMatch.All;

    /// <summary>An expression.</summary>
    [Setting("Expression", Description = "Instead of conditions, or as one more of them: a single {{ … }} that gives true or false.",
        Advanced = true)]
    public JsonElement Expression { get; init; }
}

/// <summary>The output of <see cref="ConditionNode"/>.</summary>
public sealed record ConditionOutput
{
    [Setting("Result", Description = "Whether the conditions hold.")]
    public required bool Result { get; init; }

    [Setting("Which", Description = "The way that was taken: then or else.")]
    public required string Which { get; init; }
}
