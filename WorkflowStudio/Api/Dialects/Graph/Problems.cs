using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Api.Dialects.Graph;

/// <summary>How this dialect says no: <c>{"status":"error","code","message","errors":[{path,message}]}</c>.</summary>
internal static class GraphProblems
{
    private const int Validation = StatusCodes.Status422UnprocessableEntity;

    public static ApiAnswer Of(ApiProblem problem) =>
        Answer(problem.Status == ApiProblem.Validation ? Validation : problem.Status, problem.Code, problem.Message,
            problem.Errors, false) with
        { RetryAfter = problem.RetryAfter };

    public static ApiAnswer Of(OperationProblem problem) => problem switch
    {
        OperationProblem.NotFound => Answer(StatusCodes.Status404NotFound, problem.Code, problem.Message, [], false),
        OperationProblem.Forbidden => Answer(StatusCodes.Status403Forbidden, problem.Code, problem.Message, [], false),
        OperationProblem.Conflict conflict => Answer(
            StatusCodes.Status409Conflict, problem.Code, problem.Message, [], false,
            conflict.Run is { } run ? GraphAnswers.Word(run) : null) with
        { RetryAfter = conflict.Seconds },
        OperationProblem.Stale => Answer(StatusCodes.Status412PreconditionFailed, problem.Code, problem.Message, [], false),
        OperationProblem.Invalid invalid => Answer(Validation, problem.Code, problem.Message, invalid.Problems, false),
        _ => throw new InvalidOperationException($"The graph dialect has no answer to {problem.GetType().Name}."),
    };

    /// <summary>The same of a workflow that was sent, whose graph was checked: only there an answer speaks of its integrity.</summary>
    public static ApiAnswer OfGraph(OperationProblem problem) => problem is OperationProblem.Invalid invalid
        ? Answer(Validation, problem.Code, problem.Message, invalid.Problems, invalid.Problems.Any(OfTheGraph))
        : Of(problem);

    /// <summary>Problems as answers list them.</summary>
    public static IReadOnlyList<ErrorPlace> Places(IEnumerable<WorkflowProblem> problems) =>
        [.. problems.Select(p => new ErrorPlace(p.Path, p.Message))];

    // a name that is too long is no matter of the graph's integrity
    private static bool OfTheGraph(WorkflowProblem problem) => problem.Path is not ("name" or "description");

    private static ApiAnswer Answer(
        int status, string code, string message, IReadOnlyList<WorkflowProblem> problems, bool integrity, string? run = null) =>
        new(status, GraphJson.Bytes(
            new ErrorMessage("error", code, message, Places(problems), integrity ? "failed" : null, run),
            GraphJson.Default.ErrorMessage));
}
