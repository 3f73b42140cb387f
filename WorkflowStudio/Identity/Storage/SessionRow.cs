namespace WorkflowStudio.Identity.Storage;

/// <summary>A sign-in that has not ended: the cookie that names it is good as long as the row is there.</summary>
internal sealed class SessionRow
{
    /// <summary>The longest address and the longest words for a browser, in characters.</summary>
    public const int MaxText = 80;

    public required Guid Id { get; set; }

    public required Guid UserId { get; set; }

    /// <summary>Never before the cookie's own end, in milliseconds of Unix time.</summary>
    public required long ExpiresAt { get; set; }

    /// <summary>When somebody signed in, likewise.</summary>
    public required long BeganAt { get; set; }

    /// <summary>The network address from which somebody signed in; empty where it is not known.</summary>
    public required string Address { get; set; }

    /// <summary>With what they did, in words: "Firefox on Windows".</summary>
    public required string Browser { get; set; }
}
