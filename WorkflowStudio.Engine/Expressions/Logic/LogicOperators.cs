using System.Collections.Frozen;

namespace WorkflowStudio.Engine.Expressions.Logic;

/// <summary>An operator: its name, how many arguments it takes, and what it does.</summary>
internal sealed record LogicOperator(string Name, int Least, int Most, LogicFunction Function)
{
    /// <summary>Whether its second argument is a rule for the items of a list.</summary>
    public bool HasBody => Name is "map" or "filter" or "reduce" or "all" or "some" or "none";
}

/// <summary>The operators of JSON Logic (jsonlogic.com/operations.html); described in docs/json-logic.md.</summary>
internal static class LogicOperators
{
    private const int Any = int.MaxValue;

    private static readonly LogicOperator[] List =
    [
        new("var", 0, 2, DataAccess.Var),
        new("missing", 0, Any, DataAccess.Missing),
        new("missing_some", 2, 2, DataAccess.MissingSome),
        new("if", 0, Any, If),
        new("?:", 0, Any, If),
        new("and", 0, Any, call => FirstThat(call, isTrue: false)),
        new("or", 0, Any, call => FirstThat(call, isTrue: true)),
        new("!", 1, 1, call => LogicValue.Of(!Coercion.IsTrue(call[0]))),
        new("!!", 1, 1, call => LogicValue.Of(Coercion.IsTrue(call[0]))),
        new("==", 2, 2, call => LogicValue.Of(Comparison.LooselyEqual(call.Whole(0), call.Whole(1)))),
        new("!=", 2, 2, call => LogicValue.Of(!Comparison.LooselyEqual(call.Whole(0), call.Whole(1)))),
        new("===", 2, 2, call => LogicValue.Of(Comparison.StrictlyEqual(call.Whole(0), call.Whole(1)))),
        new("!==", 2, 2, call => LogicValue.Of(!Comparison.StrictlyEqual(call.Whole(0), call.Whole(1)))),
        new("<", 2, 3, call => Ordered(call, Comparison.Less)),
        new("<=", 2, 3, call => Ordered(call, Comparison.LessOrEqual)),
        new(">", 2, 3, call => Ordered(call, (a, b) => Comparison.Less(b, a))),
        new(">=", 2, 3, call => Ordered(call, (a, b) => Comparison.LessOrEqual(b, a))),
        new("+", 0, Any, call => LogicValue.Of(Numbers(call, Coercion.ParseFloat).Sum())),
        new("*", 1, Any, Product),
        new("-", 1, 2, Minus),
        new("/", 2, 2, call => LogicValue.Of(Number(call, 0) / Number(call, 1))),
        new("%", 2, 2, call => LogicValue.Of(Number(call, 0) % Number(call, 1))),
        new("max", 1, Any, call => LogicValue.Of(Numbers(call, Coercion.ToNumber).Aggregate(Math.Max))),
        new("min", 1, Any, call => LogicValue.Of(Numbers(call, Coercion.ToNumber).Aggregate(Math.Min))),
        new("map", 2, 2, ListWork.Map),
        new("filter", 2, 2, ListWork.Filter),
        new("reduce", 2, 3, ListWork.Reduce),
        new("all", 2, 2, ListWork.All),
        new("some", 2, 2, call => LogicValue.Of(ListWork.HasMatch(call))),
        new("none", 2, 2, call => LogicValue.Of(!ListWork.HasMatch(call))),
        new("merge", 0, Any, ListWork.Merge),
        new("in", 2, 2, TextWork.In),
        new("cat", 0, Any, TextWork.Cat),
        new("substr", 2, 3, TextWork.Substr),
        new("log", 1, 1, call => call[0]),
    ];

    private static readonly FrozenDictionary<string, LogicOperator> ByName = List.ToFrozenDictionary(o => o.Name, StringComparer.Ordinal);

    // what people coming from elsewhere write
    private static readonly FrozenDictionary<string, string> OtherWords = new Dictionary<string, string>
    {
        ["="] = "==", ["eq"] = "==", ["equal"] = "==", ["equals"] = "==", ["is"] = "==", ["<>"] = "!=", ["neq"] = "!=",
        ["not_equals"] = "!=",
        ["gt"] = ">", ["greater_than"] = ">", ["gte"] = ">=", ["lt"] = "<", ["less_than"] = "<", ["lte"] = "<=", ["between"] = "<=",
        ["not"] = "!", ["&&"] = "and", ["||"] = "or", ["contains"] = "in", ["concat"] = "cat", ["substring"] = "substr", ["any"] = "some",
        ["every"] = "all", ["mod"] = "%",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>All names, in the order of the documentation.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. List.Select(o => o.Name)];

    public static LogicOperator? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The operator that somebody meant by another word, or null.</summary>
    public static string? Meant(string word) => OtherWords.GetValueOrDefault(word) ?? Model.NearestName.Of(word, Names);

    private static LogicValue If(LogicCall call)
    {
        var i = 0;
        for (; i + 1 < call.Count; i += 2)
        {
            if (Coercion.IsTrue(call[i])) return call[i + 1];
        }
        return i < call.Count ? call[i] : LogicValue.Null;
    }

    private static LogicValue FirstThat(LogicCall call, bool isTrue)
    {
        var value = default(LogicValue);
        for (var i = 0; i < call.Count; i++)
        {
            value = call[i];
            if (Coercion.IsTrue(value) == isTrue) break;
        }
        return value;
    }

    private static LogicValue Ordered(LogicCall call, Func<LogicValue, LogicValue, bool> inOrder)
    {
        var middle = call.Whole(1);
        return LogicValue.Of(inOrder(call.Whole(0), middle) && (call.Count < 3 || inOrder(middle, call.Whole(2))));
    }

    // one factor stays as it is: {"*":["2"]} is "2"
    private static LogicValue Product(LogicCall call) =>
        call.Count == 1 ? call[0] : LogicValue.Of(Numbers(call, Coercion.ParseFloat).Aggregate((a, b) => a * b));

    private static LogicValue Minus(LogicCall call) =>
        LogicValue.Of(call.Count == 1 ? -Number(call, 0) : Number(call, 0) - Number(call, 1));

    private static double Number(LogicCall call, int index) => Coercion.ToNumber(call.Whole(index));

    private static double[] Numbers(LogicCall call, Func<LogicValue, double> read)
    {
        var numbers = new double[call.Count];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = read(call.Whole(i));
        return numbers;
    }
}
