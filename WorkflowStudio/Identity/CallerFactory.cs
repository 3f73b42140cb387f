using System.Security.Claims;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Identity;

/// <summary>Turns a signed-in person into the caller of operations. One per request or circuit.</summary>
internal sealed class CallerFactory(WorkspaceStore workspaces, Sessions sessions)
{
    private (Tenant? Tenant, WorkspaceRole? Role) place;

    /// <summary>
    /// The caller in the chosen workspace, or in the person's first when none is chosen; null for somebody who is not signed in, has
    /// signed out, or belongs to no workspace. Asks the database every time, so that a lost membership counts at once.
    /// </summary>
    public async Task<Caller?> CreateAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default)
    {
        var caller = await ReadAsync(person, cancellationToken);
        place = (caller?.Tenant, caller?.Role);
        return caller;
    }

    /// <summary>Whether the person would get the same workspace and role as the last time.</summary>
    public async Task<bool> IsUnchangedAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        var caller = await ReadAsync(person, cancellationToken);
        return place == (caller?.Tenant, caller?.Role);
    }

    private async Task<Caller?> ReadAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(person.FindFirstValue(ClaimTypes.NameIdentifier), out var userId)) return null;
        if (!await sessions.IsOpenAsync(person, cancellationToken)) return null;
        var memberships = await workspaces.MembershipsAsync(userId, cancellationToken);
        var chosen = person.FindFirstValue(PlaceClaims.WorkspaceClaim);
        var found = memberships.FirstOrDefault(m => m.Slug == chosen) ?? (memberships is [var first, ..] ? first : null);
        return found is null ? null : new Caller
        {
            Tenant = new Tenant(found.WorkspaceId, EnvironmentOf(person)),
            UserId = userId,
            Name = person.FindFirstValue(StudioClaims.Name) ?? person.Identity?.Name ?? "",
            Role = found.Role,
        };
    }

    private static StudioEnvironment EnvironmentOf(ClaimsPrincipal person) =>
        person.FindFirstValue(PlaceClaims.EnvironmentClaim) == "test" ? StudioEnvironment.Test : StudioEnvironment.Live;
}
