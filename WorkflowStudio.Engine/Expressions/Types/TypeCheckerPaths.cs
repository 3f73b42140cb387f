using System.Globalization;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Expressions.Types;

/// <summary>The half that looks names up, and says what is wrong.</summary>
internal sealed partial class TypeChecker
{
    private const int MaxNamed = 30;
    private const int LongestWritten = 60;

    private ExpressionType PathType(Expression.Path path, bool guarded)
    {
        var known = path.Root switch
        {
            ReferenceRoot.Step => StepType(path, guarded || path.Segments is [{ Optional: true }, ..]),
            ReferenceRoot.Ambient => AmbientType(path),
            ReferenceRoot.Field => scope.Field(path.Name!),
            _ => ExpressionType.Any,
        };
        return Follow(known, path.Segments, path, path.Text, guarded);
    }

    private ExpressionType AmbientType(Expression.Path path)
    {
        if (scope.Ambients is null || scope.Ambients.Contains(path.Name!))
            return path.Name == AmbientNames.Item ? scope.Item : AmbientTypes.Of(path.Name!);
        var meant = scope.Sight.Nearest(path.Name!, scope.Ambients);
        Add(WorkflowProblemCodes.UnknownValue,
            $"Nothing provides {path.Name} here. Known: {string.Join(", ", scope.Ambients)}.{Hint(meant)}", ProblemSeverity.Error,
            Range(path), Rename(path, path.Name!, meant));
        return ExpressionType.Any;
    }

    private ExpressionType StepType(Expression.Path path, bool guarded)
    {
        var (id, written) = (path.Name!, Short(path.Text));
        switch (scope.Sight.StandingOf(id))
        {
            case StepStanding.Unknown:
                var meant = scope.Sight.Nearest(id, scope.Sight.StepIds);
                Add(WorkflowProblemCodes.UnknownReference,
                    $"{written} refers to the step {Short(id)}, but there is no such step.{Hint(meant)}", ProblemSeverity.Error,
                    Range(path), Rename(path, id, meant));
                return ExpressionType.Any;
            case (StepStanding.Itself or StepStanding.NotUpstream) and var standing:
                var why = standing == StepStanding.Itself
                    ? "which is this step itself"
                    : "which does not lie before this one, so it has no output yet";
                Add(WorkflowProblemCodes.NotUpstreamReference,
                    $"{written} refers to the step {id}, {why}. Refer to a step on the way from the start to here.", ProblemSeverity.Error,
                    Range(path), null);
                return ExpressionType.Any;
            case StepStanding.InLoop:
                Add(WorkflowProblemCodes.NotUpstreamReference, $"{written} refers to the "
                    + $"step {id}, which runs once for each item, so it has no single output here. Collect the outputs in the step that "
                    + "goes through the items.", ProblemSeverity.Error, Range(path), null);
                return ExpressionType.Any;
            case StepStanding.Around:
                return AmbientTypes.Iteration(scope.Types.ItemOf(scope.Sight.Find(id)!));
            case StepStanding.Disabled:
                Add(WorkflowProblemCodes.DisabledReference,
                    $"{written} refers to the step {id}, which is switched off and has no output. Give a default with ??, or switch it on.",
                    ProblemSeverity.Warning, Range(path), guarded ? null : Default(path, ExpressionType.Any));
                return ExpressionType.Any;
            case StepStanding.Maybe when !guarded && !proven.Contains(id) && !(path.Segments is [{ Name: WorkflowNode.ErrorPort }, ..]):
                Add(WorkflowProblemCodes.MaybeMissing, $"{written} may be missing: {scope.Sight.Gap(id)}. Give a default with ??.",
                    ProblemSeverity.Warning, Range(path), Default(path, Quiet(path)));
                break;
        }
        return scope.TypeOf(scope.Sight.Find(id)!);
    }

    private ExpressionType Quiet(Expression.Path path)
    {
        var type = scope.TypeOf(scope.Sight.Find(path.Name!)!);
        foreach (var segment in path.Segments)
            type = segment.Name is { } name
                ? type.Fields?.GetValueOrDefault(name) ?? type.Items ?? ExpressionType.Any
                : type.Items ?? ExpressionType.Any;
        return type;
    }

