using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>
/// Checks the expressions in a step's settings: each by itself, and its value against the setting that it stands in. What they say of the
/// step's output is kept for the steps behind it.
/// </summary>
/// <param name="type">The step's type; null when it is not known.</param>
/// <param name="shape">The step's shape; null when its type is not known.</param>
/// <param name="scope">What the expressions may name.</param>
/// <param name="settings">The step's settings with their templates read.</param>
internal sealed class ExpressionCheck(NodeType? type, NodeShape? shape, TypeScope scope, SettingsTemplate settings)
{
    private readonly Dictionary<string, ExpressionType> values = new(StringComparer.Ordinal);
    private readonly List<SettingProblem> found = [];

    /// <summary>The problems in the order of the settings; unreadable templates first.</summary>
    public IReadOnlyList<SettingProblem> Problems(WorkflowNode node)
    {
        foreach (var problem in settings.Problems) found.Add(Unreadable(problem));
        foreach (var setting in settings.Templates)
            if (setting.Template.Problem is null && !IsCollected(setting.Path) && !IsPerItem(setting.Path)) Check(node, setting, scope);
        var perItem = settings.Templates.Where(t => t.Template.Problem is null && IsPerItem(t.Path)).ToList();
        if (perItem.Count > 0 && ForItems(node) is var inside)
            foreach (var setting in perItem) Check(node, setting, inside);
        if (type is not null) Learn(type, node);
        return found;
    }

    private void Check(WorkflowNode node, TemplateSetting setting, TypeScope sees)
    {
        var field = type is null ? null : SchemaPath.Find(type.Settings, setting.Path);
        var wanted = field is null ? null : field.IsList ? ExpressionType.List : OutputTypes.Of(field);
        var (value, problems, secrets) = new TypeChecker(sees, setting.Path, wanted).Check(setting.Template);
        values[setting.Path] = value;
        foreach (var problem in problems)
            if (problem.Code != WorkflowProblemCodes.MaybeMissing || type?.MayBeMissing(node.Config, setting.Path) != true)
                found.Add(problem);
        if (type is null || field is null) return;
        if (Misfit(field, value, setting) is { } misfit) found.Add(misfit);
        if (!field.Secret) found.AddRange(secrets.Select(part => SecretShown(type, field, setting, part)).OfType<SettingProblem>());
    }

    private void Learn(NodeType known, WorkflowNode node)
    {
        var output = new OutputFinding(known, shape!, node, values, scope);
        scope.Types.Learn(node, output.Type());
        if (shape!.BodyPort is not null) scope.Types.LearnItem(node, output.Item());
    }

    private TypeScope ForItems(WorkflowNode node) => scope with
    {
        Ambients = [.. scope.Ambients ?? [], AmbientNames.Item, AmbientNames.Index],
        Item = type is null ? ExpressionType.Any : new OutputFinding(type, shape!, node, values, scope).Item(),
    };

    private bool IsPerItem(string path) => shape is not null && shape.ItemSettings.Contains(path.Split('.', '[')[0]);

    // what is collected at the end of each iteration sees the steps of the body, which do not lie before this one
    private bool IsCollected(string path) => shape?.CollectSetting is { } collected && path.StartsWith(collected, StringComparison.Ordinal)
        && (path.Length == collected.Length || path[collected.Length] is '.' or '[');

    private static SettingProblem Unreadable(SettingsProblem found)
    {
        var problem = found.Problem;
        // an expression that is never closed is told from its braces on
        var shown = problem.Expression.StartsWith("{{", StringComparison.Ordinal)
            ? problem.Expression.TrimEnd()
            : $"{{{{ {problem.Expression} }}}}";
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
        var fix = wanted.Kind == TypeKind.Number && value.Kind == TypeKind.Text
            ? new ProblemFix("Make it a number", $"{{{{ number({expression}) }}}}", null)
            : null;
        return new SettingProblem(
            WorkflowProblemCodes.WrongType, setting.Path, $"{field.Title} needs {wanted.Words}, but the expression gives {value.Words}.",
            isSure ? ProblemSeverity.Error : ProblemSeverity.Warning)
        { Position = whole, Fix = fix };
    }

    // into a message it goes to others, into the log to everybody who may see runs
    private static SettingProblem? SecretShown(NodeType type, SchemaField field, TemplateSetting setting, SecretPart part)
    {
        var isMessage = field.Editor == FieldEditor.Message || type.SendsMessage;
        if (!isMessage && !field.Logged) return null;
        var (code, where) = isMessage
            ? (WorkflowProblemCodes.SecretInMessage, "would show a secret")
            : (WorkflowProblemCodes.SecretInLog, "would write a secret into the run's log");
        var isWhole = part.Type.Kind is TypeKind.Object or TypeKind.List;
        var remedy = isWhole ? "Name the fields that may be shown, or leave it out." : "Leave it out, or give its hash: sha256(…).";
        var fix = isWhole ? new ProblemFix("Leave it out", "\"\"", part.Range) : new ProblemFix(
            "Give its hash", $"sha256({setting.Template.Text.Substring(part.Range.Start, part.Range.Length)})", part.Range);
        return new SettingProblem(
            code, setting.Path, $"{field.Title} {where}: {part.Written} {(isWhole ? "holds" : "is")} one. {remedy}", ProblemSeverity.Error)
        { Position = part.Range, Fix = fix };
    }
}
