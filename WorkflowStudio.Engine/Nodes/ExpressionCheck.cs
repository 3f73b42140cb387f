using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>Checks the expressions in a step's settings: each by itself, and its value against the setting that it stands in.</summary>
internal sealed class ExpressionCheck(NodeType? type, TypeScope scope)
{
    /// <summary>The problems in the order of the settings; unreadable templates first.</summary>
    public IEnumerable<SettingProblem> Problems(WorkflowNode node)
    {
        var settings = SettingsTemplate.Compile(node.Config);
        foreach (var problem in settings.Problems) yield return Unreadable(problem);
        foreach (var setting in settings.Templates.Where(t => t.Template.Problem is null && !IsCollected(t.Path)))
        {
            var (value, problems) = new TypeChecker(IsPerItem(setting.Path) ? ForItems : scope, setting.Path).Check(setting.Template);
            foreach (var problem in problems.Where(p => p.Code != WorkflowProblemCodes.MaybeMissing || type?.MayBeMissing(node.Config, setting.Path) != true)) yield return problem;
            if (type is null || SchemaPath.Find(type.Settings, setting.Path) is not { } field) continue;
            if (Misfit(field, value, setting) is { } misfit) yield return misfit;
            if (value.IsSecret && !field.Secret && (field.Editor == FieldEditor.Message || type.Group == NodeGroup.Messaging)) yield return Secret(field, setting);
        }
    }

    private TypeScope ForItems => scope with { Ambients = [.. scope.Ambients ?? [], AmbientNames.Item, AmbientNames.Index] };

    private bool IsPerItem(string path) => type is not null && type.ItemSettings.Contains(path.Split('.', '[')[0]);

    // what is collected at the end of each iteration sees the steps of the body, which do not lie before this one
    private bool IsCollected(string path) => type?.CollectSetting is { } collected && path.StartsWith(collected, StringComparison.Ordinal) && (path.Length == collected.Length || path[collected.Length] is '.' or '[');

    private static SettingProblem Unreadable(SettingsProblem found)
    {
        var problem = found.Problem;
        // an expression that is never closed is told from its braces on
        var shown = problem.Expression.StartsWith("{{", StringComparison.Ordinal) ? problem.Expression.TrimEnd() : $"{{{{ {problem.Expression} }}}}";
        var range = new TextRange(problem.Position, problem.Length);
        return new SettingProblem(problem.Code, found.Path, $"{problem.Message} (In: {shown})", ProblemSeverity.Error)
        {
            Position = range,
            Fix = problem.Replacement is { } replacement ? new ProblemFix($"Change to {replacement}", replacement, range) : null,
        };
    }

    // what the reading of settings would refuse; text may stand for a number, because it may spell one
    private static SettingProblem? Misfit(SchemaField field, ExpressionType value, TemplateSetting setting)
    {
        var wanted = OutputTypes.Of(field);
        var (fits, isSure) = (wanted.Kind, value.Kind) switch
        {
            (TypeKind.Any, _) or (_, TypeKind.Any or TypeKind.Null) => (true, true),
            var (w, v) when w == v => (true, true),
            (TypeKind.Text, TypeKind.Number or TypeKind.Boolean or TypeKind.Date) or (TypeKind.Date, TypeKind.Text) => (true, true),
            (TypeKind.Number or TypeKind.Boolean, TypeKind.Text) => (false, false),
            _ => (false, true),
        };
        if (fits) return null;
        var whole = new TextRange(0, setting.Template.Text.Length);
        var expression = setting.Template.Text.Trim()[2..^2].Trim();
        var fix = wanted.Kind == TypeKind.Number && value.Kind == TypeKind.Text ? new ProblemFix("Make it a number", $"{{{{ number({expression}) }}}}", null) : null;
        return new SettingProblem(WorkflowProblemCodes.WrongType, setting.Path, $"{field.Title} needs {wanted.Words}, but the expression gives {value.Words}.", isSure ? ProblemSeverity.Error : ProblemSeverity.Warning) { Position = whole, Fix = fix };
    }

    private static SettingProblem Secret(SchemaField field, TemplateSetting setting) =>
        new(WorkflowProblemCodes.SecretInMessage, setting.Path, $"{field.Title} would show a secret. Leave it out, or send its hash: sha256(…).", ProblemSeverity.Error) { Position = new TextRange(0, setting.Template.Text.Length) };
}
