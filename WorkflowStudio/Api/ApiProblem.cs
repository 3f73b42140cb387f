using System.Globalization;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Api;

/// <summary>Why a request is refused before any operation sees it. A dialect gives it its shape.</summary>
/// <param name="Status">The HTTP status; validation is <see cref="Validation"/> and gets the dialect's own.</param>
/// <param name="Code">A stable name.</param>
/// <param name="Message">What is wrong and what to do.</param>
internal sealed record ApiProblem(int Status, string Code, string Message)
{
    /// <summary>Stands for the status that the dialect answers to a failed validation: 400 or 422.</summary>
    public const int Validation = 0;

    public static ApiProblem Unauthorized { get; } = new(
        401, "unauthorized", "A valid API key is needed: send it as \"Authorization: Bearer sk_…\".");

    /// <summary>The same where no key was sent at all, which some dialects tell apart.</summary>
    public static ApiProblem NoKey { get; } = Unauthorized with { IsMissing = true };

    public static ApiProblem UnknownRoute { get; } = new(
        404, "not_found", "There is nothing at this address. /reference lists the addresses.");

    public static ApiProblem WrongMethod { get; } = new(
        405, "method_not_allowed", "This address does not take this method. The header Allow names those it takes.");

    public static ApiProblem TooLarge { get; } = LargerThan(RequestBody.MaxBytes);

    public static ApiProblem LargerThan(int bytes) => new(413, "payload_too_large", $"The body is larger than {bytes >> 20} MiB.");

    public static ApiProblem TooLargeAsJson { get; } = new(
        413, "payload_too_large", "The body is larger than 1 MiB when it is kept, which is as JSON in UTF-8.");

    public static ApiProblem NotJson { get; } = new(415, "unsupported_media_type", "Send JSON, with \"Content-Type: application/json\".");

    public static ApiProblem NotTaken { get; } = new(415, "unsupported_media_type", "Send JSON (application/json), a form "
        + "(application/x-www-form-urlencoded or multipart/form-data) or text (text/plain), and say which in the header Content-Type.");

    public static ApiProblem Encoded { get; } = new(415, "unsupported_media_type", "Send the body as it is, without a Content-Encoding.");

    public static ApiProblem NotAnObject { get; } = new(Validation, "validation_failed", "The body has to be a JSON object.")
    { Errors = [WorkflowProblem.Error("wrong_field", "", null, "The body has to be a JSON object.")] };

    public static ApiProblem UnknownHost { get; } =
        new(400, "unknown_host", "This server is not known by the name in the Host header. Use the address that you were given.");

    public static ApiProblem ForeignPage { get; } = new(403, "origin_not_allowed", "Only pages of this server may connect here.");

    public static ApiProblem TooManyStreams { get; } =
        new(429, "rate_limited", "As many runs are followed as may be at once. Close a stream, or ask for the status instead.")
        { RetryAfter = 15 };

    public static ApiProblem BadIdempotencyKey { get; } = new(
        Validation, "invalid_idempotency_key", "An Idempotency-Key has 1 to 255 visible characters.");

    public static ApiProblem IdempotencyConflict { get; } = new(
        422, "idempotency_key_conflict", "This Idempotency-Key was used with another body. Use a new key for a new request.");

    public static ApiProblem InFlight { get; } = new(
        409, "request_in_progress", "The first request with this Idempotency-Key is still being worked on. Ask again in a second.")
    { RetryAfter = 1 };

    public static ApiProblem DeliveryInFlight { get; } = InFlight with
    { Message = "The same delivery is still being worked on. Send it again in a second." };

    public static ApiProblem BadTag { get; } = new(
        Validation, "invalid_if_match", "If-Match has to hold the ETag of an answer, with its quotes, or *.");

    public static ApiProblem Internal { get; } = new(
        500, "internal_error", "Something went wrong on our side. Nothing was stored; try again.");

    public static ApiProblem Unavailable { get; } = new(503, "unavailable", "The database cannot be reached just now. What the request "
        + "asked for may have been done or not; send it again with its Idempotency-Key.")
    { RetryAfter = 1 };

