using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace WorkflowStudio.Tests.Api.OpenApi;

/// <summary>A request of an <c>.http</c> file.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="Name">By what later requests call its answer.</param>
/// <param name="Expects">The status that it is answered with.</param>
/// <param name="IsSoon">Whether that takes a moment.</param>
/// <param name="Method">Its method.</param>
/// <param name="Address">Its address, with its gaps.</param>
/// <param name="Headers">Its headers, with their gaps.</param>
/// <param name="Body">Its body, with its gaps; empty for none.</param>
internal sealed record HttpFileRequest(
    string Title, string? Name, int Expects, bool IsSoon, string Method, string Address, IReadOnlyList<(string Name, string Value)> Headers,
    string Body);

/// <summary>An <c>.http</c> file as editors run it: variables, answers by their names, <c>{{$guid}}</c>.</summary>
internal sealed partial class HttpFile
{
    private readonly Dictionary<string, JsonElement> answers = [];
    private readonly Dictionary<string, string> variables;

    public HttpFile(string text, string host, string key)
    {
        variables = new(StringComparer.Ordinal) { ["host"] = host, ["key"] = key };
        foreach (Match set in Variable().Matches(text)) Assert.True(variables.ContainsKey(set.Groups[1].Value), $"{set} is not known.");
        Requests = [.. text.Split("\n### ").Skip(1).Select(Read)];
    }

    public IReadOnlyList<HttpFileRequest> Requests { get; }

    /// <summary>A request with its gaps filled.</summary>
    public HttpRequestMessage Make(HttpFileRequest request)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), Filled(request.Address));
        var type = "text/plain";
        foreach (var (name, value) in request.Headers)
            if (name == "Content-Type") type = value;
            else message.Headers.TryAddWithoutValidation(name, Filled(value));
        if (request.Body.Length == 0) return message;
        var body = Filled(request.Body);
        // as editors do: the lines of a form end with both (RFC 2046, 4.1.1)
        if (type.StartsWith("multipart/", StringComparison.Ordinal)) body = body.ReplaceLineEndings("\r\n");
        message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        message.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return message;
    }

    /// <summary>Keeps an answer for those that name it.</summary>
    public void Answered(HttpFileRequest request, string body)
    {
        if (request.Name is { } name) answers[name] = JsonElement.Parse(body);
    }

    private static HttpFileRequest Read(string text)
    {
        var lines = text.TrimEnd().Split('\n');
        var told = lines.Where(l => l.StartsWith("# ", StringComparison.Ordinal)).ToList();
        var expects = Regex.Match(string.Join('\n', told), @"^# expects (\d{3})( soon)?$", RegexOptions.Multiline);
        var name = told.FirstOrDefault(l => l.StartsWith("# @name ", StringComparison.Ordinal))?["# @name ".Length..];
        var rest = lines.Skip(1).SkipWhile(l => l.StartsWith('#')).ToList();
        var line = rest[0].Split(' ', 2);
        var headers = rest.Skip(1).TakeWhile(l => l.Length > 0).Select(l => l.Split(": ", 2)).Select(h => (h[0], h[1])).ToList();
        return new HttpFileRequest(
            lines[0], name, int.Parse(expects.Groups[1].Value, CultureInfo.InvariantCulture), expects.Groups[2].Success, line[0], line[1],
            headers, string.Join('\n', rest.Skip(headers.Count + 2)));
    }

    // editors refuse what they do not know, so no body here may hold an expression of a workflow
    private string Filled(string text) => Gap().Replace(text, m =>
    {
        var name = m.Groups[1].Value;
        if (name == "$guid") return "0190aaaa-bbbb-7ccc-8ddd-eeeeffff0009";
        if (variables.TryGetValue(name, out var value)) return value;
        var of = Answer().Match(name);
        Assert.True(of.Success, $"{m.Value} is nothing that editors know.");
        return Of(answers[of.Groups[1].Value], of.Groups[2].Value);
    });

    private static string Of(JsonElement answer, string path)
    {
        foreach (Match part in Part().Matches(path))
            answer = part.Groups[2].Success
                ? answer[int.Parse(part.Groups[2].Value, CultureInfo.InvariantCulture)]
                : answer.GetProperty(part.Groups[1].Value);
        return answer.ToString();
    }

    [GeneratedRegex(@"^@(\w+) = ", RegexOptions.Multiline)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\{\{([^{}]+)\}\}")]
    private static partial Regex Gap();

    [GeneratedRegex(@"^(\w+)\.response\.body\.\$\.(.+)$")]
    private static partial Regex Answer();

    [GeneratedRegex(@"(\w+)|\[(\d+)\]")]
    private static partial Regex Part();
}
