namespace WorkflowStudio;

/// <summary>A kind of refusal, as its page tells it: what an API client does about it.</summary>
/// <param name="Name">Its name in the address: <c>/problems/{name}</c>.</param>
/// <param name="Title">Its title.</param>
/// <param name="Status">The HTTP status with which it comes mostly.</param>
/// <param name="Means">What it means.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Example">A body of it, behind the four fields that every one has.</param>
internal sealed record ProblemKind(string Name, string Title, int Status, string Means, string Remedy, string Example);

/// <summary>
/// The kinds of refusals that problem details name by an address (RFC 9457). The API writes the addresses, a page answers them.
/// </summary>
internal static class ProblemKinds
{
    private static readonly ProblemKind Validation = new("validation-error", "Validation Error", 422,
        "The request can be read, but something in it cannot be: a field is missing, has the wrong kind of value, or goes beyond a limit. "
        + "Nothing was stored.",
        "Look at errors: each has the path of a field and says what it has to be. Correct them and send the request again. A body that is "
        + "no JSON at all comes with the status 400.",
        "\"detail\":\"The workflow cannot be stored as it is.\","
        + "\"errors\":[{\"path\":\"steps\",\"message\":\"The field steps is missing.\"}]");

    /// <summary>All of them, by status.</summary>
    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        new("unauthorized", "Unauthorized", 401, "The request carries no API key, or one that is not valid: mistyped, revoked or expired.",
            "Send the key in the header Authorization: Bearer sk_… A key is shown once, when it is made; if it is lost, make a new one.",
            "\"detail\":\"A valid API key is needed: send it as \\\"Authorization: Bearer sk_…\\\".\""),
        new("forbidden", "Forbidden", 403, "The key is valid, but may not do this. Most often it lacks a scope.",
            "The detail names the scope. Make a key that has it, or ask whoever looks after the workspace.",
            "\"detail\":\"The key lacks the scope service.workflows.workflows.manage.\""),
        new("not-found", "Not Found", 404,
            "There is nothing at this address, or nothing with this id. What belongs to another workspace, or to the other environment, is "
            + "answered the same.",
            "Check the address and the id. A key that begins with sk_test_ sees the sandbox alone, one with sk_live_ the rest.",
            "\"detail\":\"There is no workflow with this id.\""),
        new("method-not-allowed", "Method Not Allowed", 405, "There is something at this address, but it does not take this method.",
            "The header Allow names the methods that it takes.",
            "\"detail\":\"This address does not take this method. The header Allow names those it takes.\""),
        new("conflict", "Conflict", 409,
            "What was asked does not fit how things stand: a template has runs that are not over, a contact has an unfinished run of the "
            + "same workflow, a run is over already.",
            "The detail says what stands in the way. Change that, or read how things stand, and ask again. With a Retry-After header it "
            + "passes by itself.",
            "\"detail\":\"Cannot delete workflow template with active runs. Cancel pending runs first.\""),
        new("precondition-failed", "Precondition Failed", 412,
            "The header If-Match named a state that is not the present one: somebody else has changed the thing meanwhile.",
            "Read it again, make the change on what it is now, and send it with the new ETag.",
            "\"detail\":\"The workflow was changed meanwhile: its ETag is not one that If-Match names.\""),
        new("payload-too-large", "Payload Too Large", 413, "The body is larger than 1 MiB.",
            "Send less at once. Large texts can be shortened or split into several requests.",
            "\"detail\":\"The body is larger than 1 MiB.\""),
        new("unsupported-media-type", "Unsupported Media Type", 415, "The body is of a kind that this address does not read.",
            "Send JSON in UTF-8 with the header Content-Type: application/json, without a Content-Encoding.",
            "\"detail\":\"Send JSON, with \\\"Content-Type: application/json\\\".\""),
        Validation,
        new("rate-limited", "Too Many Requests", 429, "More requests came with this key than are taken.",
            "Wait as many seconds as the header Retry-After says. X-RateLimit-Remaining tells with every answer how much is left.",
            "\"detail\":\"More requests came in a second than are taken. Send it again after the seconds in the header Retry-After.\""),
        new("internal-error", "Internal Server Error", 500, "Something went wrong on the server. Nothing was stored.",
            "Send the request again, with the same Idempotency-Key if it was a POST. If it fails again, tell whoever runs the server "
            + "when it was: the reason stands in its log.",
            "\"detail\":\"Something went wrong on our side. Nothing was stored; try again.\""),
        new("unavailable", "Service Unavailable", 503, "The server cannot reach or cannot write its database just now.",
            "Send the request again after the seconds in the header Retry-After, with the same Idempotency-Key: what was done already is "
            + "not done twice.",
            "\"detail\":\"The database cannot be reached just now.\""),
    ];

    /// <summary>The kind with this name, or null.</summary>
    public static ProblemKind? Find(string name) => All.FirstOrDefault(k => k.Name == name);

    /// <summary>The kind that a status means.</summary>
    public static ProblemKind Of(int status) => All.FirstOrDefault(k => k.Status == status)
        ?? (status >= StatusCodes.Status500InternalServerError ? All.First(k => k.Status == StatusCodes.Status500InternalServerError)
            : Validation);

    /// <summary>Where the page of a kind is.</summary>
    public static string Address(ProblemKind kind) => $"/problems/{kind.Name}";
}
