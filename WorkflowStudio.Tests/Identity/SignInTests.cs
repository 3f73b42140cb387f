using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Identity;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Identity;

[Collection(StudioAppTests.Name)]
public sealed class SignInTests(StudioApp app)
{
    private const string Password = SignedIn.Password;

    [Fact]
    public async Task RightPassword_OpensThePageThatWasAskedFor()
    {
        var (client, email) = await PersonAsync();
        Assert.Equal(StudioUrls.Runs, await SignInAsync(client, email, Password, StudioUrls.Runs));
        Assert.Equal(200, (int)(await client.GetAsync(StudioUrls.Runs)).StatusCode);
    }

    [Theory]
    [InlineData("https://evil.test/")]
    [InlineData("//evil.test/")]
    [InlineData("/\\evil.test")]
    [InlineData("/\t/evil.test")]
    [InlineData("/studio/runs?x=é")]
    public async Task ReturnUrl_ElsewhereIsIgnored(string elsewhere)
    {
        var (client, email) = await PersonAsync();
        Assert.Equal(StudioUrls.Home, await SignInAsync(client, email, Password, elsewhere));
    }

    [Fact]
    public async Task WrongPassword_FiveTimes_LocksTheAccount()
    {
        var (client, email) = await PersonAsync();
        for (var i = 0; i < 5; i++)
            Assert.Equal("/sign-in?error=wrong&returnUrl=%2F", await SignInAsync(client, email, "wrong wrong", "/"));
        // the words do not say that there is such an account
        Assert.Equal("/sign-in?error=wrong&returnUrl=%2F", await SignInAsync(client, email, Password, "/"));
    }

    [Theory]
    [InlineData("nobody@example.test")]
    [InlineData("nobody\uFFFE@example.test")]
    public async Task UnknownAddress_IsAnsweredLikeAWrongPassword(string address)
    {
        var (client, _) = await PersonAsync();
        Assert.Equal("/sign-in?error=wrong&returnUrl=%2F", await SignInAsync(client, address, Password, "/"));
    }

    [Fact]
    public async Task FormWithoutItsToken_IsRefused()
    {
        var (client, email) = await PersonAsync();
        using var form = new FormUrlEncodedContent([new("email", email), new("password", Password)]);
        Assert.Equal(400, (int)(await client.PostAsync("/account/sign-in", form)).StatusCode);
    }

    [Fact]
    public async Task SetupLink_MakesOneOwner_Once()
    {
        await using var fresh = new StudioApp(); // nobody has an account yet
        var token = fresh.Get<SetupLink>().Open();
        await using var scope = fresh.Services.CreateAsyncScope();
        var first = scope.ServiceProvider.GetRequiredService<FirstOwner>();
        Assert.Equal(AccountProblems.Link, await first.CreateAsync("guess", "P", Owner("x"), default));
        Assert.Equal(
            "PasswordTooShort", await first.CreateAsync(token, "Praxis Groß", Owner("short") with { Password = "short" }, default));
        Assert.Null(await first.CreateAsync(token, "Praxis Groß", Owner("owner"), default));
        Assert.Equal(AccountProblems.Link, await first.CreateAsync(token, "P", Owner("second"), default));
        Assert.NotNull(await fresh.Get<Engine.Storage.WorkspaceStore>().FindAsync("praxis-gross", default));
    }

