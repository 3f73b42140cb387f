using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace WorkflowStudio.Identity;

/// <summary>Ties the cookie to a session on the server.</summary>
internal sealed class SessionEvents(Sessions sessions) : CookieAuthenticationEvents
{
    private const string Keeps = "studio:keeps-session";

    /// <summary>Lets the cookie be made anew, with other claims of the same person, without another session.</summary>
    public static void Keep(HttpContext http) => http.Items[Keeps] = true;

    public override async Task SigningIn(CookieSigningInContext context)
    {
        var (http, person) = (context.HttpContext, (ClaimsIdentity)context.Principal!.Identity!);
        if (http.Items.ContainsKey(Keeps) && http.User.FindFirst(Sessions.Claim) is { } kept)
        {
            person.AddClaim(kept.Clone());
            return;
        }

        // the cookie before is written over, and no session is handed from one person to another
        await sessions.EndAsync(http.User);
        var userId = Guid.Parse(context.Principal.FindFirstValue(ClaimTypes.NameIdentifier)!);
        person.AddClaim(await sessions.BeginAsync(userId, SessionPlace.Of(http), http.RequestAborted));
    }

    public override Task SigningOut(CookieSigningOutContext context) => sessions.EndAsync(context.HttpContext.User);

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var open = await sessions.IsOpenAsync(context.Principal, context.HttpContext.RequestAborted);
        if (open) await SecurityStampValidator.ValidatePrincipalAsync(context);
        else context.RejectPrincipal();
    }

    /// <summary>The claims of a person are made anew now and then; the session stays.</summary>
    public static Task Refreshing(SecurityStampRefreshingPrincipalContext context)
    {
        var session = context.CurrentPrincipal?.FindFirst(Sessions.Claim);
        if (session is not null) ((ClaimsIdentity)context.NewPrincipal!.Identity!).AddClaim(session.Clone());
        return Task.CompletedTask;
    }
}
