using System.Security.Claims;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Identity;

/// <summary>Turns a signed-in person into the caller of operations. One per request or circuit.</summary>
internal sealed class CallerFactory(WorkspaceStore workspaces, MemberStore members, Sessions sessions)
{
    private (Tenant? Tenant, string Roles) place;

    /// <summary>
    /// The caller in the chosen workspace, or in the person's first when none is chosen; null for somebody who is not signed in, has
    /// signed out, or belongs to no workspace. Asks the database every time, so that a lost membership counts at once.
    /// </summary>
    public async Task<Caller?> CreateAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default)
    {
        var caller = await ReadAsync(person, cancellationToken);
        place = PlaceOf(caller);
        return caller;
    }

    /// <summary>Whether the person would get the same workspace, roles and permissions as the last time.</summary>
    public async Task<bool> IsUnchangedAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        var caller = await ReadAsync(person, cancellationToken);
        return place == PlaceOf(caller);
    }

    private async Task<Caller?> ReadAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(person.FindFirstValue(ClaimTypes.NameIdentifier), out var userId)) return null;
        if (!await sessions.IsOpenAsync(person, cancellationToken)) return null;
        var memberships = await workspaces.MembershipsAsync(userId, cancellationToken);
        var chosen = person.FindFirstValue(PlaceClaims.WorkspaceClaim);
        var found = memberships.FirstOrDefault(m => m.Slug == chosen) ?? (memberships is [var first, ..] ? first : null);
        if (found is null) return null;
        var roles = await members.RolesOfAsync(found.WorkspaceId, userId, cancellationToken);
        return new Caller
        {
            Tenant = new Tenant(found.WorkspaceId, EnvironmentOf(person)),
            UserId = userId,
            Name = person.FindFirstValue(StudioClaims.Name) ?? person.Identity?.Name ?? "",
            Roles = [.. roles.Select(r => r.Held(found.WorkspaceId)).OfType<HeldRole>().OrderByDescending(r => r.Permissions.Count)],
        };
    }

    private static (Tenant?, string) PlaceOf(Caller? caller) => (caller?.Tenant, caller is null ? "" : string.Join(
        ';', caller.Roles.Select(r => $"{r.IdIn(caller.Tenant.WorkspaceId)} {string.Join(' ', r.Permissions.Names)}")));

    private static StudioEnvironment EnvironmentOf(ClaimsPrincipal person) =>
        person.FindFirstValue(PlaceClaims.EnvironmentClaim) == "test" ? StudioEnvironment.Test : StudioEnvironment.Live;
}
