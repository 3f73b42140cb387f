using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using WorkflowStudio.Limits;

namespace WorkflowStudio.Identity;

/// <summary>What the forms of somebody's own account page post to: what changes their cookie.</summary>
internal static class AccountEndpoints
{
    public static void MapOwnAccount(this RouteGroupBuilder account)
    {
        account.MapPost("/name", NameAsync);
        account.MapPost("/password", PasswordAsync);
    }

    private static async Task<IResult> NameAsync(
        [FromForm] string? name, HttpContext http, SignInManager<StudioUser> signIn, UserManager<StudioUser> users)
    {
        if (await users.GetUserAsync(http.User) is not { } account) return Results.LocalRedirect(IdentitySetup.SignInPath);
        if (Users.RefuseName(name) is { } problem) return Said(problem);
        account.Name = name!.Trim();
        if (!(await users.UpdateAsync(account)).Succeeded) return Said(AccountProblems.NotMade);
        SessionEvents.Keep(http);
        await signIn.RefreshSignInAsync(account); // the name is in the cookie
        return Said(AccountProblems.NameChanged);
    }

    private static async Task<IResult> PasswordAsync(
        [FromForm] string? current, [FromForm] string? password, HttpContext http, RequestLimits limits, Sessions sessions,
        SignInManager<StudioUser> signIn, UserManager<StudioUser> users)
    {
        if (AccountForms.TooMany(http, limits) is { } refused) return refused;
        if (await users.GetUserAsync(http.User) is not { } account) return Results.LocalRedirect(IdentitySetup.SignInPath);
        if (!await PasswordAsked.IsRightAsync(users, account, current)) return Said(AccountProblems.WrongPassword);
        var changed = await users.ChangePasswordAsync(account, current!, password ?? "");
        if (!changed.Succeeded) return Said(changed.Errors.First().Code);
        // also this one: whoever has stolen its cookie is out, and the person gets another
        await sessions.EndAllAsync(account.Id, but: null);
        await signIn.RefreshSignInAsync(account);
        return Said(AccountProblems.PasswordChanged);
    }

    private static IResult Said(string code) => Results.LocalRedirect($"{StudioUrls.Account}?said={Uri.EscapeDataString(code)}");
}
