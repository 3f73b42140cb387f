using System.Globalization;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Expressions.Values;
using static WorkflowStudio.Engine.Expressions.Functions.Takes;

namespace WorkflowStudio.Engine.Expressions.Functions;

/// <summary>Functions of any value.</summary>
internal static class ValueFunctions
{
    public static ExpressionFunction[] All { get; } =
    [
        new("length", "How many characters a text, items a list or fields an object has.", [Any("value")], ExpressionType.Number,
            "length(\"Añil\")")
        { Body = Length },
        new("text", "The value as it reads inside text.", [Any("value")], ExpressionType.Text, "text(12.50)")
        { Body = a => a[0].IsNull ? a.Fail("text was given nothing (null). Give a default with ??.") : Value.Of(ValueText.Of(a[0])) },
        new("exists", "Whether there is a value: the path leads somewhere, and not to null.", [Any("value").OrMissing()],
            ExpressionType.Boolean, "exists(null)")
        { Body = a => Value.Of(a.Has(0)) },
        new("is_empty", "Whether the value is missing, null, an empty text or only spaces, an empty list or an empty object.",
            [Any("value").OrMissing()], ExpressionType.Boolean, "is_empty(\" \")")
        { Body = a => Value.Of(IsEmpty(a[0])) },
        new("default", "The value, or another when it is missing, null or an empty text.", [Any("value").OrMissing(), Any("otherwise")],
            ExpressionType.Any, "\"\" | default(\"there\")")
        {
            Body = a => a[0].Kind is ValueKind.Null or ValueKind.Text && IsEmpty(a[0]) ? a[1] : a[0],
            Infer = given => ExpressionType.Join(given[0], given[1]),
        },
        new("type_of", "The kind of the value: text, number, boolean, list, object or null.", [Any("value").OrMissing()],
            ExpressionType.Text, "type_of([1])")
        { Body = a => Value.Of(a[0].Kind.ToString().ToLowerInvariant()) },
        new("boolean",
            "Yes or no of a value: texts such as yes, true, on and 1 are yes, no, false, off and 0 are no; other values as in conditions.",
            [Any("value").OrMissing()], ExpressionType.Boolean, "boolean(\"yes\")")
        { Body = ToBoolean },
    ];

    private static Value Length(Arguments a) => a[0].Kind switch
    {
        ValueKind.Text => Value.Of(new StringInfo(a[0].Text()).LengthInTextElements),
        ValueKind.List or ValueKind.Object => Value.Of(a[0].Count),
        _ => a.Fail($"length needs a text, a list or an object, but {ValueText.Shown(a[0])} was found."),
    };

    private static bool IsEmpty(Value value) => value.Kind switch
    {
        ValueKind.Null => true,
        ValueKind.Text => string.IsNullOrWhiteSpace(value.Text()),
        ValueKind.List or ValueKind.Object => value.Count == 0,
        _ => false,
    };

    private static Value ToBoolean(Arguments a)
    {
        if (a[0].Kind != ValueKind.Text) return Value.Of(a[0].CountsAsYes);
        return a[0].Text().Trim().ToUpperInvariant() switch
        {
            "YES" or "Y" or "TRUE" or "ON" or "1" => Value.Of(true),
            "" or "NO" or "N" or "FALSE" or "OFF" or "0" => Value.Of(false),
            _ => a.Fail($"boolean cannot read {ValueText.Shown(a[0])} as yes or no."),
        };
    }
}
