using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Expressions.Values;
using WorkflowStudio.Engine.Model;
using static WorkflowStudio.Engine.Expressions.Functions.Takes;

namespace WorkflowStudio.Engine.Expressions.Functions;

/// <summary>Telephone numbers as people write them.</summary>
internal static class PhoneFunctions
{
    public static ExpressionFunction[] All { get; } =
    [
        new(
            "phone", "The number in the international form (E.164), where it names its country or can be one of the practice's own country; other numbers as their digits. "
            + "The country is that of the time zone; without one ten digits are a number of North America.",
            [Text("number")], ExpressionType.Text, "phone(\"(713) 555-0142\")")
        {
            Body = a => Number(a, PhoneNumber.Normalize(a.Text(0), a.Frame.Zone)),
        },
        new(
            "format_phone", "The number as people write it: one of the practice's country without its code, another one with it.",
            [Text("number")], ExpressionType.Text, "format_phone(\"+17135550142\")")
        {
            Body = a => Number(a, PhoneNumber.Show(a.Text(0), a.Frame.Zone)),
        },
        new("is_phone", "Whether the text is a telephone number.", [Text("text").OrMissing().Optional()], ExpressionType.Boolean, "is_phone(\"555\")")
        {
            Body = a => Value.Of(a.Has(0) && PhoneNumber.Normalize(a.Text(0), a.Frame.Zone) is not null),
        },
    ];

    private static Value Number(Arguments a, string? number) =>
        number is null ? a.Fail($"{a.Call.Function.Name} needs a telephone number, but {ValueText.Shown(a[0])} was found.") : Value.Of(number);
}
