using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Expressions;

namespace WorkflowStudio.Components.Editor.Inspector.Fields;

/// <summary>JSON in which expressions stand where values belong, as people write it: <c>{"line": {{ $item }}}</c>.</summary>
internal static class JsonTemplate
{
    /// <summary>Whether a text is meant as JSON: it begins as a list or an object does, and is not an expression.</summary>
    public static bool IsMeant(string text)
    {
        var begun = text.AsSpan().TrimStart();
        if (begun.StartsWith("{")) return !begun.StartsWith("{{");
        if (!begun.StartsWith("[")) return false;
        var inside = begun[1..].TrimStart();
        return inside.Length == 0 || inside[0] is '{' or '[' or ']' or '"' or '-' or ',' || char.IsAsciiDigit(inside[0])
            || inside.StartsWith("true") || inside.StartsWith("false") || inside.StartsWith("null");
    }

    /// <summary>
    /// The same as JSON: each expression becomes a text, which alone keeps the type of its value. Of as many lines as before, so that a
    /// mistake is told on the right one.
    /// </summary>
    public static string Quoted(string text)
    {
        var json = new StringBuilder(text.Length);
        var inText = false;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '{' && at + 1 < text.Length && text[at + 1] == '{' && Template.CloseOf(text, at + 2) is { } close)
            {
                var expression = text[at..(close + 2)];
                json.Append(inText ? Inside(expression) : JsonSerializer.Serialize(expression, JsonEncoding.Relaxed));
                at = close + 1;
                continue;
            }
            json.Append(text[at]);
            if (text[at] == '"') inText = !inText;
            else if (inText && text[at] == '\\' && at + 1 < text.Length) json.Append(text[++at]);
        }
        return json.ToString();
    }

    // inside of a text its quotes may be escaped already
    private static string Inside(string expression) =>
        expression.Contains("\\\"", StringComparison.Ordinal)
            ? expression
            : JsonSerializer.Serialize(expression, JsonEncoding.Relaxed)[1..^1];

    private static class JsonEncoding
    {
        public static JsonSerializerOptions Relaxed { get; } = new()
        { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    }
}
