using System.Text.Json;
using NodaTime;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Expressions.Values;

/// <summary>When values are equal, and which comes first.</summary>
internal static class ValueOrder
{
    /// <summary>
    /// Equal: numbers by their value, complete date-times by their moment, lists item by item, objects field by field in any order. Of
    /// different kinds: never.
    /// </summary>
    public static bool AreEqual(Value a, Value b)
    {
        if (a.Kind != b.Kind) return false;
        switch (a.Kind)
        {
            case ValueKind.Null: return true;
            case ValueKind.Boolean: return a.IsTrue == b.IsTrue;
            case ValueKind.Number:
                return a.TryNumber(out var x) && b.TryNumber(out var y)
                    ? x == y
                    : JsonElement.DeepEquals(ValueJson.Element(a), ValueJson.Element(b));
            case ValueKind.Text: return AreEqual(a.Text(), b.Text());
            case ValueKind.List: return a.Count == b.Count && a.Items().Zip(b.Items()).All(p => AreEqual(p.First, p.Second));
            default: return a.Count == b.Count && a.Fields().All(f => b.TryField(f.Key, out var other) && AreEqual(f.Value, other));
        }
    }

    private static bool AreEqual(string a, string b) =>
        a == b || (DateText.TryInstant(a, out var first) && DateText.TryInstant(b, out var second) && first == second);

    /// <summary>
    /// Compares by size as &lt; and its kin do, in expressions and in conditions: numbers and texts that spell them as numbers, two dates
    /// as points of time, other texts by their characters, two booleans. False when there is no size to compare; without an order when one
    /// of them is null.
    /// </summary>
    public static bool TryBySize(Value a, Value b, DateTimeZone zone, StringComparison letters, out int? order)
    {
        order = null;
        if (a.IsNull || b.IsNull) return true;
        if (TryExact(a, out var x) && TryExact(b, out var y)) order = x.CompareTo(y);
        else if (TryWide(a, out var wide) && TryWide(b, out var other)) order = wide.CompareTo(other);
        else if (a.Kind == ValueKind.Boolean && b.Kind == ValueKind.Boolean) order = a.IsTrue.CompareTo(b.IsTrue);
        else if (a.Kind == ValueKind.Text && b.Kind == ValueKind.Text)
        {
            order = DateText.TryRead(a.Text(), zone, out var first) && DateText.TryRead(b.Text(), zone, out var second)
                ? first.At.ToInstant().CompareTo(second.At.ToInstant())
                : string.Compare(a.Text(), b.Text(), letters);
        }
        return order is not null;
    }

    private static bool TryExact(Value value, out decimal number) =>
        value.Kind == ValueKind.Text ? NumberText.TryRead(value.Text(), out number) : value.TryNumber(out number);

    private static bool TryWide(Value value, out double number)
    {
        if (value.Kind == ValueKind.Text) return NumberText.TryReadWide(value.Text(), out number);
        number = value.Kind != ValueKind.Number ? 0 : value.TryNumber(out var exact) ? (double)exact : value.Json.GetDouble();
        return value.Kind == ValueKind.Number;
    }

    /// <summary>
    /// Compares two numbers, two texts (as points of time when both are dates with a time, else by their characters) or two booleans; null
    /// when they have no order.
    /// </summary>
    public static int? Compare(Value a, Value b)
    {
        if (a.TryNumber(out var x) && b.TryNumber(out var y)) return x.CompareTo(y);
        if (a.Kind != b.Kind) return null;
        return a.Kind switch
        {
            ValueKind.Text when DateText.TryInstant(a.Text(), out var first) && DateText.TryInstant(b.Text(), out var second) =>
                first.CompareTo(second),
            ValueKind.Text => string.CompareOrdinal(a.Text(), b.Text()),
            ValueKind.Boolean => a.IsTrue.CompareTo(b.IsTrue),
            _ => null,
        };
    }
}

/// <summary>Compares values for sets and groups.</summary>
internal sealed class ValueEquality : IEqualityComparer<Value>
{
    public static ValueEquality Instance { get; } = new();

    public bool Equals(Value x, Value y) => ValueOrder.AreEqual(x, y);

    public int GetHashCode(Value value) => value.Kind switch
    {
        ValueKind.Text =>
            DateText.TryInstant(value.Text(), out var instant) ? instant.GetHashCode() : value.Text().GetHashCode(StringComparison.Ordinal),
        ValueKind.Number => value.TryNumber(out var number) ? number.GetHashCode() : 1,
        ValueKind.Boolean => value.IsTrue ? 2 : 3,
        ValueKind.List => HashCode.Combine(value.Count, value.Count > 0 ? GetHashCode(value.Item(0)) : 0),
        ValueKind.Object => value.Fields().Aggregate(value.Count,
            (hash, field) => hash ^ HashCode.Combine(field.Key.GetHashCode(StringComparison.Ordinal), GetHashCode(field.Value))),
        _ => 0,
    };
}
