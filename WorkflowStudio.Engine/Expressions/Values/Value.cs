using System.Runtime.InteropServices;
using System.Text.Json;

namespace WorkflowStudio.Engine.Expressions.Values;

/// <summary>The kinds of values that the language knows; dates are text.</summary>
internal enum ValueKind : byte
{
    Null,
    Boolean,
    Number,
    Text,
    List,
    Object,
}

/// <summary>
/// A value while an expression is evaluated: JSON of the scope as it stands in its document, never copied, or something that was computed.
/// Immutable. Lists and objects that were computed know their size and depth, so that little input never becomes much.
/// </summary>
internal readonly struct Value
{
    private readonly object? own; // string, ValueList or ValueFields
    private readonly JsonElement json;
    private readonly decimal number;

    private Value(ValueKind kind, object? own = null, JsonElement json = default, decimal number = 0) =>
        (Kind, this.own, this.json, this.number) = (kind, own, json, number);

    /// <summary>Nothing.</summary>
    public static Value Null => default;

    /// <summary>The kind.</summary>
    public ValueKind Kind { get; }

    /// <summary>Whether it is null.</summary>
    public bool IsNull => Kind == ValueKind.Null;

    /// <summary>Whether it is JSON of the scope.</summary>
    public bool IsJson => json.ValueKind != JsonValueKind.Undefined;

    /// <summary>The JSON of the scope; undefined for what was computed.</summary>
    public JsonElement Json => json;

    /// <summary>Whether a boolean is true.</summary>
    public bool IsTrue => Kind == ValueKind.Boolean && number != 0;

    /// <summary>What counts as yes: everything but null, false, 0, an empty text, list or object.</summary>
    public bool CountsAsYes => Kind switch
    {
        ValueKind.Null => false,
        ValueKind.Boolean => number != 0,
        ValueKind.Number => !TryNumber(out var value) || value != 0,
        ValueKind.Text => own is string text ? text.Length > 0 : JsonMarshal.GetRawUtf8Value(json).Length > 2,
        _ => Count > 0,
    };

    /// <summary>About how many bytes of JSON it is; cheap.</summary>
    public int Size => own switch
    {
        string text => text.Length + 2,
        ValueList list => list.Size,
        ValueFields fields => fields.Size,
        _ => IsJson ? JsonMarshal.GetRawUtf8Value(json).Length : 16,
    };

    /// <summary>The levels of computed lists and objects.</summary>
    public int Depth => own switch { ValueList list => list.Depth, ValueFields fields => fields.Depth, _ => 0 };

    /// <summary>The entries of a list or object.</summary>
    public int Count => own switch
    {
        ValueList list => list.Items.Length,
        ValueFields fields => fields.Map.Count,
        _ =>
            json.ValueKind switch { JsonValueKind.Array => json.GetArrayLength(), JsonValueKind.Object => json.GetPropertyCount(), _ => 0 },
    };

    public static Value Of(bool value) => new(ValueKind.Boolean, number: value ? 1 : 0);

    public static Value Of(decimal value) => new(ValueKind.Number, number: value);

    public static Value Of(string value) => new(ValueKind.Text, value);

    public static Value Of(IEnumerable<Value> items) => new(ValueKind.List, new ValueList([.. items]));

    public static Value Of(IEnumerable<KeyValuePair<string, Value>> fields) => new(ValueKind.Object, new ValueFields(fields));

    public static Value Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => default,
        JsonValueKind.True => new Value(ValueKind.Boolean, json: element, number: 1),
        JsonValueKind.False => new Value(ValueKind.Boolean, json: element),
        JsonValueKind.Number => new Value(ValueKind.Number, json: element),
        JsonValueKind.String => new Value(ValueKind.Text, json: element),
        JsonValueKind.Array => new Value(ValueKind.List, json: element),
        _ => new Value(ValueKind.Object, json: element),
    };

    /// <summary>The number, exactly; false when it is none, or beyond 28 digits.</summary>
    public bool TryNumber(out decimal value)
    {
        value = number;
        return Kind == ValueKind.Number && (!IsJson || json.TryGetDecimal(out value));
    }

    /// <summary>The text of a text; empty for other kinds.</summary>
    public string Text() => own as string ?? (Kind == ValueKind.Text ? json.GetString()! : "");

    /// <summary>The items of a list, in order.</summary>
    public IEnumerable<Value> Items() =>
        own is ValueList list ? list.Items : Kind == ValueKind.List ? json.EnumerateArray().Select(Of) : [];

    /// <summary>The item at a position from 0.</summary>
    public Value Item(int index) => own is ValueList list ? list.Items[index] : Of(json[index]);

    /// <summary>The fields of an object, in order.</summary>
    public IEnumerable<KeyValuePair<string, Value>> Fields() => own is ValueFields fields
        ? fields.Map
        : Kind == ValueKind.Object ? json.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Of(p.Value))) : [];

    /// <summary>A field of an object.</summary>
    public bool TryField(string name, out Value value)
    {
        if (own is ValueFields fields) return fields.Map.TryGetValue(name, out value);
        var found = json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var element) ? element : default;
        value = Of(found);
        return found.ValueKind != JsonValueKind.Undefined;
    }
}

/// <summary>A list that was computed.</summary>
internal sealed class ValueList
{
    public ValueList(Value[] items)
    {
        Items = items;
        var size = 2L;
        foreach (var item in items)
        {
            size += item.Size + 1;
            Depth = Math.Max(Depth, item.Depth);
        }
        Depth++;
        Size = (int)Math.Min(size, int.MaxValue);
    }

    public Value[] Items { get; }

    public int Size { get; }

    public int Depth { get; }
}

/// <summary>The fields of an object that was computed; of two of one name the last counts.</summary>
internal sealed class ValueFields
{
    public ValueFields(IEnumerable<KeyValuePair<string, Value>> fields)
    {
        foreach (var (name, value) in fields) Map[name] = value;
        var size = 2L;
        foreach (var (name, value) in Map)
        {
            size += name.Length + value.Size + 4;
            Depth = Math.Max(Depth, value.Depth);
        }
        Depth++;
        Size = (int)Math.Min(size, int.MaxValue);
    }

    public OrderedDictionary<string, Value> Map { get; } = new(StringComparer.Ordinal);

    public int Size { get; }

    public int Depth { get; }
}
