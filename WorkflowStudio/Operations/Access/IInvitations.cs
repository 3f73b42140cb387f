namespace WorkflowStudio.Operations.Access;

/// <summary>The invitations of all workspaces, beside the accounts that come of them.</summary>
public interface IInvitations
{
    /// <summary>
    /// Keeps one in the place of an earlier one of the workspace for the same address; false when another was kept at the same time.
    /// </summary>
    Task<bool> AddAsync(Invitation invitation, byte[] hash, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Those of a workspace with which somebody can still join, the one that ends last first.</summary>
    Task<IReadOnlyList<Invitation>> OpenAsync(Guid workspaceId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The one of a link, while somebody can join with it; null otherwise.</summary>
    Task<Invitation?> FindAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Takes it: of many at once one does.</summary>
    Task<bool> TakeAsync(Guid id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Gives it back when nobody has joined after all.</summary>
    Task ReturnAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Takes one of a workspace back; answers for whom it was, null when there is none.</summary>
    Task<string?> RemoveAsync(Guid workspaceId, Guid id, CancellationToken cancellationToken);
}

/// <summary>An invitation.</summary>
/// <param name="Id">Names it within the studio.</param>
/// <param name="WorkspaceId">Into which workspace.</param>
/// <param name="Email">For whom: their account has this address.</param>
/// <param name="RoleIds">The roles that they get.</param>
/// <param name="ById">Who invites.</param>
/// <param name="By">Their name then.</param>
/// <param name="Until">When its link ends.</param>
public sealed record Invitation(
    Guid Id, Guid WorkspaceId, string Email, IReadOnlyList<Guid> RoleIds, Guid ById, string By, DateTimeOffset Until);
