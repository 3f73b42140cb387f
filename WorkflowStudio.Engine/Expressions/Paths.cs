using System.Text.Json;
using WorkflowStudio.Engine.Expressions.Functions;
using WorkflowStudio.Engine.Expressions.Values;

namespace WorkflowStudio.Engine.Expressions;

/// <summary>Why a path has no value: where it broke off. Turned into words only when somebody asks.</summary>
/// <param name="Source">The path.</param>
/// <param name="Segment">The segment that found nothing; -1 when the root itself is missing.</param>
/// <param name="Found">What the segment was asked of.</param>
internal readonly record struct Missing(Expression? Source, int Segment, Value Found)
{
    /// <summary>
    /// What the value was wanted for, so that a default of that kind is proposed; null while it goes on to where the expression stands.
    /// </summary>
    public ParameterType? Wanted { get; init; }

    /// <summary>The path as written.</summary>
    public string Written => Source switch
    {
        Expression.Path path => path.Text,
        Expression.Local local => local.Text,
        Expression.Access access => access.Text,
        _ => "The expression",
    };

    /// <summary>The cause and a remedy, for people.</summary>
    public string Describe() => $"{Written} has no value: {Cause}. Check the name, or give a default: {{{{ {Written} ?? "
        + $"{Stand.InFor(Wanted ?? ParameterType.Any)} }}}}.";

    /// <summary>The cause, for people, as a part of a sentence.</summary>
    public string Cause => Segment < 0 ? RootCause() : SegmentCause(SegmentsOf(Source)[Segment]);

    private static PathSegment[] SegmentsOf(Expression? source) => source switch
    {
        Expression.Path path => path.Segments,
        Expression.Local local => local.Segments,
        Expression.Access access => access.Segments,
        _ => [],
    };

    private string RootCause() => Source switch
    {
        Expression.Path { Root: ReferenceRoot.Payload } => "the run was started without data",
        Expression.Path { Root: ReferenceRoot.Step } path => $"the step {path.Name} has no output in this run",
        Expression.Path { Root: ReferenceRoot.Ambient } path => $"nothing provides {path.Name} here",
        Expression.Path path => $"neither an earlier step nor the starting data has the field {path.Name}{MinusHint(path.Name!)}",
        _ => "it is empty",
    };

    private string SegmentCause(PathSegment segment) => (segment.Name, Found.Kind) switch
    {
        (_, ValueKind.Null) => "what comes before " + Named(segment) + " is empty",
        ({ } name, ValueKind.Object) => $"{Place()} no field {name}{MinusHint(name)}",
        (null, ValueKind.List) => $"the list has {Found.Count} items and no position {segment.Index}",
        ({ } name, ValueKind.List) => $"{name} was asked of a list, which has positions such as [0]",
        (null, ValueKind.Object) => $"position {segment.Index} was asked of an object, which has names",
        _ => $"{Named(segment)} was asked of {Kind(Found.Kind)}",
    };

    private string Place() => (Source, Segment) switch
    {
        (Expression.Path { Root: ReferenceRoot.Payload }, 0) => "the data that started the run has",
        (Expression.Path { Root: ReferenceRoot.Step } path, 0) => $"the output of the step {path.Name} has",
        _ => "there is",
    };

    private static string Named(PathSegment segment) => segment.Name ?? $"[{segment.Index}]";

    private static string MinusHint(string name) =>
        name.Contains('-', StringComparison.Ordinal) ? " (a minus between names needs spaces around it)" : "";

    private static string Kind(ValueKind kind) => kind switch
    {
        ValueKind.Text => "a text",
        ValueKind.Number => "a number",
        ValueKind.Boolean => "a yes-or-no value",
        _ => "nothing",
    };
}

/// <summary>Follows paths. A plain path over JSON allocates nothing and copies nothing.</summary>
internal static class Paths
{
    private static readonly JsonElement Null = JsonElement.Parse("null");

    /// <summary>The value of a path, which may be null; false when it is missing.</summary>
    public static bool TryFollow(Expression.Path path, IScope scope, out JsonElement value, out Missing missing)
    {
        missing = default;
        if (!TryRoot(path, scope, out value))
        {
            if (path.Segments is [{ Optional: true }, ..]) return Nothing(out value);
            missing = new Missing(path, -1, Value.Null);
            return false;
        }
        for (var i = 0; i < path.Segments.Length; i++)
        {
            var segment = path.Segments[i];
            if (TryStep(segment, value, out var next)) value = next;
            else if (segment.Optional) return Nothing(out value);
            else
            {
                missing = new Missing(path, i, Value.Of(value));
                value = default;
                return false;
            }
        }
        return true;
    }

    /// <summary>The value that lies along segments from another; false when it is missing.</summary>
    public static bool TryFollow(Expression source, PathSegment[] segments, Value from, out Value value, out Missing missing)
    {
        value = from;
        missing = default;
        for (var i = 0; i < segments.Length; i++)
        {
            var segment = segments[i];
            if (TryStep(segment, value, out var next)) value = next;
            else if (segment.Optional)
            {
                value = Value.Null;
                return true;
            }
            else
            {
                missing = new Missing(source, i, value);
                value = default;
                return false;
            }
        }
        return true;
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

    private static bool TryStep(PathSegment segment, JsonElement from, out JsonElement next)
    {
        if (segment.Name is not null && from.ValueKind == JsonValueKind.Object) return from.TryGetProperty(segment.Utf8, out next);
        var found = segment.Name is null && from.ValueKind == JsonValueKind.Array && segment.Index < from.GetArrayLength();
        next = found ? from[segment.Index] : default;
        return found;
    }

    private static bool TryStep(PathSegment segment, Value from, out Value next)
    {
        next = default;
        if (from.IsJson)
        {
            var found = TryStep(segment, from.Json, out var element);
            next = Value.Of(element);
            return found;
        }
        if (segment.Name is { } name) return from.TryField(name, out next);
        if (from.Kind != ValueKind.List || segment.Index >= from.Count) return false;
        next = from.Item(segment.Index);
        return true;
    }

    private static bool Nothing(out JsonElement value)
    {
        value = Null;
        return true;
    }
}
