namespace WorkflowStudio.Identity.Storage;

/// <summary>A sign-in that has not ended: the cookie that names it is good as long as the row is there.</summary>
internal sealed class SessionRow
{
    public required Guid Id { get; set; }

    public required Guid UserId { get; set; }

    /// <summary>Never before the cookie's own end, in milliseconds of Unix time.</summary>
    public required long ExpiresAt { get; set; }
}