    [Theory]
    [InlineData("nothing", true)]
    [InlineData("password", false)]
    [InlineData("role", false)]
    public async Task OpenPage_EndsWhenAnotherPasswordOrRoleIsGiven(string changed, bool stays)
    {
        var workspace = (await app.PracticeAsync()).Owner.Tenant.WorkspaceId;
        await using var scope = app.Services.CreateAsyncScope();
        var made = await scope.ServiceProvider.GetRequiredService<Users>()
            .CreateAsync(new NewUser("Person", $"{workspace:N}@example.test", Password), workspace, WorkspaceRole.Editor, default);
        var users = scope.ServiceProvider.GetRequiredService<UserManager<StudioUser>>();
        var account = (await users.FindByIdAsync(made.Id.ToString()))!;
        var person = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<StudioUser>>().CreateAsync(account);
        person.Identities.First().AddClaim(await app.Get<Sessions>().BeginAsync(made.Id, SessionPlace.Unknown, default));
        await scope.ServiceProvider.GetRequiredService<CallerFactory>().CreateAsync(person);

        if (changed == "password") await users.ChangePasswordAsync(account, Password, "another long password");
        if (changed == "role")
            await app.Get<IStudioWriter>()
                .WriteAsync(write => { WorkspaceStore.Join(write, workspace, made.Id, WorkspaceRole.Viewer); return 0; });
        var live = (LiveSignIn)scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        Assert.Equal(stays, await live.MayStayAsync(person, default));
    }

    [Fact]
    public async Task SetupLink_UsedManyTimesAtOnce_MakesOneOwner()
    {
        await using var fresh = new StudioApp(); // nobody has an account yet
        var token = fresh.Get<SetupLink>().Open();
        var problems = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            await using var scope = fresh.Services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<FirstOwner>().CreateAsync(token, $"Race {i}", Owner($"race{i}"), default);
        }));
        Assert.Single(problems, p => p is null);
    }

    [Theory]
    [InlineData("Call 0900-123456 at once", "Nothing was made. Look at each field and try again.")]
    [InlineData("link", "This link is used or too old. Start the server again for a new one.")]
    [InlineData("PasswordTooShort", "Passwords must be at least 12 characters.")]
    public async Task ProblemInTheAddress_IsShownInTheWordsOfTheApp(string code, string words)
    {
        var page = await app.CreateClient().GetStringAsync("/setup?problem=" + Uri.EscapeDataString(code));
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.DoesNotContain("0900", page, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "0900", await app.CreateClient().GetStringAsync("/sign-in?error=" + Uri.EscapeDataString(code)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_WhenNothingCanBeStored_SaysSo() =>
        Assert.Contains("Nothing can be stored just now", await app.CreateClient().GetStringAsync("/sign-in?error=not-stored"),
            StringComparison.Ordinal);

    [Fact]
    public async Task Setup_WithAnotherPersonsWords_AnswersACode()
    {
        var client = app.CreateClient(new() { AllowAutoRedirect = false });
        Assert.Equal("/setup?token=guess&problem=link",
            await SignedIn.PostAsync(client, "/setup", "/account/setup", new("token", "guess"), new("practice", "P")));
    }

    [Theory]
    [InlineData("localhost", null, true)]
    [InlineData("127.0.0.1:5080", null, true)]
    [InlineData("[::1]:5080", null, true)]
    [InlineData("evil.test", null, false)]
    [InlineData("localhost", "X-Forwarded-For", false)]
    [InlineData("localhost", "X-Original-For", false)]
    [InlineData("localhost", "Via", false)]
    public void DemoOwner_IsForRequestsOfThisMachine(string host, string? proxy, bool may)
    {
        var http = new DefaultHttpContext { RequestServices = app.Services };
        http.Request.Host = new HostString(host);
        if (proxy is not null) http.Request.Headers[proxy] = "127.0.0.1";
        Assert.Equal(may, SignInEndpoints.MayBeDemo(http));
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData(null)]
    public async Task PersonWithANameThatIsNone_IsRefused(string? name)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var user = new NewUser(name ?? new string('x', 121), "name@example.test", Password);
        var made = await scope.ServiceProvider.GetRequiredService<Users>().CreateAsync(user, default, WorkspaceRole.Viewer, default);
        Assert.Equal("A name has at most 120 characters, all of them visible.", made.Problem);
    }

    private static NewUser Owner(string name) => new("Owner", $"{name}@setup.test", Password);

    private Task<(HttpClient Client, string Email)> PersonAsync() => SignedIn.PersonAsync(app);

    private static Task<string> SignInAsync(HttpClient client, string email, string password, string returnUrl) =>
        SignedIn.TryAsync(client, email, password, returnUrl);
}
