using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>What the steps that have conditions share: their checks at save, their words on the canvas.</summary>
internal static class ConditionList
{
    /// <summary>Whether the setting at this place belongs to a condition that asks for a value which may be missing.</summary>
    /// <param name="config">The settings as stored.</param>
    /// <param name="path">For example <c>conditions[0].left</c>.</param>
    public static bool MayBeMissing(JsonElement config, string path)
    {
        const string Before = "conditions[", Left = "].left", Right = "].right";
        var after = path.EndsWith(Left, StringComparison.Ordinal) ? Left : Right;
        return path.StartsWith(Before, StringComparison.Ordinal) && path.EndsWith(after, StringComparison.Ordinal)
            && int.TryParse(path.AsSpan(Before.Length..^after.Length), out var index)
            && config.ValueKind == JsonValueKind.Object && config.TryGetProperty("conditions", out var conditions)
            && conditions.ValueKind == JsonValueKind.Array && index < conditions.GetArrayLength()
            && OperatorOf(conditions[index]) is { } asked && (after == Left ? Conditions.MayBeMissing(asked) : Conditions.AsksSize(asked));
    }

    /// <summary>What is wrong with conditions as stored: no value to compare with, a pattern that cannot be read.</summary>
    public static IEnumerable<SettingProblem> Check(IReadOnlyList<Condition> conditions, string path)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            var condition = conditions[i];
            var place = $"{JsonPlace.Item(path, i)}.right";
            if (!Conditions.AsksOne(condition.Operator) && condition.Right.ValueKind == JsonValueKind.Undefined)
                yield return SettingProblem.Missing(
                    place, "There is nothing to compare with. Fill it in, or choose “is empty” or “exists”.");
            else if (condition.Operator == ConditionOperator.Matches && !IsTemplate(condition.Right)
                && Conditions.ProblemOf(condition.Right) is { } problem)
                yield return SettingProblem.Wrong(place, problem);
        }
    }

    /// <summary>The conditions in short, or null when there are none.</summary>
    public static string? Summary(IReadOnlyList<Condition> conditions, ConditionMatch match)
    {
        if (conditions is not [var first, ..]) return null;
        var more = conditions.Count > 1 ? $" {(match == ConditionMatch.All ? "and" : "or")} {conditions.Count - 1} more" : "";
        var words = Conditions.AsksOne(first.Operator)
            ? $"{Card.Plain(first.Left)} {Sign(first.Operator)}"
            : $"{Card.Plain(first.Left)} {Sign(first.Operator)} {Card.Plain(first.Right)}";
        return Card.Fit(words, more.Length) + more;
    }

    /// <summary>The failure of a condition that could not be decided; null when it was.</summary>
    public static NodeOutcome.Failed? Failure(ConditionResult result, string setting) =>
        result.Problem is { } problem ? SettingsFailure.Wrong(setting, problem) with { Code = result.Code } : null;

    private static ConditionOperator? OperatorOf(JsonElement condition) =>
        condition.ValueKind == JsonValueKind.Object && condition.TryGetProperty("operator", out var asked)
            && asked.ValueKind == JsonValueKind.String
            ? Conditions.Named(asked.GetString()!)
            : null;

    private static bool IsTemplate(JsonElement value) => value.ValueKind == JsonValueKind.String && Template.Contains(value.GetString()!);

    private static string Sign(ConditionOperator asked) => asked switch
    {
        ConditionOperator.Equals => "=",
        ConditionOperator.NotEquals => "≠",
        ConditionOperator.GreaterThan => ">",
        ConditionOperator.GreaterOrEqual => "≥",
        ConditionOperator.LessThan => "<",
        ConditionOperator.LessOrEqual => "≤",
        _ => Conditions.Words(asked),
    };
}
