using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WorkflowStudio.Api.OpenApi;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.OpenApi;

/// <summary>The recorded messages of a dialect as examples: what was made the same in them gets a value that looks like one.</summary>
internal static partial class RecordedMessages
{
    public static string FolderOf(string dialect) => Path.Combine(
        Repository.Root, "WorkflowStudio.Tests", "Api", "Dialects", char.ToUpperInvariant(dialect[0]) + dialect[1..], "Recorded");

    /// <summary>All of a dialect, in the order of their names.</summary>
    public static IReadOnlyList<ReferenceExample> Of(string dialect) =>
        [
            .. Directory.GetFiles(FolderOf(dialect)).Order(StringComparer.Ordinal)
                .Select(f => Read(f, Path.GetFileNameWithoutExtension(f))),
            .. Directory.GetFiles(FolderOf("common"), dialect + "_*").Order(StringComparer.Ordinal)
                .Select(f => Read(f, Path.GetFileNameWithoutExtension(f)[(dialect.Length + 1)..])),
        ];

    private static ReferenceExample Read(string file, string name)
    {
        var parts = Real(File.ReadAllText(file)).Split("\n==========\n\n");
        var (request, answer) = (Part.Of(parts.Length == 2 ? parts[0] : ""), Part.Of(parts[^1]));
        var asked = request.First.Split(' ', 2);
        return new ReferenceExample(
            name, asked[0], asked.Length == 2 ? asked[1] : "", request.Type, request.Body,
            int.Parse(answer.First, CultureInfo.InvariantCulture), answer.Type, answer.Body);
    }

    private static string Real(string text) => Id().Replace(text.Replace("TIME", "2026-06-10T15:24:00Z", StringComparison.Ordinal), m =>
    {
        var number = int.Parse(m.Groups["number"].Value, CultureInfo.InvariantCulture);
        var kind = m.Groups["kind"].Value;
        return kind == "UUID"
            ? string.Create(CultureInfo.InvariantCulture, $"01975a3c-8e40-7000-8000-{number:D12}")
            : string.Create(CultureInfo.InvariantCulture, $"{kind}01975a3c8e4070008000{number:D12}");
    }).Replace("whsec_…", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=", StringComparison.Ordinal)
        .Replace("practice-N", "Houston Dermatologist", StringComparison.Ordinal);

    /// <summary>A request or an answer: its first line, its headers, its body.</summary>
    private sealed record Part(string First, string? Type, JsonNode? Body)
    {
        public static Part Of(string text)
        {
            var end = text.IndexOf("\n\n", StringComparison.Ordinal);
            var head = (end < 0 ? text : text[..end]).TrimEnd('\n').Split('\n');
            var body = end < 0 ? "" : text[(end + 2)..].TrimEnd('\n');
            var type = head.FirstOrDefault(h => h.StartsWith("Content-Type: ", StringComparison.Ordinal))?["Content-Type: ".Length..]
                .Split(';')[0];
            return new Part(head[0], type, body.Length == 0 ? null : Node(body));
        }

        // what is no JSON, or breaks off, is a text
        private static JsonNode Node(string body)
        {
            try
            {
                return JsonNode.Parse(body, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false })!;
            }
            catch (JsonException)
            {
                return JsonValue.Create(body);
            }
        }
    }

    [GeneratedRegex(@"\b(?<kind>UUID|wf_|exe_|run_|evt_|practice_)(?<number>\d{1,2})\b")]
    private static partial Regex Id();
}
