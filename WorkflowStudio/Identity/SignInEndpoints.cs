using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Limits;
using SignInResult = Microsoft.AspNetCore.Identity.SignInResult;

namespace WorkflowStudio.Identity;

/// <summary>
/// What the forms of the account pages post to. Forms are checked against forgery; answers are redirects, so that a reload posts nothing.
/// </summary>
internal static class SignInEndpoints
{
    /// <summary>The account that a first start in Development makes.</summary>
    public const string DemoOwner = "owner@demo.test";

    public static void MapSignIn(this WebApplication app)
    {
        var account = app.MapGroup("/account");
        account.AddEndpointFilter(SayWhatCannotBeStoredAsync);
        account.MapPost("/sign-in", SignInAsync).AllowAnonymous();
        account.MapPost("/sign-out", SignOutAsync).AllowAnonymous();
        account.MapPost("/place", Place);
        account.MapPost("/setup", SetupAsync).AllowAnonymous();
        if (app.Environment.IsDevelopment()) account.MapPost("/demo", DemoAsync).AllowAnonymous();
    }

    /// <summary>Whether the demo owner's button may be shown and used: somebody sits at this machine.</summary>
    public static bool MayBeDemo(HttpContext http) =>
        http.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment() && ThisMachine.Asks(http);

    private static async Task<IResult> SignInAsync(
        [FromForm] string? email, [FromForm] string? password, [FromForm] string? remember, [FromForm] string? returnUrl,
        HttpContext http, RequestLimits limits, SignInManager<StudioUser> signIn, UserManager<StudioUser> users)
    {
        if (TooMany(http, limits) is { } refused) return refused;
        var user = await users.FindByEmailAsync(email ?? "");
        var result = user is null
            ? SignInResult.Failed
            : await signIn.PasswordSignInAsync(user, password ?? "", remember is "on" or "true", lockoutOnFailure: true);
        // an unknown address and a closed account take as long, and are told the same, as a wrong password
        if (user is null || result.IsLockedOut) _ = users.PasswordHasher.HashPassword(new StudioUser { Name = "" }, password ?? "");
        if (result.Succeeded) return Results.LocalRedirect(Local(returnUrl));
        return Results.LocalRedirect($"{IdentitySetup.SignInPath}?error=wrong&returnUrl={Uri.EscapeDataString(Local(returnUrl))}");
    }

    private static async Task<IResult> SignOutAsync([FromForm] string? returnUrl, SignInManager<StudioUser> signIn)
    {
        await signIn.SignOutAsync();
        return Results.LocalRedirect(returnUrl is null ? IdentitySetup.SignInPath : Local(returnUrl));
    }

    private static async Task<IResult> DemoAsync(
        [FromForm] string? returnUrl, HttpContext http, SignInManager<StudioUser> signIn, UserManager<StudioUser> users)
    {
        if (!MayBeDemo(http)) return Results.NotFound();
        var owner = await users.FindByEmailAsync(DemoOwner);
        if (owner is null) return Results.LocalRedirect($"{IdentitySetup.SignInPath}?error=no-demo");
        await signIn.SignInAsync(owner, isPersistent: false);
        return Results.LocalRedirect(Local(returnUrl));
    }

    private static async Task<IResult> SetupAsync(
        [FromForm] string? token, [FromForm] string? practice, [FromForm] string? name, [FromForm] string? email,
        [FromForm] string? password,
        HttpContext http, RequestLimits limits, FirstOwner owner, CancellationToken cancellationToken)
    {
        if (TooMany(http, limits) is { } refused) return refused;
        var problem = await owner.CreateAsync(token, practice ?? "", new NewUser(name ?? "", email ?? "", password), cancellationToken);
        return Results.LocalRedirect(problem is null
            ? IdentitySetup.SignInPath
            : $"{IdentitySetup.SetupPath}?token={Uri.EscapeDataString(token ?? "")}&problem={Uri.EscapeDataString(problem)}");
    }

    // a session begins and ends in the database: on a full disk people are told, and may still be signed in
    private static async ValueTask<object?> SayWhatCannotBeStoredAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
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

    // each try costs a slow hash: nobody gets many of them, whichever accounts they are for
    private static IResult? TooMany(HttpContext http, RequestLimits limits)
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

    // which workspace and environment the person looks at from now on
    private static IResult Place(
        [FromForm] string? workspace, [FromForm] string? environment, [FromForm] string? returnUrl, HttpContext http)
    {
        var cookie = new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
            MaxAge = TimeSpan.FromDays(365),
            IsEssential = true,
        };
        if (workspace is { Length: > 0 and <= 100 }) http.Response.Cookies.Append(PlaceClaims.WorkspaceCookie, workspace, cookie);
        if (environment is "live" or "test") http.Response.Cookies.Append(PlaceClaims.EnvironmentCookie, environment, cookie);
        return Results.LocalRedirect(Local(returnUrl));
    }

    // a header takes no more than visible ASCII, and browsers drop what is not: "/\t/elsewhere" would lead there
    private static string Local(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && url.All(c => c is >= '!' and <= '~') ? url : StudioUrls.Home;
}
