using System.Runtime.InteropServices;
using System.Text.Json;

namespace WorkflowStudio.Engine.Expressions.Logic;

/// <summary>
/// What one evaluation may still spend, so that it always ends: every operator, item and 64 bytes that are looked at cost one. When
/// nothing is left every operator answers nothing at once, and the evaluation says so.
/// </summary>
internal sealed class LogicBudget(int operations)
{
    private const int BytesPerOperation = 64;

    private int left = operations;

    public bool IsSpent => left < 0;

    /// <summary>Takes a number of operations; false when they are not there.</summary>
    public bool Take(int count = 1)
    {
        left = count > left ? -1 : left - count;
        return left >= 0;
    }

    /// <summary>Takes what looking at the whole value costs.</summary>
    public bool TakeWhole(LogicValue value) => value.Kind switch
    {
        LogicKind.Text => Take(value.Text.Length / BytesPerOperation),
        LogicKind.List when value.Made is { } made => Take(made.Length) && Array.TrueForAll(made, TakeWhole),
        LogicKind.Object when value.Fields is { } fields => Take(fields.Length) && Array.TrueForAll(fields, f => TakeWhole(f.Value)),
        LogicKind.List or LogicKind.Object => Take(Bytes(value.Json) / BytesPerOperation),
        _ => true,
    };

    /// <summary>The items of a list; none when it is no list or the budget is spent.</summary>
    public LogicValue[] Items(LogicValue list)
    {
        if (list.Kind != LogicKind.List) return [];
        if (list.Made is { } made) return Take(made.Length) ? made : [];
        return Take(list.Json.GetArrayLength() + (Bytes(list.Json) / BytesPerOperation))
            ? [.. list.Json.EnumerateArray().Select(LogicValue.Of)]
            : [];
    }

    /// <summary>A value of a document, for the price of reading it.</summary>
    public LogicValue Read(JsonElement value) =>
        value.ValueKind != JsonValueKind.String || Take(Bytes(value) / BytesPerOperation) ? LogicValue.Of(value) : default;

    /// <summary>
    /// A list, an object or a text that an operator made; nothing when it is too deep or too long, which costs all that is left.
    /// </summary>
    public LogicValue Made(LogicValue value)
    {
        if (value.Depth <= LogicRule.MaxDepth && (value.Kind != LogicKind.Text || value.Text.Length <= ExpressionLimits.MaxResultBytes))
            return value;
        Take(int.MaxValue);
        return default;
    }

    private static int Bytes(JsonElement value) => JsonMarshal.GetRawUtf8Value(value).Length;
}
