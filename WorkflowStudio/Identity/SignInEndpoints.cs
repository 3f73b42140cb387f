using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using WorkflowStudio.Limits;
using static WorkflowStudio.Identity.AccountForms;
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
        account.MapPost("/sign-in/code", CodeAsync).AllowAnonymous();
        account.MapPost("/sign-out", SignOutAsync).AllowAnonymous();
        account.MapPost("/place", Place);
        account.MapPost("/setup", SetupAsync).AllowAnonymous();
        account.MapOwnAccount();
        account.MapLinks();
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
        if (result.RequiresTwoFactor) return ToCode(remember, returnUrl, way: null, error: null);
        return Results.LocalRedirect($"{IdentitySetup.SignInPath}?error=wrong&returnUrl={Uri.EscapeDataString(Local(returnUrl))}");
    }

    // after the password: what came before stands in a cookie of its own, for five minutes
    private static async Task<IResult> CodeAsync(
        [FromForm] string? code, [FromForm] string? way, [FromForm] string? remember, [FromForm] string? returnUrl, HttpContext http,
        RequestLimits limits, SignInManager<StudioUser> signIn, UserManager<StudioUser> users)
    {
        if (TooMany(http, limits) is { } refused) return refused;
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } user)
            return Results.LocalRedirect($"{IdentitySetup.SignInPath}?error=late&returnUrl={Uri.EscapeDataString(Local(returnUrl))}");
        if (await IsRightAsync(signIn, users, user, code ?? "", way == "recovery", remember is "on" or "true"))
            return Results.LocalRedirect(Local(returnUrl));
        return ToCode(remember, returnUrl, way, "wrong");
    }

    private static async Task<bool> IsRightAsync(
        SignInManager<StudioUser> signIn, UserManager<StudioUser> users, StudioUser user, string code, bool recovers, bool remember)
    {
        if (await users.IsLockedOutAsync(user)) return false;
        if (!recovers) return (await signIn.TwoFactorAuthenticatorSignInAsync(code, remember, rememberClient: false)).Succeeded;
        if ((await signIn.TwoFactorRecoveryCodeSignInAsync(RecoveryCode(code))).Succeeded) return true;
        await users.AccessFailedAsync(user); // Identity does not count these
        return false;
    }

    // as it was shown, however it is typed; Identity takes no empty one
    private static string RecoveryCode(string typed)
    {
        var code = string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return code.Length == 10 ? $"{code[..5]}-{code[5..]}" : "none";
    }

    private static IResult ToCode(string? remember, string? returnUrl, string? way, string? error) =>
        Results.LocalRedirect(QueryHelpers.AddQueryString(IdentitySetup.CodePath, new Dictionary<string, string?>
        {
            ["returnUrl"] = Local(returnUrl), ["remember"] = remember is "on" or "true" ? "true" : null,
            ["way"] = way == "recovery" ? way : null, ["error"] = error,
        }.Where(p => p.Value is not null)));

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

    // which workspace and environment the person looks at from now on
    private static IResult Place(
        [FromForm] string? workspace, [FromForm] string? environment, [FromForm] string? returnUrl, HttpContext http)
    {
        PlaceClaims.Choose(http, workspace, environment);
        return Results.LocalRedirect(Local(returnUrl));
    }
}
