using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace WorkflowStudio.Api.OpenApi;

/// <summary>A message of a dialect as it was recorded, with ids and times that look like some.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Method">The method; empty where only the answer was recorded.</param>
/// <param name="Address">The path, with its query.</param>
/// <param name="Type">The Content-Type of what was sent; null for nothing.</param>
/// <param name="Body">What was sent.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="AnswerType">The Content-Type of the answer; null for nothing.</param>
/// <param name="Answer">The answer: JSON, or a text where it is something else.</param>
internal sealed record ReferenceExample(
    string Name, string Method, string Address, string? Type, JsonNode? Body, int Status, string? AnswerType, JsonNode? Answer)
{
    /// <summary>The path alone.</summary>
    [JsonIgnore]
    public string Path => Address.Split('?')[0];

    /// <summary>Whether it was no refusal.</summary>
    [JsonIgnore]
    public bool IsWell => Status < StatusCodes.Status400BadRequest;
}

/// <summary>
/// The recorded messages of each dialect, which are the examples of its document. They are taken from the tests, which write the file
/// (<c>STUDIO_WRITE_DOCS=1</c>): no example is made up.
/// </summary>
internal static class ReferenceExamples
{
    private static readonly JsonSerializerOptions Writing = new()
    { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Those of a dialect.</summary>
    public static IReadOnlyList<ReferenceExample> Of(string dialect)
    {
        using var file = typeof(ReferenceExamples).Assembly.GetManifestResourceStream($"Examples.{dialect}.jsonl");
        if (file is null) return [];
        using var lines = new StreamReader(file);
        var all = new List<ReferenceExample>();
        while (lines.ReadLine() is { } line) all.Add(JsonSerializer.Deserialize<ReferenceExample>(line, Writing)!);
        return all;
    }

    /// <summary>Their file: a line each, so that what changes is seen.</summary>
    public static string Write(IEnumerable<ReferenceExample> all) =>
        string.Concat(all.Select(e => JsonSerializer.Serialize(e, Writing) + "\n"));

    /// <summary>Those whose request an address of a dialect takes.</summary>
    public static IEnumerable<ReferenceExample> At(
        this IReadOnlyList<ReferenceExample> all, IDialectReference reference, DescribedAddress address) =>
        all.Where(e => Find(reference, e) == address);

    /// <summary>The address that takes the request of an example; null for none.</summary>
    public static DescribedAddress? Find(IDialectReference reference, ReferenceExample example) => reference.Addresses
        .Where(a => Fits(a.In(reference.Dialect), example.Path))
        // as routing does: the path first, the one with the fewest gaps
        .GroupBy(a => a.Path.Count(c => c == '{')).MinBy(g => g.Key)?.FirstOrDefault(a => a.Method == example.Method);

    private static bool Fits(string template, string path)
    {
        var (parts, asked) = (template.Split('/'), path.Split('/'));
        return parts.Length == asked.Length && parts.Zip(asked).All(p => p.First.StartsWith('{') || p.First == p.Second);
    }
}
