using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;

namespace WorkflowStudio.Identity.Storage;

/// <summary>Accounts as Identity stores them, with the key of the app and the recovery codes encrypted by the key ring.</summary>
internal sealed class StudioUserStore(IdentityDb db, ISecretProtector protector, IdentityErrorDescriber words)
    : UserOnlyStore<StudioUser, IdentityDb, Guid>(db, words)
{
    public override Task SetTokenAsync(
        StudioUser user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
        base.SetTokenAsync(
            user, loginProvider, name, value is null ? null : Convert.ToBase64String(protector.Protect(value)), cancellationToken);

    /// <summary>What was encrypted by another key ring is as good as not there.</summary>
    public override async Task<string?> GetTokenAsync(
        StudioUser user, string loginProvider, string name, CancellationToken cancellationToken) =>
        await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is { } stored
            ? protector.Unprotect(Convert.FromBase64String(stored))
            : null;
}
