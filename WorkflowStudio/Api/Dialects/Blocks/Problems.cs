using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>
/// How this dialect says no: <c>{"statusCode","message","error"}</c>. The message of a request that is wrong in places is a list, each
/// entry with its place before it.
/// </summary>
internal static class BlocksProblems
{
    private const int Validation = StatusCodes.Status400BadRequest;

    public static ApiAnswer Of(ApiProblem problem) =>
        Answer(problem.Status == ApiProblem.Validation ? Validation : problem.Status, problem.Message, problem.Errors) with
        { RetryAfter = problem.RetryAfter };

    public static ApiAnswer Of(OperationProblem problem) => problem switch
    {
        OperationProblem.NotFound => Answer(StatusCodes.Status404NotFound, problem.Message, []),
        OperationProblem.Forbidden => Answer(StatusCodes.Status403Forbidden, problem.Message, []),
        OperationProblem.Conflict conflict =>
            Answer(StatusCodes.Status409Conflict, problem.Message, []) with { RetryAfter = conflict.Seconds },
        OperationProblem.Stale => Answer(StatusCodes.Status412PreconditionFailed, problem.Message, []),
        OperationProblem.Invalid invalid => Answer(Validation, problem.Message, invalid.Problems),
        _ => throw new InvalidOperationException($"The blocks dialect has no answer to {problem.GetType().Name}."),
    };

    private static ApiAnswer Answer(int status, string message, IReadOnlyList<WorkflowProblem> problems)
    {
        var places = problems.Where(p => p.Path.Length > 0)
            .Select(p => (JsonNode?)JsonValue.Create($"{Place(p)}: {BlocksReader.Told(p)}")).ToArray();
        var body = new JsonObject
        {
            ["statusCode"] = status,
            ["message"] = places.Length > 0 ? new JsonArray(places) : JsonValue.Create(message),
            ["error"] = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
        };
        return new ApiAnswer(status, BlocksNodes.Utf8(body).ToArray());
    }

    // the model knows nodes and links, the client its steps
    private static string Place(WorkflowProblem problem)
    {
        const string config = "trigger.config", constraints = "trigger.constraints";
        var path = problem.Path;
        if (BlocksReader.SentId(problem.NodeId) is { } step) return $"step {step}";
        if (path.StartsWith(config, StringComparison.Ordinal)) return "trigger_configuration" + path[config.Length..];
        if (path.StartsWith(constraints, StringComparison.Ordinal)) return "trigger_constraints" + path[constraints.Length..];
        if (path.StartsWith("trigger.", StringComparison.Ordinal)) return "trigger_type";
        return path.StartsWith("nodes", StringComparison.Ordinal) || path.StartsWith("link_connections", StringComparison.Ordinal)
            ? "workflow_blocks"
            : path;
    }
}
