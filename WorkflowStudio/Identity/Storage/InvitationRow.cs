namespace WorkflowStudio.Identity.Storage;

/// <summary>An invitation that was not taken back. Of its link only the hash is kept.</summary>
internal sealed class InvitationRow
{
    /// <summary>The longest address of somebody who is invited, in characters.</summary>
    public const int MaxEmail = 254;

    public required Guid Id { get; set; }

    /// <summary>SHA-256 of the link's token.</summary>
    public required byte[] Hash { get; set; }

    public required Guid WorkspaceId { get; set; }

    /// <summary>For whom it is, as it was written.</summary>
    public required string Email { get; set; }

    /// <summary>The same, as accounts are looked up: a workspace has one invitation for it.</summary>
    public required string NormalizedEmail { get; set; }

    /// <summary>The ids of the roles, with blanks between.</summary>
    public required string Roles { get; set; }

    /// <summary>Who invites.</summary>
    public required Guid ById { get; set; }

    /// <summary>Their name then.</summary>
    public required string By { get; set; }

    /// <summary>In milliseconds of Unix time.</summary>
    public required long ExpiresAt { get; set; }

    /// <summary>Whether somebody is joining with it, or has: of many at once one does.</summary>
    public required bool IsTaken { get; set; }
}
