using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Expressions.Values;
using WorkflowStudio.Engine.Model;
using static WorkflowStudio.Engine.Expressions.Functions.Takes;

namespace WorkflowStudio.Engine.Expressions.Functions;

/// <summary>JSON as text.</summary>
internal static class JsonFunctions
{
    public static ExpressionFunction[] All { get; } =
    [
        new("to_json", "The value as JSON text, without spaces between; several lines when the second argument is true.",
            [Any("value"), Boolean("pretty").Optional()], ExpressionType.Text, "to_json({a: [1, true]})")
        { Body = ToJson },
        new("from_json", "The value that a JSON text holds.", [Text("text")], ExpressionType.Any, "from_json('{\"a\":1}').a")
        { Body = FromJson },
    ];

    private static Value ToJson(Arguments a)
    {
        using var json = new JsonBytes();
        using var writer = new Utf8JsonWriter(json, new JsonWriterOptions
        { Indented = a[1].IsTrue, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        ValueJson.Element(a[0]).WriteTo(writer);
        writer.Flush();
        return Value.Of(Encoding.UTF8.GetString(json.Written));
    }

    private static Value FromJson(Arguments a) =>
        StrictJson.TryParse(Encoding.UTF8.GetBytes(a.Text(0)), out var value, out var problem)
            ? Value.Of(value)
            : a.Fail($"from_json cannot read the text: {problem!.Message}");
}
