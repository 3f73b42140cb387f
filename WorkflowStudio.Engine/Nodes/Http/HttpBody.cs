using System.Text.Json;

namespace WorkflowStudio.Engine.Nodes.Http;

/// <summary>The body of a request, and what it says it is.</summary>
internal sealed record HttpBody(string Text, string MediaType)
{
    /// <summary>Writes the body of the settings; false when its value does not fit its form.</summary>
    public static bool TryWrite(HttpRequestSettings settings, out HttpBody? body, out string problem)
    {
        (body, problem) = (null, "");
        var value = settings.Body;
        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return true;
        switch (settings.BodyFormat)
        {
            case HttpBodyForm.Form when value.ValueKind == JsonValueKind.Object:
                if (!HttpFields.TryWrite(
                    value.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value)), out var fields, out problem)) return false;
                body = new HttpBody(fields, "application/x-www-form-urlencoded");
                return true;
            case HttpBodyForm.Form:
                problem = "A form must be an object, each value under its own name.";
                return false;
            case HttpBodyForm.Text:
                body = new HttpBody(Plain(value), "text/plain");
                return true;
            default:
                body = new HttpBody(value.GetRawText(), "application/json");
                return true;
        }
    }

    private static string Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}

/// <summary>Addresses of requests.</summary>
internal static class HttpAddress
{
    /// <summary>
    /// The address with its query; null when it is none that may be called. A name and password in it would stand in lists and logs.
    /// </summary>
    /// <param name="url">An absolute address, or a path behind <paramref name="start"/>.</param>
    /// <param name="more">What is added behind the question mark, written by <see cref="HttpFields"/>.</param>
    /// <param name="start">Where paths begin; null when there are none.</param>
    public static Uri? Of(string url, string more, Uri? start)
    {
        url = url.Trim();
        if (start is not null && !url.Contains("://", StringComparison.Ordinal) && !url.StartsWith("//", StringComparison.Ordinal))
            url = $"{start.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{url.TrimStart('/')}";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https") || parsed.UserInfo.Length > 0)
            return null;
        if (more.Length == 0) return parsed;
        var given = parsed.Query.TrimStart('?');
        return new UriBuilder(parsed) { Query = given.Length == 0 ? more : $"{given}&{more}" }.Uri;
    }
}

/// <summary>A status or a range of them.</summary>
internal readonly record struct StatusRange(int From, int To)
{
    /// <summary>Whether a status lies in it.</summary>
    public bool Holds(int status) => status >= From && status <= To;

    /// <summary>Reads a list such as <c>200-299, 404</c>.</summary>
    public static bool TryRead(string text, out IReadOnlyList<StatusRange> ranges)
    {
        var read = new List<StatusRange>();
        ranges = read;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split('-', StringSplitOptions.TrimEntries);
            if (ends.Length > 2 || !TryStatus(ends[0], out var from) || !TryStatus(ends[^1], out var to) || to < from) return false;
            read.Add(new StatusRange(from, to));
        }

        return read.Count > 0;
    }

    private static bool TryStatus(string text, out int status) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out status)
        && status is >= 100 and <= 599;
}
