using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Expressions.Values;
using static WorkflowStudio.Engine.Expressions.Functions.Takes;

namespace WorkflowStudio.Engine.Expressions.Functions;

/// <summary>Functions of objects.</summary>
internal static class ObjectFunctions
{
    public static ExpressionFunction[] All { get; } =
    [
        new("keys", "The names of the fields.", [Object("object")], ExpressionType.ListOf(ExpressionType.Text), "keys({a: 1, b: 2})")
        { Body = a => Value.Of(a[0].Fields().Select(f => Value.Of(f.Key))) },
        new("values", "The values of the fields.", [Object("object")], ExpressionType.List, "values({a: 1, b: 2})")
        { Body = a => Value.Of(a[0].Fields().Select(f => f.Value)) },
        new("entries", "The fields as a list of objects with key and value.", [Object("object")], ExpressionType.List, "entries({a: 1})")
        { Body = a => Value.Of(a[0].Fields().Select(Entry)) },
        new("from_entries", "An object of a list of objects with key and value.", [List("entries")], ExpressionType.Object,
            "from_entries([{key: \"a\", value: 1}])")
        { Body = FromEntries },
        new("get", "The field of this name, which may be computed; the third argument, else null, when there is none.",
            [Object("object"), Text("name"), Any("otherwise").Optional()], ExpressionType.Any, "get({a: 1}, \"b\", 0)")
        { Body = a => a[0].TryField(a.Text(1), out var found) && !found.IsNull ? found : a[2] },
        new("pick", "An object of only the named fields.", [Object("object"), Text("name").Many()], ExpressionType.Object,
            "pick({a: 1, b: 2}, \"a\")")
        {
            Body = a => Value.Of(Named(a).Where(n => a[0].TryField(n, out _))
                .Select(n => KeyValuePair.Create(n, a[0].TryField(n, out var found) ? found : default))),
        },
        new("omit", "An object without the named fields.", [Object("object"), Text("name").Many()], ExpressionType.Object,
            "omit({a: 1, b: 2}, \"a\")")
        { Body = a => Named(a).ToHashSet() is var names ? Value.Of(a[0].Fields().Where(f => !names.Contains(f.Key))) : default },
        new("merge", "One object with the fields of all; of a field in several, the last counts.", [Object("object").Many()],
            ExpressionType.Object, "merge({a: 1}, {b: 2})")
        { Body = a => Value.Of(Enumerable.Range(0, a.Count).SelectMany(i => a[i].Fields()).ToList()) },
    ];

    private static IEnumerable<string> Named(Arguments a) =>
        Enumerable.Range(1, a.Count - 1).Select(i => a.Text(i)).Distinct(StringComparer.Ordinal);

    private static Value Entry(KeyValuePair<string, Value> field) =>
        Value.Of([KeyValuePair.Create("key", Value.Of(field.Key)), KeyValuePair.Create("value", field.Value)]);

    private static Value FromEntries(Arguments a)
    {
        var fields = new List<KeyValuePair<string, Value>>();
        foreach (var entry in a.Items(0))
        {
            if (!entry.TryField("key", out var key) || key.Kind is ValueKind.Null or ValueKind.List or ValueKind.Object
                || !entry.TryField("value", out var value))
                return a.Fail($"from_entries needs objects such as {{key: \"a\", value: 1}}, but {ValueText.Shown(entry)} was found.");
            fields.Add(KeyValuePair.Create(ValueText.Of(key), value));
        }
        return Value.Of(fields);
    }
}
