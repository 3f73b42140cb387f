using System.Globalization;
using System.Text.Json;

namespace WorkflowStudio.Engine.Expressions.Logic;

/// <summary>The operators that look into the data: <c>var</c>, <c>missing</c>, <c>missing_some</c>.</summary>
internal static class DataAccess
{
    public static LogicValue Var(LogicCall call)
    {
        var found = Find(call.Whole(0), call);
        return found.Kind != LogicKind.Undefined ? found
            : call.Count > 1 && call[1] is { Kind: not LogicKind.Undefined } preset ? preset
            : LogicValue.Null;
    }

    public static LogicValue Missing(LogicCall call)
    {
        var keys = call.All();
        return Missing(keys is [{ Kind: LogicKind.List } list, ..] ? call.Budget.Items(list) : keys, call);
    }

    public static LogicValue MissingSome(LogicCall call)
    {
        var (needed, options) = (Coercion.ToNumber(call.Whole(0)), call[1]);
        var keys = options.Kind == LogicKind.List ? call.Budget.Items(options) : [options];
        var missing = Missing(keys, call);
        return keys.Length - (missing.Made?.Length ?? 0) >= needed ? LogicValue.Of(Array.Empty<LogicValue>()) : missing;
    }

    private static LogicValue Missing(LogicValue[] keys, LogicCall call) =>
        LogicValue.Of(Array.FindAll(keys, key => Find(key, call) is { IsNothing: true } or { Kind: LogicKind.Text, Text: "" }));

    /// <summary>
    /// What stands at the path: names and positions with points between. No path is the data itself; undefined when there is nothing.
    /// </summary>
    private static LogicValue Find(LogicValue path, LogicCall call)
    {
        if (path.IsNothing || path is { Kind: LogicKind.Text, Text: "" }) return call.Data;
        if (!call.Budget.TakeWhole(path)) return default;
        var value = call.Data;
        foreach (var name in Coercion.ToText(path).Split('.'))
        {
            value = Member(value, name, call.Budget);
            if (value.Kind == LogicKind.Undefined) break;
        }
        return value;
    }

    private static LogicValue Member(LogicValue value, string name, LogicBudget budget)
    {
        switch (value.Kind)
        {
            case LogicKind.Object when value.Fields is { } fields:
                return Array.Find(fields, f => f.Name == name).Value;
            case LogicKind.Object:
                return budget.Take(1 + (value.Json.GetPropertyCount() / 16)) && value.Json.TryGetProperty(name, out var found)
                    ? budget.Read(found)
                    : default;
            case LogicKind.List when name == "length":
                return LogicValue.Of(value.Made?.Length ?? value.Json.GetArrayLength());
            case LogicKind.List:
                return Item(value, name, budget);
            case LogicKind.Text when name == "length":
                return LogicValue.Of(value.Text.Length);
            default:
                return default;
        }
    }

    private static LogicValue Item(LogicValue list, string name, LogicBudget budget)
    {
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || (name.Length > 1 && name[0] == '0'))
            return default;
        if (list.Made is { } made) return index < made.Length ? made[index] : default;
        return index < list.Json.GetArrayLength() && budget.Take(1 + (index / 16)) ? budget.Read(list.Json[index]) : default;
    }
}
