using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Identity;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Identity;

[Collection(StudioAppTests.Name)]
public sealed class SessionTests(StudioApp app)
{
    private const string Page = StudioUrls.Runs;

    [Fact]
    public async Task KeptCookie_AfterSigningOut_OpensNothing()
    {
        var (client, email) = await SignedIn.PersonAsync(app);
        var (kept, other) = (await CookieAsync(client, email), await CookieAsync(SignedIn.Browser(app), email));
        Assert.Equal((200, 200), (await StatusAsync(kept), await StatusAsync(other)));

        Assert.Equal("/sign-in", await SignedIn.PostAsync(client, "/sign-in", "/account/sign-out"));

        Assert.Equal((302, 200), (await StatusAsync(kept), await StatusAsync(other))); // the session of the other browser goes on
    }

    [Fact]
    public async Task SigningInAgain_EndsTheSessionOfTheCookieThatIsWrittenOver()
    {
        var (client, email) = await SignedIn.PersonAsync(app);
        var first = await CookieAsync(client, email);
        var second = await CookieAsync(client, email);
        Assert.Equal((302, 200), (await StatusAsync(first), await StatusAsync(second)));
    }

    [Fact]
    public async Task OpenPages_EndWithTheirSession()
    {
        var (one, two) = (await PersonAsync(), await PersonAsync());
        await using var scope = app.Services.CreateAsyncScope();
        await using var beside = app.Services.CreateAsyncScope();
        var (page, other) = (Open(scope, one), Open(beside, two));

        await app.Get<Sessions>().EndAsync(one);

        Assert.False((await page.GetAuthenticationStateAsync()).User.Identity!.IsAuthenticated);
        Assert.True((await other.GetAuthenticationStateAsync()).User.Identity!.IsAuthenticated);
        Assert.Null(await scope.ServiceProvider.GetRequiredService<CallerFactory>().CreateAsync(one)); // nor does the hub let it go on
    }

    [Fact]
    public async Task ClaimsThatAreMadeAnew_KeepTheSession()
    {
        var person = await PersonAsync();
        var refreshing = new SecurityStampRefreshingPrincipalContext
        { CurrentPrincipal = person, NewPrincipal = new ClaimsPrincipal(new ClaimsIdentity("new")) };
        await SessionEvents.Refreshing(refreshing);
        Assert.True(await app.Get<Sessions>().IsOpenAsync(refreshing.NewPrincipal, default));
    }

    [Fact]
    public async Task ClaimsWithoutASession_AreNotOpen() =>
        Assert.False(await app.Get<Sessions>()
            .IsOpenAsync(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "1")], "old")), default));

    private static AuthenticationStateProvider Open(AsyncServiceScope scope, ClaimsPrincipal person)
    {
        var page = scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        ((IHostEnvironmentAuthenticationStateProvider)page).SetAuthenticationState(Task.FromResult(new AuthenticationState(person)));
        return page;
    }

    private async Task<ClaimsPrincipal> PersonAsync()
    {
        var (_, email) = await SignedIn.PersonAsync(app);
        await using var scope = app.Services.CreateAsyncScope();
        var account = (await scope.ServiceProvider.GetRequiredService<UserManager<StudioUser>>().FindByEmailAsync(email))!;
        var person = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<StudioUser>>().CreateAsync(account);
        person.Identities.First().AddClaim(await app.Get<Sessions>().BeginAsync(account.Id, SessionPlace.Unknown, default));
        return person;
    }

    private static async Task<string> CookieAsync(HttpClient client, string email)
    {
        var answer = await SignedIn.SendAsync(
            client, "/sign-in", "/account/sign-in", new("email", email), new("password", SignedIn.Password));
        return answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("ws_session=", StringComparison.Ordinal)).Split(';')[0];
    }

    private async Task<int> StatusAsync(string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Page);
        request.Headers.Add("Cookie", cookie);
        using var client = app.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        return (int)(await client.SendAsync(request)).StatusCode;
    }
}
