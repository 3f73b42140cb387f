using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using WorkflowStudio.Limits;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Identity;

/// <summary>What the pages behind links post to: of an invitation, and for a new password.</summary>
internal static class LinkEndpoints
{
    public static void MapLinks(this RouteGroupBuilder account)
    {
        account.MapPost("/join", JoinAsync).AllowAnonymous();
        account.MapPost("/new-password", PasswordAsync).AllowAnonymous();
    }

    private static async Task<IResult> JoinAsync(
        [FromForm] string? token, [FromForm] string? name, [FromForm] string? password, HttpContext http, RequestLimits limits,
        Joining joining, SignInManager<StudioUser> signIn, UserManager<StudioUser> users, CancellationToken cancellationToken)
    {
        if (AccountForms.TooMany(http, limits) is { } refused) return refused;
        if (await joining.ReadAsync(token, cancellationToken) is not { } open) return Again(StudioUrls.JoinBy, token, null);
        if (open.Account is { } known)
        {
            // the page says who has to sign in first
            if (users.GetUserId(http.User) != known.Id.ToString()) return Again(StudioUrls.JoinBy, token, null);
            if (await joining.WithAccountAsync(open, cancellationToken) is { } problem) return Again(StudioUrls.JoinBy, token, problem);
        }
        else
        {
            var made = await joining.AsNewAsync(open, name, password, cancellationToken);
            if (made.Problem is not null) return Again(StudioUrls.JoinBy, token, made.Code);
            await signIn.SignInAsync((await users.FindByIdAsync(made.Id.ToString()))!, isPersistent: false);
        }

        PlaceClaims.Choose(http, open.Slug, environment: null);
        return Results.LocalRedirect(StudioUrls.Home);
    }

    private static async Task<IResult> PasswordAsync(
        [FromForm] string? token, [FromForm] string? password, HttpContext http, RequestLimits limits, NewPasswords passwords,
        CancellationToken cancellationToken)
    {
        if (AccountForms.TooMany(http, limits) is { } refused) return refused;
        return await passwords.SetAsync(token, password, cancellationToken) is { } problem
            ? Again(StudioUrls.NewPasswordBy, token, problem)
            : Results.LocalRedirect($"{IdentitySetup.SignInPath}?done=new-password");
    }

    // what is no token is not carried on
    private static IResult Again(Func<string, string> page, string? token, string? problem) => Results.LocalRedirect(
        page(SecretLink.HashOf(token) is null ? "" : token!) + (problem is null ? "" : "&problem=" + Uri.EscapeDataString(problem)));
}
