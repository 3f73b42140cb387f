namespace WorkflowStudio.Engine.Nodes;

/// <summary>Finds the field that a place below a step's settings belongs to.</summary>
internal static class SchemaPath
{
    /// <summary>
    /// The field at a place such as <c>message_templates.sms</c> or <c>lines[0].price</c>; null when the schema knows none.
    /// </summary>
    public static SchemaField? Find(NodeSchema schema, string path)
    {
        SchemaField? field = null;
        var at = 0;
        while (at < path.Length)
        {
            var (name, next) = Part(path, at);
            at = next;
            field = field switch
            {
                null => name is null ? null : schema.Field(name),
                { Kind: FieldKind.Object or FieldKind.Any } when name is not null => field.Fields?.Field(name),
                { Kind: FieldKind.List } when name is null => Item(field),
                { Kind: FieldKind.Map } when name is not null => Item(field),
                _ => null,
            };
            if (field is null) return null;
        }
        return field;
    }

    // the inside of a list or map, with what the whole says of secrets and messages
    private static SchemaField Item(SchemaField field) => field with { Kind = field.Items ?? FieldKind.Any, Items = null };

    // a name, or null for a position; and where the next part begins
    private static (string? Name, int Next) Part(string path, int at)
    {
        if (path[at] == '.') at++;
        if (path[at] != '[')
        {
            var end = path.AsSpan(at).IndexOfAny('.', '[') is >= 0 and var length ? at + length : path.Length;
            return (path[at..end], end);
        }
        if (path[at + 1] != '"') return (null, path.IndexOf(']', at) + 1);
        var close = at + 2;
        while (close + 1 < path.Length && !(path[close] == '"' && path[close + 1] == ']')) close++;
        return (path[(at + 2)..close].Replace("\\\"", "\"", StringComparison.Ordinal), Math.Min(close + 2, path.Length));
    }
}
