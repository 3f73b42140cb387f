using System.Globalization;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Limits;

namespace WorkflowStudio.Identity;

/// <summary>What all forms of the account pages have in common.</summary>
internal static class AccountForms
{
    /// <summary>An address of this app, or <see cref="StudioUrls.Home"/> for any other.</summary>
    // a header takes no more than visible ASCII, and browsers drop what is not: "/\t/elsewhere" would lead there
    public static string Local(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && url.All(c => c is >= '!' and <= '~') ? url : StudioUrls.Home;

    /// <summary>Keeps the link of a page, which opens something, out of lists and out of what other pages are told.</summary>
    public static void KeepSecret(HttpContext http)
    {
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.CacheControl = "no-store";
    }

    /// <summary>
    /// A session begins and ends in the database: on a full disk people are told, and may still be signed in.
    /// </summary>
    public static async ValueTask<object?> SayWhatCannotBeStoredAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        try
        {
            return await next(call);
        }
        catch (Exception e) when (call.HttpContext.RequestServices.GetRequiredService<StudioDatabase>().FaultOf(e) is not null)
        {
            return Results.LocalRedirect($"{IdentitySetup.SignInPath}?error=not-stored");
        }
    }

    /// <summary>
    /// The answer to somebody who tries too often; null to all others. Each try costs a slow hash: nobody gets many of them, whichever
    /// accounts they are for.
    /// </summary>
    public static IResult? TooMany(HttpContext http, RequestLimits limits)
    {
        if (limits.SignIns.SecondsToWait(RequestLimits.PlaceOf(http.Connection.RemoteIpAddress)) is not (> 0 and var seconds)) return null;
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Results.Content(
            $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Too many tries</title>
            <link rel="stylesheet" href="/tokens.css"><link rel="stylesheet" href="/app.css"></head>
            <body><main class="ws-calm"><h1 class="ws-calm-title">Too many tries</h1>
            <p>There were too many tries to sign in from your address. Wait {seconds} seconds, then try again.</p>
            <a class="ws-button ws-button-primary" href="{IdentitySetup.SignInPath}">Back to the sign-in</a></main></body></html>
            """,
            "text/html; charset=utf-8",
            statusCode: StatusCodes.Status429TooManyRequests);
    }
}
