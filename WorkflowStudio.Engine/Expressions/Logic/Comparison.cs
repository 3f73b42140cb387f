namespace WorkflowStudio.Engine.Expressions.Logic;

/// <summary>
/// How JavaScript compares (ECMA-262, "IsStrictlyEqual", "IsLooselyEqual", "IsLessThan"). Lists and objects are equal only to themselves.
/// </summary>
internal static class Comparison
{
    public static bool StrictlyEqual(LogicValue a, LogicValue b) => a.Kind == b.Kind && a.Kind switch
    {
        LogicKind.Boolean or LogicKind.Number => a.Number == b.Number,
        LogicKind.Text => string.Equals(a.Text, b.Text, StringComparison.Ordinal),
        LogicKind.List or LogicKind.Object => IsSame(a, b),
        _ => true,
    };

    public static bool LooselyEqual(LogicValue a, LogicValue b)
    {
        if (a.Kind == b.Kind) return StrictlyEqual(a, b);
        if (a.IsNothing || b.IsNothing) return a.IsNothing && b.IsNothing;
        var (left, right) = (Primitive(a), Primitive(b));
        return left.Kind == LogicKind.Text && right.Kind == LogicKind.Text
            ? StrictlyEqual(left, right)
            : Coercion.ToNumber(left) == Coercion.ToNumber(right);
    }

    /// <summary>Whether a &lt; b; false when one of them is not a number and not both are text.</summary>
    public static bool Less(LogicValue a, LogicValue b) =>
        Order(a, b, (x, y) => x < y, static order => order < 0);

    public static bool LessOrEqual(LogicValue a, LogicValue b) =>
        Order(a, b, (x, y) => x <= y, static order => order <= 0);

    private static bool Order(LogicValue a, LogicValue b, Func<double, double, bool> numbers, Func<int, bool> texts)
    {
        var (left, right) = (Primitive(a), Primitive(b));
        return left.Kind == LogicKind.Text && right.Kind == LogicKind.Text
            ? texts(string.CompareOrdinal(left.Text, right.Text))
            : numbers(Coercion.ToNumber(left), Coercion.ToNumber(right));
    }

    private static LogicValue Primitive(LogicValue value) =>
        value.Kind is LogicKind.List or LogicKind.Object ? LogicValue.Of(Coercion.ToText(value)) : value;

    // an element of a document is the same when it stands at the same place: JsonElement compares document and place
    private static bool IsSame(LogicValue a, LogicValue b) =>
        a.Identity is { } made ? ReferenceEquals(made, b.Identity) : b.Identity is null && a.Json.Equals(b.Json);
}
