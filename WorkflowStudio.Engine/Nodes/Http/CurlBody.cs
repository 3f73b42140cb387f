using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Http;

/// <summary>The address of a curl command.</summary>
/// <param name="Url">Without the query, where that is plain.</param>
/// <param name="Query">The query; null where it stays in the address.</param>
/// <param name="User">The name and password that stood in it; null when none did.</param>
internal readonly record struct CurlAddress(string Url, JsonObject? Query, string? User)
{
    private const int MaxUrl = 4_000;
    private const int MaxFields = 100;

    /// <summary>Reads the address, with what else belongs into the query; false with what cannot be read.</summary>
    public static bool TryRead(string? given, string? more, out CurlAddress address, out string problem)
    {
        (address, problem) = (default, "");
        if (given is null)
        {
            problem = "The command names no address. Copy it again, to its end.";
            return false;
        }

        var url = given.Trim();
        if (!url.Contains("://", StringComparison.Ordinal)) url = "http://" + url; // as curl does
        if (url.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash) url = url[..hash];
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
        {
            problem = $"The address {CurlCommand.Shown(WithoutUser(given))} cannot be read. Write it so that it begins with https:// or "
                + "http://.";
            return false;
        }

        var user = parsed.UserInfo.Length == 0 ? null : Uri.UnescapeDataString(parsed.UserInfo);
        url = WithoutUser(url);
        var at = url.IndexOf('?', StringComparison.Ordinal);
        var query = string.Join('&', new[] { at < 0 ? "" : url[(at + 1)..], more ?? "" }.Where(q => q.Length > 0));
        var fields = FieldText.Read(query);
        if (fields?.Count > MaxFields) fields = null;
        if (at >= 0) url = url[..at];
        if (fields is null) url = $"{url}?{query}";
        if (url.Length > MaxUrl) problem = "The address is longer than the 4,000 characters that a step takes.";
        address = new CurlAddress(url, fields, user);
        return problem.Length == 0;
    }

    // a name and password stand between :// and @
    private static string WithoutUser(string url)
    {
        var from = url.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0;
        var end = url.AsSpan(from).IndexOfAny('/', '?', '#') is >= 0 and var length ? from + length : url.Length;
        return url.AsSpan(from, end - from).LastIndexOf('@') is >= 0 and var at ? url.Remove(from, at + 1) : url;
    }
}

/// <summary>The body of a curl command.</summary>
internal static class CurlBody
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Json = "application/json";

    /// <summary>Writes it as a value where the step would write the same again, else as the text that it is.</summary>
    public static void Write(string text, bool isJson, Dictionary<string, string> headers, JsonObject settings)
    {
        if (text.Length == 0) return;
        var said = headers.GetValueOrDefault("Content-Type");
        var type = said ?? (isJson ? Json : Form);
        var media = MediaTypeHeaderValue.TryParse(type, out var read) ? read.MediaType!.ToLowerInvariant() : "";
        // what looks like JSON and is said to be nothing else was meant so: documentation often leaves the header out
        if ((media == Json || media.EndsWith("+json", StringComparison.Ordinal) || (said is null && text.TrimStart() is ['{' or '[', ..]))
            && ReadJson(text) is { } value)
        {
            settings["body"] = value;
            if (media is Json or Form) headers.Remove("Content-Type");
        }
        else if (media == Form && FieldText.Read(text) is { Count: > 0 } fields)
        {
            (settings["body"], settings["body_format"]) = (fields, "form");
            headers.Remove("Content-Type");
        }
        else
        {
            (settings["body"], settings["body_format"]) = (text, "text");
            headers["Content-Type"] = type;
        }
    }

    // a null alone would be no body
    private static JsonNode? ReadJson(string text) =>
        StrictJson.TryParse(Encoding.UTF8.GetBytes(text), out var value, out _, 56) && value.ValueKind != JsonValueKind.Null
            ? JsonNode.Parse(value.GetRawText()) : null;
}

/// <summary>Fields as queries and forms have them.</summary>
internal static class FieldText
{
    /// <summary>
    /// The fields, one that comes several times as a list; null where <see cref="HttpFields"/> would write something else of them.
    /// </summary>
    public static JsonObject? Read(string text)
    {
        var fields = new JsonObject();
        if (text.Length == 0) return fields;
        var last = "";
        foreach (var pair in text.Split('&'))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || Decode(pair[..at]) is not { } name || Decode(pair[(at + 1)..]) is not { } value) return null;
            if (!fields.ContainsKey(name)) fields[name] = value;
            else if (name != last) return null; // in another order than it stands there
            else if (fields[name] is JsonArray list) list.Add(value);
            else fields[name] = new JsonArray(fields[name]!.DeepClone(), value);
            last = name;
        }

        return fields;
    }

    private static string? Decode(string text)
    {
        var decoded = Uri.UnescapeDataString(text.Replace('+', ' '));
        var isWhole = decoded.AsSpan().Count('%') == text.Split("%25").Length - 1;
        return isWhole && !decoded.Contains('\0', StringComparison.Ordinal) ? decoded : null; // what is not UTF-8 stays as it was
    }
}
