using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace WorkflowStudio.Identity;

/// <summary>Ties the cookie to a session on the server.</summary>
internal sealed class SessionEvents(Sessions sessions) : CookieAuthenticationEvents
{
    public override async Task SigningIn(CookieSigningInContext context)
    {
        // the cookie before is written over, and no session is handed from one person to another
        await sessions.EndAsync(context.HttpContext.User);
        var person = (ClaimsIdentity)context.Principal!.Identity!;
        var userId = Guid.Parse(context.Principal.FindFirstValue(ClaimTypes.NameIdentifier)!);
        person.AddClaim(await sessions.BeginAsync(userId, context.HttpContext.RequestAborted));
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
