using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Api.Dialects.Documents;

/// <summary>How this dialect says no: <c>{"error":{code,message,details{}}}</c>; details name the fields that are wrong.</summary>
internal static class DocumentsProblems
{
    private const int Validation = StatusCodes.Status400BadRequest;

    public static ApiAnswer Of(ApiProblem problem) => Answer(
        problem.Status == ApiProblem.Validation ? Validation : problem.Status, CodeOf(problem), problem.Message, problem.Errors) with
    { RetryAfter = problem.RetryAfter };

    public static ApiAnswer Of(OperationProblem problem) => problem switch
    {
        OperationProblem.NotFound => Answer(StatusCodes.Status404NotFound, Word(problem.Code), problem.Message, []),
        OperationProblem.Forbidden => Answer(StatusCodes.Status403Forbidden, Word(problem.Code), problem.Message, []),
        OperationProblem.Conflict conflict =>
            Answer(StatusCodes.Status409Conflict, Word(problem.Code), problem.Message, []) with { RetryAfter = conflict.Seconds },
        OperationProblem.Stale => Answer(StatusCodes.Status412PreconditionFailed, Word(problem.Code), problem.Message, []),
        OperationProblem.Invalid invalid => Answer(Validation, CodeOf(invalid.Problems), problem.Message, invalid.Problems),
        _ => throw new InvalidOperationException($"The documents dialect has no answer to {problem.GetType().Name}."),
    };

    /// <summary>A place in a definition by the names that it has here.</summary>
    public static string Field(string path) => path switch
    {
        "trigger.type" => "trigger_type",
        "trigger.config.cron" => "trigger_config.cron_expression",
        _ when path.StartsWith("link_connections", StringComparison.Ordinal) => "definition.steps",
        _ when path.StartsWith("trigger.constraints", StringComparison.Ordinal) => "trigger_config.filters",
        _ when path.StartsWith("trigger.config.", StringComparison.Ordinal) => "trigger_config." + path["trigger.config.".Length..],
        _ when path.StartsWith("trigger.", StringComparison.Ordinal) => "trigger_config." + path["trigger.".Length..],
        _ when path.StartsWith("nodes", StringComparison.Ordinal) => "definition.steps" + path["nodes".Length..],
        _ => path,
    };

    private static string CodeOf(ApiProblem problem) => problem switch
    {
        { Code: "unauthorized", IsMissing: false } => "INVALID_API_KEY",
        { Code: "validation_failed" } => CodeOf(problem.Errors),
        { Status: StatusCodes.Status400BadRequest, Code: "invalid_json" or "invalid_text" or "duplicate_key" } => "INVALID_FORMAT",
        _ => Word(problem.Code),
    };

    private static string CodeOf(IReadOnlyList<WorkflowProblem> problems) =>
        problems.Count > 0 && problems.All(p => p.Code == WorkflowProblemCodes.MissingField) ? "MISSING_FIELD" : "VALIDATION_ERROR";

    private static string Word(string code) => code.ToUpperInvariant();

    // those that the reference text names before all others that the model knows
    private static string InWords(WorkflowProblem problem) => problem.Code == WorkflowProblemCodes.UnknownNodeType
        ? problem.Message.Split(" Known: ")[0]
            + " Known: parse, extract, transform, condition, integration; and the other types of the studio, see "
            + "/api/v1/node-types."
        : problem.Message.Replace("nodes[", "definition.steps[", StringComparison.Ordinal);

    private static ApiAnswer Answer(int status, string code, string message, IReadOnlyList<WorkflowProblem> problems)
    {
        var details = new JsonObject();
        // links are made of the steps: what is wrong with them follows from what is wrong with those
        var isOfSteps = problems.Any(p => p.Path.StartsWith("nodes", StringComparison.Ordinal));
        foreach (var place in problems.GroupBy(p => Field(p.Path)).Where(g => g.Key != "definition.steps" || !isOfSteps))
            details[place.Key] = string.Join(' ', place.Select(InWords).Distinct());
        return new ApiAnswer(status, DocumentsJson.Bytes(
            new ErrorMessage(new ErrorFact(code, message, details)), DocumentsJson.Default.ErrorMessage));
    }
}