    private ExpressionType Follow(ExpressionType type, PathSegment[] segments, Expression source, string written, bool guarded)
    {
        var secret = type.IsSecret;
        for (var i = 0; i < segments.Length; i++)
        {
            var segment = segments[i];
            var next = (type.Kind, segment.Name) switch
            {
                (TypeKind.Object, { } name) when type.Fields is { } fields =>
                    fields.TryGetValue(name, out var field) ? field : UnknownField(type, segment, source, written, i),
                (TypeKind.Object, not null) => type.Items ?? ExpressionType.Any,
                (TypeKind.List, null) => type.Items ?? ExpressionType.Any,
                (TypeKind.Any or TypeKind.Null, _) => ExpressionType.Any,
                _ => guarded || segment.Optional ? ExpressionType.Any : NoSuchPart(type, segment, source, written),
            };
            // a secret object as a whole says nothing of each of its known fields
            secret = next.IsSecret || (secret && type.Fields is null);
            type = next;
        }
        return type.IsSecret == secret ? type : type with { IsSecret = secret };
    }

    private ExpressionType UnknownField(ExpressionType type, PathSegment segment, Expression source, string written, int depth)
    {
        var names = type.Fields!.Keys.ToList();
        var meant = scope.Sight.Nearest(segment.Name!, names);
        var asked = (source, depth) switch
        {
            (Expression.Path { Root: ReferenceRoot.Step } path, 0) => $"the step {path.Name}",
            (Expression.Path path, 0) => path.Name ?? "the starting data",
            (_, 0) => "an object",
            _ => "an object",
        };
        var given = names.Count == 0
            ? "It gives nothing."
            : $"It gives: {string.Join(", ", names.Take(MaxNamed))}{(names.Count > MaxNamed ? " …" : "")}.";
        Add(WorkflowProblemCodes.UnknownOutput,
            $"{Short(written)} asks {asked} for {Short(segment.Name!)}, which it does not give. {given}{Hint(meant)}",
            ProblemSeverity.Warning,
            new TextRange(segment.Position, segment.End - segment.Position), meant is null
                ? null
                : ChangeTo(meant, Quoted(segment, meant), new TextRange(segment.Position, segment.End - segment.Position)));
        return ExpressionType.Any;
    }

    private ExpressionType NoSuchPart(ExpressionType type, PathSegment segment, Expression source, string written)
    {
        var part = segment.Name ?? $"[{segment.Index.ToString(CultureInfo.InvariantCulture)}]";
        var remedy = type.Kind == TypeKind.List
            ? " A list has positions such as [0]; map(…, x => x." + part + ") takes the field of every item."
            : "";
        WrongType(source, $"{Short(written)} asks {type.Words} for {part}.{remedy}", null);
        return ExpressionType.Any;
    }

    private void WrongType(Expression where, string message, ProblemFix? fix, ProblemSeverity severity = ProblemSeverity.Error) =>
        Add(WorkflowProblemCodes.WrongType, message, severity, Range(where), fix);

    private void Add(string code, string message, ProblemSeverity severity, TextRange range, ProblemFix? fix) =>
        problems.Add(new SettingProblem(code, setting, message, severity) { Position = range, Fix = fix });

    private ProblemFix? Rename(Expression.Path path, string name, string? meant)
    {
        if (meant is null || text.IndexOf(name, path.Position, StringComparison.Ordinal) is not (>= 0 and var at) || at >= path.End)
            return null;
        return ChangeTo(meant, meant, new TextRange(at, name.Length));
    }

    private static ProblemFix ChangeTo(string meant, string replacement, TextRange range) => new($"Change to {meant}", replacement, range);

    // a default that fits and that nobody takes for data
    private ProblemFix Default(Expression.Path path, ExpressionType type)
    {
        if (type.Kind == TypeKind.Any && ReferenceEquals(path, whole)) type = wanted ?? type;
        var value = type.Kind switch
        { TypeKind.Number => "0", TypeKind.Boolean => "false", TypeKind.List => "[]", TypeKind.Object => "{}", _ => "\"\"" };
        return new ProblemFix($"Add a default: ?? {value}", $"{Source(path)} ?? {value}", Range(path));
    }

    private string Quoted(PathSegment segment, string meant)
    {
        var first = text[segment.Position];
        return first is '"' or '\'' ? first + meant + first : meant.All(c => char.IsLetterOrDigit(c)
            || c == '_') ? meant : text[segment.Position..segment.End];
    }

    private static string Hint(string? meant) => meant is null ? "" : $" Did you mean {meant}?";

    private static TextRange Range(Expression expression) => new(expression.Position, expression.End - expression.Position);

    private string Source(Expression expression) => text[expression.Position..expression.End];

    private string Written(Expression expression) => Short(Source(expression));

    private static string Short(string written) => ShownText.Cut(written, LongestWritten);
}
