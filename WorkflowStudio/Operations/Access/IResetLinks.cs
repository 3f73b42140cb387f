namespace WorkflowStudio.Operations.Access;

/// <summary>The links with which people set a new password, beside the accounts.</summary>
public interface IResetLinks
{
    /// <summary>Keeps one in the place of an earlier one of the same person.</summary>
    Task SetAsync(ResetLink link, byte[] hash, CancellationToken cancellationToken);

    /// <summary>The one of a token, while it is good; null otherwise.</summary>
    Task<ResetLink?> FindAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Takes it: of many at once one does.</summary>
    Task<bool> TakeAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>A link for a new password.</summary>
/// <param name="UserId">Whose password.</param>
/// <param name="Until">When it ends.</param>
/// <param name="ById">Who made it; null for the command line.</param>
/// <param name="WorkspaceId">In which workspace; null likewise.</param>
public sealed record ResetLink(Guid UserId, DateTimeOffset Until, Guid? ById, Guid? WorkspaceId);
