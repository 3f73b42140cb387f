using System.Text.Json;

namespace WorkflowStudio.Engine.Expressions.Logic;

/// <summary>What a value is to JavaScript, whose rules JSON Logic follows.</summary>
internal enum LogicKind
{
    /// <summary>An argument that is not there.</summary>
    Undefined,
    Null,
    Boolean,
    Number,
    Text,
    List,
    Object,
}

/// <summary>
/// A value while a rule is evaluated: one from a document, which is never copied, or one that an operator made. Lists know how deep they
/// are, so that no rule can build what cannot be written.
/// </summary>
internal readonly struct LogicValue
{
    private readonly object? content;
    private readonly JsonElement json;

    private LogicValue(LogicKind kind, double number = 0, object? content = null, JsonElement json = default, int depth = 0) =>
        (Kind, Number, this.content, this.json, Depth) = (kind, number, content, json, depth);

    public static LogicValue Null => new(LogicKind.Null);

    public LogicKind Kind { get; }

    /// <summary>The number, or 1 and 0 for true and false.</summary>
    public double Number { get; }

    /// <summary>How many levels operators have put around values; 0 for what stands in a document.</summary>
    public int Depth { get; }

    /// <summary>The text of a <see cref="LogicKind.Text"/>.</summary>
    public string Text => (string)content!;

    /// <summary>The items of a list that an operator made, or null.</summary>
    public LogicValue[]? Made => (content as LogicList)?.Items;

    /// <summary>
    /// What makes a list or an object that an operator made the same as itself alone; null for one of a document. Not the items: empty
    /// arrays are shared.
    /// </summary>
    public object? Identity => content as LogicList ?? (object?)Fields;

    /// <summary>The fields of an object that an operator made, or null for one of a document.</summary>
    public LogicField[]? Fields => content as LogicField[];

    /// <summary>Where the value stands; undefined for a value that an operator made.</summary>
    public JsonElement Json => json;

    public bool IsNothing => Kind is LogicKind.Undefined or LogicKind.Null;

    public static LogicValue Of(bool value) => new(LogicKind.Boolean, value ? 1 : 0);

    public static LogicValue Of(double value) => new(LogicKind.Number, value);

    public static LogicValue Of(string value) => new(LogicKind.Text, content: value);

    public static LogicValue Of(LogicValue[] items) =>
        new(LogicKind.List, content: new LogicList(items), depth: 1 + items.Select(i => i.Depth).DefaultIfEmpty().Max());

    public static LogicValue Of(params LogicField[] fields) =>
        new(LogicKind.Object, content: fields, depth: 1 + fields.Max(f => f.Value.Depth));

    public static LogicValue Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => default,
        JsonValueKind.True => Of(true),
        JsonValueKind.False => Of(false),
        JsonValueKind.Number => new(LogicKind.Number, value.GetDouble(), json: value), // past the range of a double: infinity
        JsonValueKind.String => new(LogicKind.Text, content: value.GetString(), json: value),
        JsonValueKind.Array => new(LogicKind.List, json: value),
        JsonValueKind.Object => new(LogicKind.Object, json: value),
        _ => Null,
    };
}

/// <summary>A list that an operator made; each is one of its own.</summary>
internal sealed class LogicList(LogicValue[] items)
{
    public LogicValue[] Items => items;
}

/// <summary>A field of an object that is made while a rule is evaluated.</summary>
internal readonly record struct LogicField(string Name, LogicValue Value);
