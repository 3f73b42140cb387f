using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Runtime.Answers;

/// <summary>
/// An answer that is kept for a request with an Idempotency-Key, in the transaction of what the request did. Whoever sends the request
/// again within 24 hours gets it instead of doing everything twice.
/// </summary>
/// <param name="Tenant">The caller's.</param>
/// <param name="Method">The request's method.</param>
/// <param name="Path">The request's path; a key means nothing beside it.</param>
/// <param name="Key">The key, 1 to 255 visible signs.</param>
/// <param name="BodyHash">SHA-256 of the request's body: the same key with another body is refused.</param>
/// <param name="CreatedAt">When the request came.</param>
public sealed record KeptAnswer(Tenant Tenant, string Method, string Path, string Key, byte[] BodyHash, DateTimeOffset CreatedAt)
{
    /// <summary>The status of the answer; 0 while there is none.</summary>
    public int Status { get; init; }

    /// <summary>The Location header of the answer, if it had one.</summary>
    public string? Location { get; init; }

    /// <summary>The body of the answer.</summary>
    public string Body { get; init; } = "";
}
