using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Expressions.Values;
using static WorkflowStudio.Engine.Expressions.Functions.Takes;

namespace WorkflowStudio.Engine.Expressions.Functions;

/// <summary>Addresses of the web, as text; nothing is ever fetched.</summary>
internal static class UrlFunctions
{
    public static ExpressionFunction[] All { get; } =
    [
        new("url_encode", "The text as a part of an address.", [Text("text")], ExpressionType.Text, "url_encode(\"a b&c\")")
        { Body = a => Value.Of(Uri.EscapeDataString(a.Text(0))) },
        new("url_decode", "The text that a part of an address holds.", [Text("text")], ExpressionType.Text, "url_decode(\"a%20b%26c\")")
        { Body = a => Value.Of(Uri.UnescapeDataString(a.Text(0))) },
        new("url_query",
            "The fields of an object as the query of an address; null fields are left out, a list gives its field several times.",
            [Object("fields")], ExpressionType.Text, "url_query({q: \"skin rash\", page: 2})")
        { Body = Query },
        new("url_part",
            "A part of an address: scheme, host, port, path, query or fragment, or with ?name a field of its query; null when it has none.",
            [Text("url"), Text("part")], ExpressionType.Text, "url_part(\"https://example.com/a?b=c\", \"?b\")")
        { Body = Part },
    ];

    private static Value Query(Arguments a) => QueryText.TryWrite(a[0].Fields(), out var text, out var field, out var unfit)
        ? Value.Of(text)
        : a.Fail($"url_query needs texts and numbers, but {ValueText.Shown(unfit)} was found as {field}.");

    private static Value Part(Arguments a)
    {
        if (!Uri.TryCreate(a.Text(0), UriKind.Absolute, out var url))
            return a.Fail($"url_part needs an address such as https://example.com/a, but {ValueText.Shown(a[0])} was found.");
        return a.Text(1) switch
        {
            ['?', .. var name] => Field(url, name),
            "scheme" => Value.Of(url.Scheme),
            "host" => Value.Of(url.Host),
            "port" => Value.Of(url.Port),
            "path" => Value.Of(url.AbsolutePath),
            "query" => Given(url.Query),
            "fragment" => Given(url.Fragment),
            _ => a.Fail(
                $"url_part does not know the part {ValueText.Shown(a[1])}. Use scheme, host, port, path, query, fragment, or ?name."),
        };
    }

    private static Value Given(string part) => part.Length > 1 ? Value.Of(part[1..]) : Value.Null;

    private static Value Field(Uri url, string name)
    {
        foreach (var pair in url.Query.TrimStart('?').Split('&'))
        {
            var parts = pair.Split('=', 2);
            if (Plain(parts[0]) == name) return Value.Of(parts.Length == 2 ? Plain(parts[1]) : "");
        }
        return Value.Null;
    }

    private static string Plain(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
