using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Expressions.Values;
using WorkflowStudio.Engine.Model;
using static WorkflowStudio.Engine.Expressions.Functions.Takes;

namespace WorkflowStudio.Engine.Expressions.Functions;

/// <summary>Telephone numbers as people write them.</summary>
internal static class PhoneFunctions
{
    private const int NorthAmerican = 12;

    public static ExpressionFunction[] All { get; } =
    [
        new("phone", "The number in the international form (E.164), where it names its country or has the ten digits of North America; "
            + "other numbers as their digits.", [Text("number")], ExpressionType.Text, "phone(\"(713) 555-0142\")")
        {
            Body = a => PhoneNumber.Normalize(a.Text(0)) is { } number
                ? Value.Of(number)
                : a.Fail($"phone needs a telephone number, but {ValueText.Shown(a[0])} was found."),
        },
        new("format_phone", "The number as people of North America write it; other numbers in the international form.", [Text("number")],
            ExpressionType.Text, "format_phone(\"+17135550142\")")
        { Body = Format },
        new("is_phone", "Whether the text is a telephone number.", [Text("text").OrMissing().Optional()], ExpressionType.Boolean,
            "is_phone(\"555\")")
        { Body = a => Value.Of(a.Has(0) && PhoneNumber.Normalize(a.Text(0)) is not null) },
    ];

    private static Value Format(Arguments a) => PhoneNumber.Normalize(a.Text(0)) switch
    {
        null => a.Fail($"format_phone needs a telephone number, but {ValueText.Shown(a[0])} was found."),
        ['+', '1', .. var rest] and { Length: NorthAmerican } => Value.Of($"({rest[..3]}) {rest[3..6]}-{rest[6..]}"),
        var other => Value.Of(other),
    };
}
