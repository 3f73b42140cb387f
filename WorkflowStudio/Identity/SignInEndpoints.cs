using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
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
        account.MapPost("/sign-in", SignInAsync).AllowAnonymous();
        account.MapPost("/sign-out", SignOutAsync).AllowAnonymous();
        account.MapPost("/place", Place);
        account.MapPost("/setup", SetupAsync).AllowAnonymous();
        if (app.Environment.IsDevelopment()) account.MapPost("/demo", DemoAsync).AllowAnonymous();
    }

    /// <summary>Whether the demo owner's button may be shown and used: the request comes from this machine, through no proxy.</summary>
    public static bool MayBeDemo(HttpContext http) =>
        http.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment()
        && (http.Connection.RemoteIpAddress is null || IPAddress.IsLoopback(http.Connection.RemoteIpAddress))
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded");

    private static async Task<IResult> SignInAsync(
        [FromForm] string? email, [FromForm] string? password, [FromForm] string? remember, [FromForm] string? returnUrl,
        SignInManager<StudioUser> signIn, UserManager<StudioUser> users)
    {
        var user = await users.FindByEmailAsync(email ?? "");
        var result = user is null ? SignInResult.Failed : await signIn.PasswordSignInAsync(user, password ?? "", remember is "on" or "true", lockoutOnFailure: true);
        if (user is null) _ = users.PasswordHasher.HashPassword(new StudioUser { Name = "" }, password ?? ""); // an unknown address takes as long as a known one
        if (result.Succeeded) return Results.LocalRedirect(Local(returnUrl));
        var error = result.IsLockedOut ? "locked" : "wrong";
        return Results.LocalRedirect($"{IdentitySetup.SignInPath}?error={error}&returnUrl={Uri.EscapeDataString(Local(returnUrl))}");
    }

    private static async Task<IResult> SignOutAsync([FromForm] string? returnUrl, SignInManager<StudioUser> signIn)
    {
        await signIn.SignOutAsync();
        return Results.LocalRedirect(returnUrl is null ? IdentitySetup.SignInPath : Local(returnUrl));
    }

    private static async Task<IResult> DemoAsync([FromForm] string? returnUrl, HttpContext http, SignInManager<StudioUser> signIn, UserManager<StudioUser> users)
    {
        if (!MayBeDemo(http)) return Results.NotFound();
        var owner = await users.FindByEmailAsync(DemoOwner);
        if (owner is null) return Results.LocalRedirect($"{IdentitySetup.SignInPath}?error=no-demo");
        await signIn.SignInAsync(owner, isPersistent: false);
        return Results.LocalRedirect(Local(returnUrl));
    }

    private static async Task<IResult> SetupAsync(
        [FromForm] string? token, [FromForm] string? practice, [FromForm] string? name, [FromForm] string? email, [FromForm] string? password,
        FirstOwner owner, CancellationToken cancellationToken)
    {
        var problem = await owner.CreateAsync(token, practice ?? "", new NewUser(name ?? "", email ?? "", password), cancellationToken);
        return Results.LocalRedirect(problem is null
            ? IdentitySetup.SignInPath
            : $"{IdentitySetup.SetupPath}?token={Uri.EscapeDataString(token ?? "")}&problem={Uri.EscapeDataString(problem)}");
    }

    // which workspace and environment the person looks at from now on
    private static IResult Place([FromForm] string? workspace, [FromForm] string? environment, [FromForm] string? returnUrl, HttpContext http)
    {
        var cookie = new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromDays(365), IsEssential = true };
        if (workspace is { Length: > 0 and <= 100 }) http.Response.Cookies.Append(PlaceClaims.WorkspaceCookie, workspace, cookie);
        if (environment is "live" or "test") http.Response.Cookies.Append(PlaceClaims.EnvironmentCookie, environment, cookie);
        return Results.LocalRedirect(Local(returnUrl));
    }

    private static string Local(string? url) => url is ['/', ..] && url is not (['/', '/' or '\\', ..]) ? url : "/";
}
