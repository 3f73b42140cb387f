using System.Text;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Connectors.Http;

namespace WorkflowStudio.Engine.Nodes.Http;

/// <summary>Gathers what the options of a curl command say, and writes it as settings of <see cref="HttpRequestNode"/>.</summary>
internal sealed class CurlReading
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];

    private readonly Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> besides = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> removed = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedSet<string> left = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> data = [];
    private string? method;
    private string? url;
    private bool isGet;
    private bool isHead;
    private bool isJson;

    /// <summary>What whoever pasted it should know, as sentences.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Takes the options in; false with what cannot be taken.</summary>
    public bool TryTake(IReadOnlyList<CurlOption> options, out string problem)
    {
        problem = "";
        foreach (var option in options)
            if ((problem = Take(option.Name, option.Value)).Length > 0) return false;
        return true;
    }

    /// <summary>Writes the settings; false with what does not fit.</summary>
    public bool TryWrite(out JsonObject settings, out string problem)
    {
        settings = [];
        var text = data.Count == 0 ? null : string.Join(isJson ? "" : "&", data);
        if (!CurlAddress.TryRead(url, isGet ? text : null, out var address, out problem)) return false;
        if (address.User is { } user) besides.TryAdd("Authorization", Basic(user));
        if (isJson) besides.TryAdd("Accept", "application/json");
        foreach (var (name, value) in besides)
            if (!removed.Contains(name)) headers.TryAdd(name, value);
        settings["method"] = method ?? (isHead ? "HEAD" : isGet || text is null ? "GET" : "POST");
        settings["url"] = address.Url;
        if (address.Query is { Count: > 0 } query) settings["query"] = query;
        if (text is not null && !isGet) CurlBody.Write(text, isJson, headers, settings);
        return TryWriteHeaders(settings, out problem);
    }

    private string Take(string name, string value)
    {
        switch (name)
        {
            case "url":
                if (url is not null) return "The command calls two addresses, and a step calls one. Leave one of them. If only one is "
                    + "meant, put it between single quotes.";
                url = value;
                return "";
            case "request":
                method = value.ToUpperInvariant();
                return Methods.Contains(method) ? "" : $"The method {CurlCommand.Shown(value)} is none of {string.Join(", ", Methods)}.";
            case "get":
                isGet = true;
                return "";
            case "head":
                isHead = true;
                return "";
            case "header":
                return Header(value);
            case "user":
                besides["Authorization"] = Basic(value);
                return "";
            case "oauth2-bearer":
                besides["Authorization"] = "Bearer " + value;
                return "";
            case "user-agent" or "referer":
                if (value.Length > 0) besides[name == "referer" ? "Referer" : "User-Agent"] = value;
                return "";
            case "cookie":
                if (!value.Contains('=', StringComparison.Ordinal)) return File($"-b {value}");
                besides["Cookie"] = value;
                return "";
            case "form" or "form-string":
                return "The command sends a form in parts (-F), which cannot be taken over. Write its fields under Body, or take -F out.";
            default:
                return Data(name, value);
        }
    }

    private string Data(string name, string value)
    {
        if (!name.StartsWith("data", StringComparison.Ordinal) && name != "json") return ""; // says nothing of the request
        if (name == "data-urlencode")
        {
            var at = value.AsSpan().IndexOfAny('=', '@');
            if (at >= 0 && value[at] == '@') return File(value);
            data.Add(at < 0 ? Uri.EscapeDataString(value)
                : at == 0 ? Uri.EscapeDataString(value[1..]) : $"{value[..(at + 1)]}{Uri.EscapeDataString(value[(at + 1)..])}");
            return "";
        }

        if (name != "data-raw" && value.StartsWith('@')) return File(value);
        isJson |= name == "json";
        data.Add(value);
        return "";
    }

    private string Header(string line)
    {
        if (line.StartsWith('@')) return File(line);
        var at = line.AsSpan().IndexOfAny(':', ';');
        if (at <= 0) return $"The header {CurlCommand.Shown(line)} has no name and value. Write it as Name: value.";
        var (name, value) = (line[..at].Trim(), line[(at + 1)..].Trim());
        if (HttpHeaderRule.IsOfTheClient(name) || name.Equals("Accept-Encoding", StringComparison.OrdinalIgnoreCase)) left.Add(name);
        else if (HttpHeaderRule.Problem(name, value) is { } problem) return problem;
        else if (line[at] == ':' && value.Length == 0) removed.Add(name); // how curl is told to leave out what it adds
        else headers[name] = headers.TryGetValue(name, out var before) ? $"{before}, {value}" : value;
        return "";
    }

    private bool TryWriteHeaders(JsonObject settings, out string problem)
    {
        problem = headers.Select(h => HttpHeaderRule.Problem(h.Key, h.Value)).FirstOrDefault(p => p is not null) ?? "";
        var (secret, plain) = (Of(HttpSecrets.IsForSecrets), Of(name => !HttpSecrets.IsForSecrets(name)));
        if (plain.Count > 50 || secret.Count > 10)
            problem = "The command has more headers than a step can hold: 50, and 10 that hold secrets. Take some out.";
        if (problem.Length > 0) return false;
        if (plain.Count > 0) settings["headers"] = plain;
        if (secret.Count > 0) settings["secret_headers"] = secret;
        if (secret.Count > 0)
            Notes.Add($"{string.Join(", ", secret.Select(h => h.Key))} stands under Secret headers now, where everybody who may open the "
                + "workflow reads it. A connection is the better place: make one under Connections, and choose it.");
        if (left.Count > 0) Notes.Add($"Left out, because the server writes it itself: {string.Join(", ", left)}.");
        return true;

        JsonObject Of(Func<string, bool> isMeant) =>
            new(headers.Where(h => isMeant(h.Key)).Select(h => KeyValuePair.Create(h.Key, (JsonNode?)h.Value)));
    }

    // who has no password has an empty one
    private static string Basic(string user) => "Basic " + Convert.ToBase64String(
        Encoding.UTF8.GetBytes(user.Contains(':', StringComparison.Ordinal) ? user : user + ":"));

    private static string File(string value) =>
        $"The command reads a file ({CurlCommand.Shown(value)}), which the studio cannot see. Put what stands in it into the command.";
}