    /// <summary>The database is there and cannot be written.</summary>
    public static ApiProblem Unwritable(StoreFault fault) =>
        new(503, "storage_failed", $"The server cannot store anything just now: {fault.InWords()}. Whoever runs it has to mend that; send "
            + "the request again then, with its Idempotency-Key.")
        { RetryAfter = 10 };

    /// <summary>Where it is wrong.</summary>
    public IReadOnlyList<WorkflowProblem> Errors { get; init; } = [];

    /// <summary>Whether what is wrong was not sent at all.</summary>
    public bool IsMissing { get; init; }

    /// <summary>Seconds after which to ask again.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>More requests than this key or webhook may send.</summary>
    public static ApiProblem TooMany(int seconds) => new(
        429, "rate_limited", "More requests came in a second than are taken. Send it again after the seconds in the header Retry-After.")
    {
        RetryAfter = seconds,
    };

    /// <summary>Files for which a workspace has no room.</summary>
    /// <param name="most">How many MiB of documents it may keep.</param>
    public static ApiProblem NoRoom(int most) => new(413, "documents_full",
        $"The workspace keeps as many documents as it may, {most.ToString("N0", CultureInfo.InvariantCulture)} MiB, and these would be "
        + "more; no run was started. Remove some with DELETE /api/v1/documents/{id}, or have whoever runs the server raise "
        + "STUDIO_LIMIT_DOCUMENTS.");

    /// <summary>A post to a webhook that is not signed, or not well: which of the two, and what differed, is not told.</summary>
    /// <param name="headers">The headers in which the signature is looked for.</param>
    public static ApiProblem NotSigned(IReadOnlyList<string> headers) => new(401, "invalid_signature",
        $"This webhook takes signed posts alone. Sign the body as it is sent, with the secret that was agreed and with a clock that is "
        + $"right. The signature is looked for in {string.Join(", ", headers)}.");

    /// <summary>A run that ended before it answered the post that started it. Why is for those who may see runs.</summary>
    /// <param name="runId">The run.</param>
    public static ApiProblem NoAnswer(Guid runId) => new(502, "run_failed",
        $"A run was started and ended before it answered. Whoever keeps the workflow sees why in the run {ShownId.Execution(runId)}.");

    /// <summary>HTTP that the server cannot read: a body that ends too early, a chunk without a size.</summary>
    public static ApiProblem BrokenRequest(int status) =>
        new(status, "invalid_request", "The request cannot be read: its body is not as long as it says, or came too slowly.");

    /// <summary>Text that is not in its charset, or in one that nobody here knows.</summary>
    /// <param name="what">The words for it, with a capital: "The body".</param>
    /// <param name="problem">Why it cannot be read.</param>
    public static ApiProblem Unreadable(string what, ForeignTextProblem problem) => problem.At is null
        ? new(415, "unsupported_media_type", $"{what} {problem.Words}. Send it as UTF-8.")
        : new(
            400, "invalid_text", $"{what} {problem.Words}. Send it as UTF-8, or name the charset that it has in the header Content-Type.");

    /// <summary>A Content-Type that cannot be read: what charset it names is not known, and none is guessed.</summary>
    /// <param name="what">The words for it, with a capital: "The header Content-Type".</param>
    public static ApiProblem BrokenContentType(string what) =>
        new(415, "unsupported_media_type", $"{what} cannot be read. Write it like \"application/json\" or \"text/plain; charset=utf-8\".");

    /// <summary>A form that cannot be read.</summary>
    public static ApiProblem BrokenForm(string message) => new(400, "invalid_form", message);

    /// <summary>JSON that cannot be read, or that names a key twice.</summary>
    public static ApiProblem BrokenJson(WorkflowProblem problem) =>
        new(400, problem.Code, problem.Message) { Errors = problem.Path.Length == 0 ? [] : [problem] };

    /// <summary>A request that is wrong in these places.</summary>
    public static ApiProblem Invalid(string message, IReadOnlyList<WorkflowProblem> errors) =>
        new(Validation, "validation_failed", message) { Errors = errors };
}
