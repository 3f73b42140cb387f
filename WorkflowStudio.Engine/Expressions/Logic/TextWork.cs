using System.Text;

namespace WorkflowStudio.Engine.Expressions.Logic;

/// <summary>The operators on text; lengths and positions count UTF-16 units, as in JavaScript.</summary>
internal static class TextWork
{
    /// <summary>Whether a text holds another, or a list an item that is strictly equal.</summary>
    public static LogicValue In(LogicCall call)
    {
        var (sought, whole) = (call.Whole(0), call.Whole(1));
        return LogicValue.Of(whole.Kind switch
        {
            LogicKind.Text => whole.Text.Length > 0 && whole.Text.Contains(Coercion.ToText(sought), StringComparison.Ordinal),
            LogicKind.List => Array.Exists(call.Budget.Items(whole), item => Comparison.StrictlyEqual(item, sought)),
            _ => false,
        });
    }

    /// <summary>All arguments as one text; null is nothing.</summary>
    public static LogicValue Cat(LogicCall call)
    {
        var text = new StringBuilder();
        for (var i = 0; i < call.Count && text.Length <= ExpressionLimits.MaxResultBytes; i++)
        {
            var value = call.Whole(i);
            if (!value.IsNothing) text.Append(Coercion.ToText(value));
        }
        return call.Budget.Made(LogicValue.Of(text.ToString()));
    }

    /// <summary>
    /// A piece of text: a start, from the end when negative; and a length, or how much to leave out at the end when negative.
    /// </summary>
    public static LogicValue Substr(LogicCall call)
    {
        var text = Coercion.ToText(call.Whole(0));
        var start = Whole(call.Whole(1), text.Length);
        var rest = text[(start < 0 ? Math.Max(0, text.Length + start) : Math.Min(start, text.Length))..];
        var length = call.Count > 2 && call.Whole(2) is { Kind: not LogicKind.Undefined } given ? Whole(given, text.Length) : rest.Length;
        return LogicValue.Of(rest[..(length < 0 ? Math.Max(0, rest.Length + length) : Math.Min(length, rest.Length))]);
    }

    // a whole number within the text; what is no number is 0
    private static int Whole(LogicValue value, int limit)
    {
        var number = Coercion.ToNumber(value);
        return double.IsNaN(number) ? 0 : (int)Math.Clamp(Math.Truncate(number), -limit, limit);
    }
}
