using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Identity;

namespace WorkflowStudio.Tests.Support;

/// <summary>A person of a test with an account, and what an open page of theirs knows.</summary>
internal sealed record TestPerson(HttpClient Client, string Email, ClaimsPrincipal Claims, StudioApp App)
{
    public Guid Id => Guid.Parse(Claims.FindFirstValue(ClaimTypes.NameIdentifier)!);

    public OwnAccount Own => App.Get<OwnAccount>();

    /// <summary>Somebody in a workspace of their own, with a session that is not that of <see cref="Client"/>.</summary>
    public static async Task<TestPerson> NewAsync(StudioApp app)
    {
        var (client, email) = await SignedIn.PersonAsync(app);
        return new TestPerson(client, email, await PageAsync(app, email), app);
    }

    /// <summary>The claims of another session of theirs.</summary>
    public static async Task<ClaimsPrincipal> PageAsync(StudioApp app, string email)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var account = (await scope.ServiceProvider.GetRequiredService<UserManager<StudioUser>>().FindByEmailAsync(email))!;
        var person = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<StudioUser>>().CreateAsync(account);
        person.Identities.First().AddClaim(await app.Get<Sessions>().BeginAsync(account.Id, SessionPlace.Unknown, default));
        return person;
    }

    /// <summary>Signs in with the password; where that leads.</summary>
    public Task<string> SignInAsync(HttpClient? client = null, string password = SignedIn.Password) =>
        SignedIn.TryAsync(client ?? Client, Email, password, "/");

    /// <summary>Turns the code from an app on; answers its key and the recovery codes.</summary>
    public async Task<(string Key, IReadOnlyList<string> Codes)> TurnOnAsync()
    {
        var key = Totp.NewKey();
        var on = await Own.TurnOnAsync(Claims, key, Totp.CodeAt(key, TimeProvider.System.GetUtcNow()), SignedIn.Password);
        Assert.True(on.Ok, on.Problem?.Message);
        return (key, on.Value);
    }

    /// <summary>Sends the code after the password; where that leads.</summary>
    public Task<string> CodeAsync(string code, string? way = null, HttpClient? client = null) => SignedIn.PostAsync(
        client ?? Client, "/sign-in/code", "/account/sign-in/code", new("code", code), new("way", way ?? ""), new("returnUrl", "/"));
}
