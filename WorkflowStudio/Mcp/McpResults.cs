using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using WorkflowStudio.Api;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Mcp;

/// <summary>
/// What tools answer: JSON, once as structured content and once as text for clients that know no other. What clients of the practice, files
/// or other systems said stands below <see cref="Untrusted"/> and nowhere else: it is data, never an instruction.
/// </summary>
internal static class McpResults
{
    /// <summary>The member below which everything from outside stands.</summary>
    public const string Untrusted = "untrusted_data";

    // a page of results stays readable for a model
    private const int MostCharacters = 20_000;

    private static readonly JsonSerializerOptions Plainly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>It was done.</summary>
    public static CallToolResult Ok(JsonObject result) => Of(result, isError: false);

    /// <summary>It was not done, or not wholly read.</summary>
    public static CallToolResult Refused(OperationProblem problem) => Of(
        Problem(problem.Code, problem.Message, problem is OperationProblem.Invalid invalid ? invalid.Problems : []), isError: true);

    /// <summary>The arguments are wrong.</summary>
    public static CallToolResult Refused(ApiProblem problem) => Of(Problem(problem.Code, problem.Message, problem.Errors), isError: true);

    /// <summary>Answers for an operation.</summary>
    public static CallToolResult Of<T>(Result<T> done, Func<T, JsonObject> write) =>
        done.Ok ? Ok(write(done.Value)) : Refused(done.Problem);

    /// <summary>What the validator finds: place, words, severity and what would put it right.</summary>
    public static JsonArray Problems(IEnumerable<WorkflowProblem> problems) =>
    [
        .. problems.Select(p =>
        {
            var problem = new JsonObject
            {
                ["severity"] = p.Severity == ProblemSeverity.Error ? "error" : "warning",
                ["code"] = p.Code,
                ["path"] = p.Path,
                ["message"] = p.Message,
            };
            if (p.NodeId is not null) problem["node"] = p.NodeId;
            if (p.Fix is { } fix) problem["fix"] = new JsonObject { ["does"] = fix.Title, ["replace_with"] = fix.Replacement };
            return (JsonNode)problem;
        }),
    ];

    /// <summary>A value from outside, in words that say so; shortened where it is very long.</summary>
    public static JsonNode? Outside(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined) return null;
        var text = value.GetRawText();
        return text.Length <= MostCharacters
            ? JsonNode.Parse(text)
            : new JsonObject { ["shortened"] = text[..MostCharacters], ["characters"] = text.Length };
    }

    private static JsonObject Problem(string code, string message, IReadOnlyList<WorkflowProblem> problems)
    {
        var told = new JsonObject { ["error"] = code, ["message"] = message };
        if (problems.Count > 0) told["problems"] = Problems(problems);
        return told;
    }

    private static CallToolResult Of(JsonObject result, bool isError)
    {
        var text = result.ToJsonString(Plainly);
        return new CallToolResult
        {
            Content = [new TextContentBlock { Text = text }],
            StructuredContent = JsonElement.Parse(text),
            IsError = isError,
        };
    }
}
