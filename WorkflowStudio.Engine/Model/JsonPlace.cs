namespace WorkflowStudio.Engine.Model;

/// <summary>Writes places in JSON as people read them: <c>nodes[2].config.message_templates.sms</c>, <c>values["first name"]</c>.</summary>
public static class JsonPlace
{
    /// <summary>The place of a property below a place.</summary>
    public static string Property(string parent, string name) =>
        !IsPlain(name) ? $"{parent}[\"{name.Replace("\"", "\\\"", StringComparison.Ordinal)}\"]"
            : parent.Length == 0 ? name
            : $"{parent}.{name}";

    /// <summary>The place of an item below a place.</summary>
    public static string Item(string parent, int index) => $"{parent}[{index}]";

    /// <summary>Puts one place below another, whichever way the inner one begins.</summary>
    public static string Join(string outer, string inner) =>
        inner.Length == 0 ? outer : inner[0] == '[' ? outer + inner : $"{outer}.{inner}";

    private static bool IsPlain(string name) => name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '$');
}
