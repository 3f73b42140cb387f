using System.Text.Json;

namespace WorkflowStudio.Engine.Expressions;

/// <summary>Why an expression has no value: which path broke off, and where. Turned into words only when somebody asks.</summary>
/// <param name="Source">The path.</param>
/// <param name="Segment">The segment that found nothing; -1 when the root itself is missing.</param>
/// <param name="Found">What the segment was asked of.</param>
internal readonly record struct Missing(Expression? Source, int Segment, JsonElement Found)
{
    /// <summary>The cause and a remedy, for people.</summary>
    public string Describe()
    {
        var (written, segments) = Source switch
        {
            Expression.Path path => (path.Text, path.Segments),
            Expression.Access access => (access.Text, access.Segments),
            _ => ("The expression", []),
        };
        var cause = Segment < 0 ? RootCause() : SegmentCause(segments[Segment]);
        return $"{written} has no value: {cause}. Check the name, or give a default: {{{{ {written} ?? \"…\" }}}}.";
    }

    private string RootCause() => Source switch
    {
        Expression.Path { Root: ReferenceRoot.Payload } => "the run was started without data",
        Expression.Path { Root: ReferenceRoot.Step } path => $"the step {path.Name} has no output in this run",
        Expression.Path { Root: ReferenceRoot.Ambient } path => $"nothing provides {path.Name} here",
        Expression.Path path => $"neither an earlier step nor the starting data has the field {path.Name}{MinusHint(path.Name!)}",
        _ => "it is empty",
    };

    private string SegmentCause(PathSegment segment) => (segment.Name, Found.ValueKind) switch
    {
        (_, JsonValueKind.Null) => "what comes before " + Named(segment) + " is empty",
        ({ } name, JsonValueKind.Object) => $"{Place()} no field {name}{MinusHint(name)}",
        (null, JsonValueKind.Array) => $"the list has {Found.GetArrayLength()} items and no position {segment.Index}",
        ({ } name, JsonValueKind.Array) => $"{name} was asked of a list, which has positions such as [0]",
        (null, JsonValueKind.Object) => $"position {segment.Index} was asked of an object, which has names",
        _ => $"{Named(segment)} was asked of {Kind(Found.ValueKind)}",
    };

    private string Place() => (Source, Segment) switch
    {
        (Expression.Path { Root: ReferenceRoot.Payload }, 0) => "the data that started the run has",
        (Expression.Path { Root: ReferenceRoot.Step } path, 0) => $"the output of the step {path.Name} has",
        _ => "there is",
    };

    private static string Named(PathSegment segment) => segment.Name ?? $"[{segment.Index}]";

    private static string MinusHint(string name) => name.Contains('-', StringComparison.Ordinal) ? " (a minus between names needs spaces around it)" : "";

    private static string Kind(JsonValueKind kind) => kind switch
    {
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a yes-or-no value",
        _ => "nothing",
    };
}

/// <summary>Gives an expression its value in a scope. Pure: the same scope gives the same value. Values are never copied.</summary>
internal static class Evaluator
{
    private static readonly JsonElement Null = JsonElement.Parse("null");

    /// <summary>The value, which may be null; false when it is missing.</summary>
    public static bool TryEvaluate(Expression expression, IScope scope, out JsonElement value, out Missing missing)
    {
        missing = default;
        switch (expression)
        {
            case Expression.Path path:
                if (TryRoot(path, scope, out var root)) return TryFollow(path, path.Segments, root, out value, out missing);
                return path.Segments is [{ Optional: true }, ..] ? Nothing(out value) : Lacks(path, -1, default, out value, out missing);
            case Expression.Literal literal:
                value = literal.Value;
                return true;
            case Expression.Coalesce coalesce:
                return TryFirst(coalesce.Options, scope, out value, out missing);
            case Expression.Access access:
                return TryEvaluate(access.Target, scope, out var target, out missing)
                    ? TryFollow(access, access.Segments, target, out value, out missing)
                    : access.Segments[0].Optional ? Nothing(out value) : Fails(out value);
            default:
                throw new InvalidOperationException($"No evaluation for {expression.GetType().Name}.");
        }
    }

    private static bool TryFirst(IReadOnlyList<Expression> options, IScope scope, out JsonElement value, out Missing missing)
    {
        var last = options.Count - 1;
        for (var i = 0; i < last; i++)
        {
            if (TryEvaluate(options[i], scope, out value, out missing) && value.ValueKind != JsonValueKind.Null) return true;
        }
        return TryEvaluate(options[last], scope, out value, out missing);
    }

    private static bool TryRoot(Expression.Path path, IScope scope, out JsonElement root)
    {
        switch (path.Root)
        {
            case ReferenceRoot.Payload:
                root = scope.Payload;
                return root.ValueKind != JsonValueKind.Undefined;
            case ReferenceRoot.Step:
                return scope.TryOutput(path.Name!, out root) && root.ValueKind != JsonValueKind.Undefined;
            case ReferenceRoot.Ambient:
                return scope.TryAmbient(path.Name!, out root) && root.ValueKind != JsonValueKind.Undefined;
            default:
                foreach (var output in scope.OutputsNewestFirst)
                {
                    if (output.ValueKind == JsonValueKind.Object && output.TryGetProperty(path.NameUtf8, out root)) return true;
                }
                root = scope.Payload;
                return root.ValueKind == JsonValueKind.Object && root.TryGetProperty(path.NameUtf8, out root);
        }
    }

    private static bool TryFollow(Expression source, PathSegment[] segments, JsonElement from, out JsonElement value, out Missing missing)
    {
        value = from;
        missing = default;
        for (var i = 0; i < segments.Length; i++)
        {
            var segment = segments[i];
            if (TryStep(segment, value, out var next)) value = next;
            else if (segment.Optional) return Nothing(out value);
            else return Lacks(source, i, value, out value, out missing);
        }
        return true;
    }

    private static bool TryStep(PathSegment segment, JsonElement from, out JsonElement next)
    {
        if (segment.Name is not null && from.ValueKind == JsonValueKind.Object) return from.TryGetProperty(segment.Utf8, out next);
        var found = segment.Name is null && from.ValueKind == JsonValueKind.Array && segment.Index < from.GetArrayLength();
        next = found ? from[segment.Index] : default;
        return found;
    }

    private static bool Nothing(out JsonElement value)
    {
        value = Null;
        return true;
    }

    private static bool Fails(out JsonElement value)
    {
        value = default;
        return false;
    }

    private static bool Lacks(Expression source, int segment, JsonElement found, out JsonElement value, out Missing missing)
    {
        missing = new Missing(source, segment, found);
        value = default;
        return false;
    }
}
