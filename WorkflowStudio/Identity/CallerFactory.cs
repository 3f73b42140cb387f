using System.Security.Claims;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Identity;

/// <summary>Turns a signed-in person into the caller of operations.</summary>
internal sealed class CallerFactory(WorkspaceStore workspaces)
{
    /// <summary>
    /// The caller in the chosen workspace, or in the person's first when none is chosen; null for somebody who is not signed in or belongs to
    /// no workspace. Asks the database every time, so that a lost membership counts at once.
    /// </summary>
    public async Task<Caller?> CreateAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default)
    {
        if (!Guid.TryParse(person.FindFirstValue(ClaimTypes.NameIdentifier), out var userId)) return null;
        var memberships = await workspaces.MembershipsAsync(userId, cancellationToken);
        var chosen = person.FindFirstValue(PlaceClaims.WorkspaceClaim);
        var place = memberships.FirstOrDefault(m => m.Slug == chosen) ?? (memberships is [var first, ..] ? first : null);
        return place is null ? null : new Caller
        {
            Tenant = new Tenant(place.WorkspaceId, EnvironmentOf(person)),
            UserId = userId,
            Name = person.FindFirstValue(StudioClaims.Name) ?? person.Identity?.Name ?? "",
            Role = place.Role,
        };
    }

    private static StudioEnvironment EnvironmentOf(ClaimsPrincipal person) =>
        person.FindFirstValue(PlaceClaims.EnvironmentClaim) == "test" ? StudioEnvironment.Test : StudioEnvironment.Live;
}
