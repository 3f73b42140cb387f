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

    /// <summary>Has the browser look at a workspace and an environment from now on; null leaves the one that it has.</summary>
    public static void Choose(HttpContext http, string? workspace, string? environment)
    {
        var cookie = new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
            MaxAge = TimeSpan.FromDays(365),
            IsEssential = true,
        };
        if (workspace is { Length: > 0 and <= 100 }) http.Response.Cookies.Append(WorkspaceCookie, workspace, cookie);
        if (environment is "live" or "test") http.Response.Cookies.Append(EnvironmentCookie, environment, cookie);
    }

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
