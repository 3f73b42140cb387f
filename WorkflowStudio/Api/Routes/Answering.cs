using System.Text.Json;
using WorkflowStudio.Engine.Model.Json;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Api.Routes;

/// <summary>The one way to answer for what was done: the answer is made once and stored with it, or the dialect says no.</summary>
internal static class Answering
{
    /// <summary>Answers for an operation that changes something.</summary>
    /// <param name="call">The request.</param>
    /// <param name="operation">Does it; gets what makes the answer that is stored with what was done, null without an
    /// Idempotency-Key.</param>
    /// <param name="write">The answer to what was done.</param>
    /// <param name="refuse">How no is said, where the dialect has a way of its own for this address.</param>
    public static async Task<ApiAnswer> DoAsync<T>(
        this ApiCall call, Func<Func<T, KeptAnswer?>?, Task<Result<T>>> operation, Func<T, ApiAnswer> write,
        Func<OperationProblem, ApiAnswer>? refuse = null)
    {
        ApiAnswer? answer = null;
        var done = await operation(call.Record is { } record ? made => record(answer = write(made)) : null);
        return done.Ok ? answer ?? write(done.Value) : (refuse ?? call.Dialect.Refuse)(done.Problem);
    }

    /// <summary>Answers for an operation that only reads.</summary>
    public static async Task<ApiAnswer> ReadAsync<T>(this ApiCall call, Task<Result<T>> reading, Func<T, ApiAnswer> write)
    {
        var read = await reading;
        return read.Ok ? write(read.Value) : call.Dialect.Refuse(read.Problem);
    }

    /// <summary>Answers with the body as an object, or says why it is none.</summary>
    /// <param name="call">The request.</param>
    /// <param name="answer">Answers.</param>
    /// <param name="mayBeEmpty">Whether no body counts as an empty object.</param>
    /// <param name="levels">How deep the body may be nested.</param>
    public static Task<ApiAnswer> WithObjectAsync(this ApiCall call, Func<JsonElement, Task<ApiAnswer>> answer, bool mayBeEmpty = false,
        int levels = JsonDepth.Most) =>
        RequestBody.TryObject(call.Http.Request, call.Body, mayBeEmpty, out var body, out var problem, levels)
            ? answer(body)
            : Task.FromResult(call.Dialect.Refuse(problem!));
}
