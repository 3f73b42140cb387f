using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Expressions.Functions;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>The failure of a step whose settings have no value or do not fit, in words for people.</summary>
internal static class SettingsFailure
{
    /// <summary>The failure of a setting that does not fit.</summary>
    public static NodeOutcome.Failed Wrong(string setting, string message) =>
        new(WorkflowProblemCodes.WrongSetting, $"{message} (Setting: {setting})");

    /// <summary>What the check at save says of settings as they are stored, of settings that are resolved.</summary>
    public static NodeOutcome.Failed Of(SettingProblem problem) => Wrong(problem.Path, problem.Message);

    /// <summary>The failure of settings without a value: what the step needs, why it is not there, and a default that would do.</summary>
    /// <param name="type">The step's type, whose schema names the settings.</param>
    /// <param name="problems">Why there is no value; at least one.</param>
    public static NodeOutcome.Failed Of(NodeType type, IReadOnlyList<SettingsProblem> problems)
    {
        var code = problems.Any(p => p.Problem.Code == ExpressionProblemCodes.CannotCompare)
            ? ExpressionProblemCodes.CannotCompare
            : "unresolved_reference";
        return new NodeOutcome.Failed(code, string.Join(" ", problems.Select(p => Sentence(SchemaPath.Find(type.Settings, p.Path), p))));
    }

    private static string Sentence(SchemaField? field, SettingsProblem found)
    {
        var title = field?.Title ?? found.Path;
        if (found.Problem.Lack is not { } lack) return $"{title}: {found.Problem.Message} (Setting: {found.Path})";
        var standIn = lack.Wanted is { } wanted ? Stand.InFor(wanted) : StandIn(field);
        return $"“{title}” needs {lack.Written}, which has no value: {lack.Cause}. See that it is there, or write a default into the "
            + $"setting {found.Path}: {{{{ {lack.Written} ?? {standIn} }}}}.";
    }

    // the smallest number that is allowed; a choice that may be chosen
    private static string StandIn(SchemaField? field) => field switch
    {
        null => Stand.InFor(ParameterType.Any),
        { IsList: true } => Stand.InFor(ParameterType.List),
        { Kind: FieldKind.Integer or FieldKind.Number, Min: > 0 } =>
            field.Min.Value.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture),
        { Kind: FieldKind.Text, Choices: [var first, ..] } => $"\"{first.Value}\"",
        _ => Stand.InFor(field.Kind switch
        {
            FieldKind.Integer or FieldKind.Number => ParameterType.Number,
            FieldKind.Boolean => ParameterType.Boolean,
            FieldKind.DateTime => ParameterType.Date,
            FieldKind.List => ParameterType.List,
            FieldKind.Object or FieldKind.Map => ParameterType.Object,
            _ => ParameterType.Text,
        }),
    };
}
