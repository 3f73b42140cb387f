namespace WorkflowStudio.Engine.Expressions.Logic;

/// <summary>The operators over lists. What is no list counts as an empty one.</summary>
internal static class ListWork
{
    public static LogicValue Map(LogicCall call) =>
        call.Budget.Made(LogicValue.Of(Array.ConvertAll(Items(call), item => call.Body(1, item))));

    public static LogicValue Filter(LogicCall call) =>
        call.Budget.Made(LogicValue.Of(Array.FindAll(Items(call), item => Holds(call, item))));

    public static LogicValue Reduce(LogicCall call)
    {
        var accumulator = call.Count > 2 ? call[2] : LogicValue.Null;
        foreach (var item in Items(call))
        {
            accumulator = call.Body(1, call.Budget.Made(LogicValue.Of(new("current", item), new("accumulator", accumulator))));
        }
        return accumulator;
    }

    /// <summary>Whether the body holds for every item; an empty list has nothing it could hold for.</summary>
    public static LogicValue All(LogicCall call) =>
        LogicValue.Of(Items(call) is { Length: > 0 } items && Array.TrueForAll(items, item => Holds(call, item)));

    public static bool HasMatch(LogicCall call) => Array.Exists(Items(call), item => Holds(call, item));

    public static LogicValue Merge(LogicCall call)
    {
        var merged = new List<LogicValue>();
        foreach (var value in call.All())
        {
            if (value.Kind == LogicKind.List) merged.AddRange(call.Budget.Items(value));
            else merged.Add(value);
        }
        return call.Budget.Made(LogicValue.Of([.. merged]));
    }

    private static LogicValue[] Items(LogicCall call) => call.Budget.Items(call[0]);

    private static bool Holds(LogicCall call, LogicValue item) => Coercion.IsTrue(call.Body(1, item));
}
