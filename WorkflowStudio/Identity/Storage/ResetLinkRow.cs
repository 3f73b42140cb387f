namespace WorkflowStudio.Identity.Storage;

/// <summary>A link with which somebody sets a new password. Of it only the hash is kept; a person has one at most.</summary>
internal sealed class ResetLinkRow
{
    public required Guid UserId { get; set; }

    /// <summary>SHA-256 of the link's token.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>In milliseconds of Unix time.</summary>
    public required long ExpiresAt { get; set; }

    /// <summary>Who made it; null for the command line.</summary>
    public required Guid? ById { get; set; }

    /// <summary>In which workspace; null for the command line.</summary>
    public required Guid? WorkspaceId { get; set; }
}
