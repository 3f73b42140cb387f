using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WorkflowStudio.Engine.Expressions.Values;

/// <summary>Writes values as JSON.</summary>
internal static class ValueJson
{
    // what was computed is at most 64 levels deep and holds documents of their own depth
    private const int MaxDepth = 1_000;
    private static readonly JsonElement True = JsonElement.Parse("true");
    private static readonly JsonElement False = JsonElement.Parse("false");
    private static readonly JsonElement Null = JsonElement.Parse("null");

    /// <summary>Appends a value; JSON of the scope as it stands in its document.</summary>
    public static void Append(Value value, JsonBytes target)
    {
        if (value.IsJson)
        {
            target.Raw(value.Json);
            return;
        }
        switch (value.Kind)
        {
            case ValueKind.Boolean: target.Raw(value.IsTrue ? "true"u8 : "false"u8); break;
            case ValueKind.Number when value.TryNumber(out var number): target.Raw(Encoding.UTF8.GetBytes(Plain(number))); break;
            case ValueKind.Text: Quoted(value.Text(), target); break;
            case ValueKind.List: List(value, target); break;
            case ValueKind.Object: Fields(value, target); break;
            default: target.Raw("null"u8); break;
        }
    }

    /// <summary>The value as an element: the same one for JSON of the scope.</summary>
    public static JsonElement Element(Value value)
    {
        if (value.IsJson) return value.Json;
        if (value.IsNull) return Null;
        if (value.Kind == ValueKind.Boolean) return value.IsTrue ? True : False;
        using var json = new JsonBytes();
        Append(value, json);
        return JsonElement.Parse(json.Written, new JsonDocumentOptions { MaxDepth = MaxDepth });
    }

    /// <summary>A number as JSON and as people's text: invariant, without zeros that say nothing.</summary>
    public static string Plain(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);

    private static void List(Value list, JsonBytes target)
    {
        target.Raw("["u8);
        var first = true;
        foreach (var item in list.Items())
        {
            if (!first) target.Raw(","u8);
            first = false;
            Append(item, target);
        }
        target.Raw("]"u8);
    }

    private static void Fields(Value fields, JsonBytes target)
    {
        target.Raw("{"u8);
        var first = true;
        foreach (var (name, value) in fields.Fields())
        {
            if (!first) target.Raw(","u8);
            first = false;
            Quoted(name, target);
            target.Raw(":"u8);
            Append(value, target);
        }
        target.Raw("}"u8);
    }

    private static void Quoted(string text, JsonBytes target)
    {
        target.Raw("\""u8);
        target.Escaped(Encoding.UTF8.GetBytes(text));
        target.Raw("\""u8);
    }
}
