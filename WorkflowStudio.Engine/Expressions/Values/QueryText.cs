namespace WorkflowStudio.Engine.Expressions.Values;

/// <summary>
/// Names and values as the queries of addresses and the bodies of forms write them: a list gives its field several times, null leaves it
/// out.
/// </summary>
internal static class QueryText
{
    /// <summary>The text; false with the name of a field that holds an object, or a list inside a list.</summary>
    public static bool TryWrite(IEnumerable<KeyValuePair<string, Value>> fields, out string text, out string field, out Value unfit)
    {
        var pairs = new List<string>();
        foreach (var (name, value) in fields)
        {
            foreach (var item in value.Kind == ValueKind.List ? value.Items() : [value])
            {
                if (item.Kind is ValueKind.List or ValueKind.Object)
                {
                    (text, field, unfit) = ("", name, item);
                    return false;
                }

                if (!item.IsNull) pairs.Add($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(ValueText.Of(item))}");
            }
        }

        (text, field, unfit) = (string.Join('&', pairs), "", default);
        return true;
    }
}
