using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Api.Dialects.Services;

/// <summary>How this dialect says no: <c>{"error":{code,message,details[{field,message}]}}</c>, in its own words.</summary>
internal static class ServicesProblems
{
    private const int Validation = StatusCodes.Status400BadRequest;

    public static ApiAnswer Of(ApiProblem problem) =>
        Answer(StatusOf(problem), CodeOf(problem), problem.Message, problem.Errors) with { RetryAfter = problem.RetryAfter };

    public static ApiAnswer Of(OperationProblem problem) => problem switch
    {
        OperationProblem.NotFound => Answer(StatusCodes.Status404NotFound, problem.Code, problem.Message, []),
        OperationProblem.Forbidden => Answer(StatusCodes.Status403Forbidden, "insufficient_scope", problem.Message, []),
        OperationProblem.Conflict conflict =>
            Answer(StatusCodes.Status409Conflict, problem.Code, problem.Message, []) with { RetryAfter = conflict.Seconds },
        OperationProblem.Stale => Answer(StatusCodes.Status412PreconditionFailed, problem.Code, problem.Message, []),
        OperationProblem.Invalid invalid => Answer(Validation, problem.Code, problem.Message, invalid.Problems),
        _ => throw new InvalidOperationException($"The services dialect has no answer to {problem.GetType().Name}."),
    };

    /// <summary>A place in a definition by the names that it has here.</summary>
    public static string Field(string path) => path switch
    {
        "trigger.type" => "trigger_type",
        "trigger.config.cron" => "cron_expression",
        "trigger.config.timezone" => "timezone",
        "link_connections" => "steps",
        _ when path.StartsWith("nodes", StringComparison.Ordinal) => "steps" + path["nodes".Length..]
            .Replace("].config", "].step_config", StringComparison.Ordinal).Replace("].type", "].step_type", StringComparison.Ordinal),
        _ => path,
    };

    private static int StatusOf(ApiProblem problem) => problem switch
    {
        { Status: ApiProblem.Validation } => Validation,
        { Code: "idempotency_key_conflict" } => StatusCodes.Status409Conflict,
        _ => problem.Status,
    };

    private static string CodeOf(ApiProblem problem) => problem.Code switch
    {
        "unauthorized" => problem.IsMissing ? "missing_authorization" : "invalid_api_key",
        "rate_limited" => "rate_limit_exceeded",
        var code => code,
    };

    // the types that the reference text names, instead of all that the model knows
    private static string InWords(WorkflowProblem problem) => problem.Code == WorkflowProblemCodes.UnknownNodeType
        ? $"{problem.Message.Split(" Known: ")[0]} Known: {string.Join(", ", ServicesSteps.All.Select(s => s.Type))}."
        : problem.Message;

    private static ApiAnswer Answer(int status, string code, string message, IReadOnlyList<WorkflowProblem> problems) =>
        new(status, ServicesJson.Bytes(
            new ErrorMessage(new ErrorFact(code, message, [.. problems.Select(p => new ErrorDetail(Field(p.Path), InWords(p)))])),
            ServicesJson.Default.ErrorMessage));
}
