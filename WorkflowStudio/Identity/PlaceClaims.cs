using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace WorkflowStudio.Identity;

/// <summary>
/// Puts the workspace and the environment that a person looks at, kept in two cookies, beside the person's claims: a circuit has no
/// cookies, but keeps the claims it began with. They are a wish; <see cref="CallerFactory"/> checks the membership.
/// </summary>
internal sealed class PlaceClaims(IHttpContextAccessor accessor) : IClaimsTransformation
{
    public const string WorkspaceClaim = "studio:workspace";
    public const string EnvironmentClaim = "studio:environment";
    public const string WorkspaceCookie = "ws_workspace";
    public const string EnvironmentCookie = "ws_environment";

    public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        if (accessor.HttpContext is not { } http || principal.HasClaim(c => c.Type == EnvironmentClaim)) return Task.FromResult(principal);
        var place = new ClaimsIdentity();
        if (http.Request.Cookies[WorkspaceCookie] is { Length: > 0 and <= 100 } workspace)
            place.AddClaim(new Claim(WorkspaceClaim, workspace));
        place.AddClaim(new Claim(EnvironmentClaim, http.Request.Cookies[EnvironmentCookie] == "test" ? "test" : "live"));
        var placed = principal.Clone();
        placed.AddIdentity(place);
        return Task.FromResult(placed);
    }
}
