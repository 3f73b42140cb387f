using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using WorkflowStudio.Limits;

namespace WorkflowStudio.Identity;

/// <summary>What the page behind an invitation's link posts to.</summary>
internal static class JoinEndpoints
{
    public static void MapJoining(this RouteGroupBuilder account) => account.MapPost("/join", JoinAsync).AllowAnonymous();

    private static async Task<IResult> JoinAsync(
        [FromForm] string? token, [FromForm] string? name, [FromForm] string? password, HttpContext http, RequestLimits limits,
        Joining joining, SignInManager<StudioUser> signIn, UserManager<StudioUser> users, CancellationToken cancellationToken)
    {
        if (AccountForms.TooMany(http, limits) is { } refused) return refused;
        if (await joining.ReadAsync(token, cancellationToken) is not { } open) return Again(token, null);
        if (open.Account is { } known)
        {
            // the page says who has to sign in first
            if (users.GetUserId(http.User) != known.Id.ToString()) return Again(token, null);
            if (await joining.WithAccountAsync(open, cancellationToken) is { } problem) return Again(token, problem);
        }
        else
        {
            var made = await joining.AsNewAsync(open, name, password, cancellationToken);
            if (made.Problem is not null) return Again(token, made.Code);
            await signIn.SignInAsync((await users.FindByIdAsync(made.Id.ToString()))!, isPersistent: false);
        }

        PlaceClaims.Choose(http, open.Into.Slug, environment: null);
        return Results.LocalRedirect(StudioUrls.Home);
    }

    private static IResult Again(string? token, string? problem) => Results.LocalRedirect(
        StudioUrls.JoinBy(Uri.EscapeDataString(token is { Length: <= 100 } ? token : ""))
        + (problem is null ? "" : "&problem=" + Uri.EscapeDataString(problem)));
}
