using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Api.Dialects.Sequences;

/// <summary>
/// How this dialect says no: RFC 9457, <c>{type,title,status,detail,code,errors?}</c>. The type is an address of this server that tells a
/// person what it means.
/// </summary>
internal static class SequencesProblems
{
    public const string ContentType = "application/problem+json; charset=utf-8";

    private const int Validation = StatusCodes.Status422UnprocessableEntity;

    private static readonly JsonSerializerOptions Writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static ApiAnswer Of(ApiProblem problem) =>
        Answer(problem.Status == ApiProblem.Validation ? Validation : problem.Status, problem.Code, problem.Message, problem.Errors) with
        { RetryAfter = problem.RetryAfter };

    public static ApiAnswer Of(OperationProblem problem) => problem switch
    {
        OperationProblem.NotFound => Answer(StatusCodes.Status404NotFound, problem.Code, problem.Message, []),
        OperationProblem.Forbidden => Answer(StatusCodes.Status403Forbidden, problem.Code, problem.Message, []),
        OperationProblem.Conflict conflict =>
            Answer(StatusCodes.Status409Conflict, problem.Code, problem.Message, []) with { RetryAfter = conflict.Seconds },
        OperationProblem.Stale => Answer(StatusCodes.Status412PreconditionFailed, problem.Code, problem.Message, []),
        OperationProblem.Invalid invalid => Answer(Validation, problem.Code, problem.Message, invalid.Problems),
        _ => throw new InvalidOperationException($"The sequences dialect has no answer to {problem.GetType().Name}."),
    };

    private static ApiAnswer Answer(int status, string code, string detail, IReadOnlyList<WorkflowProblem> problems)
    {
        var kind = ProblemKinds.Of(status);
        var title = status == StatusCodes.Status400BadRequest ? "Bad Request" : kind.Title;
        var errors = problems.Count == 0 ? null : problems.Select(p => new ErrorPlace(p.Path, p.Message)).ToArray();
        var text = JsonSerializer.Serialize(new Problem(ProblemKinds.Address(kind), title, status, detail, code, errors), Writing);
        var marked = text.Replace("{\"type\":\"", "{\"type\":\"" + ApiAnswer.AddressMark, StringComparison.Ordinal);
        return new ApiAnswer(status, Encoding.UTF8.GetBytes(marked)) { ContentType = ContentType, IsAddressed = true };
    }

    private sealed record Problem(
        string Type, string Title, int Status, string Detail, string Code, IReadOnlyList<ErrorPlace>? Errors);

    private sealed record ErrorPlace(string Path, string Message);
}
