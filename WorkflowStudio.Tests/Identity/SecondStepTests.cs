using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Identity;
using WorkflowStudio.Identity.Storage;
using WorkflowStudio.Operations;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Identity;

/// <summary>Signing in with the code of an app after the password.</summary>
[Collection(StudioAppTests.Name)]
public sealed class SecondStepTests(StudioApp app)
{
    private const string AtCode = "/sign-in/code?returnUrl=%2F";

    [Fact]
    public async Task On_AsksForACodeThatIsGoodOnce()
    {
        var person = await TestPerson.NewAsync(app);
        await person.SignInAsync();
        var (key, codes) = await person.TurnOnAsync();
        Assert.Equal(OwnAccount.RecoveryCodes, codes.Distinct().Count());
        Assert.Equal(302, (int)(await person.Client.GetAsync(StudioUrls.Runs)).StatusCode); // begun without the code

        Assert.Equal(AtCode, await person.SignInAsync());
        Assert.Equal(302, (int)(await person.Client.GetAsync(StudioUrls.Runs)).StatusCode); // the password alone opens nothing
        Assert.Equal(AtCode + "&error=wrong", await person.CodeAsync(Now(key))); // was used to turn it on
        Assert.Equal(AtCode + "&error=wrong", await person.CodeAsync(codes[0])); // a recovery code is none of the app
        Assert.Equal("/", await person.CodeAsync(Next(key)));
        Assert.Equal(200, (int)(await person.Client.GetAsync(StudioUrls.Runs)).StatusCode);
        var elsewhere = SignedIn.Browser(app);
        await person.SignInAsync(elsewhere);
        Assert.Equal(AtCode + "&error=wrong", await person.CodeAsync(Next(key), client: elsewhere)); // somebody looked over the shoulder
    }

    [Fact]
    public async Task Code_SentByManyAtOnce_SignsOneIn()
    {
        var person = await TestPerson.NewAsync(app);
        var (key, codes) = await person.TurnOnAsync();
        foreach (var (code, way) in new[] { (Next(key), ""), (codes[3], "recovery") })
        {
            HttpClient[] browsers = [.. Enumerable.Range(0, 4).Select(_ => SignedIn.Browser(app))];
            foreach (var browser in browsers) await person.SignInAsync(browser);
            var led = await Task.WhenAll(browsers.Select(b => person.CodeAsync(code, way, b)));
            Assert.Single(led, to => to == "/");
        }
    }

    [Fact]
    public async Task RecoveryCode_SignsInOnce_HoweverItIsTyped()
    {
        var person = await TestPerson.NewAsync(app);
        var (_, codes) = await person.TurnOnAsync();
        await person.SignInAsync();
        Assert.Equal(AtCode + "&way=recovery&error=wrong", await person.CodeAsync("AAAAA-AAAAA", "recovery"));
        Assert.Equal("/", await person.CodeAsync($" {codes[0].ToLowerInvariant().Replace('-', ' ')} ", "recovery"));
        Assert.Equal(9, (await person.Own.ReadAsync(person.Claims, default)).Value!.CodesLeft);
        await person.SignInAsync();
        Assert.Equal(AtCode + "&way=recovery&error=wrong", await person.CodeAsync(codes[0], "recovery"));
        var made = (await person.Own.RenewCodesAsync(person.Claims, SignedIn.Password)).Value!;
        Assert.Equal(AtCode + "&way=recovery&error=wrong", await person.CodeAsync(codes[1], "recovery"));
        Assert.Equal("/", await person.CodeAsync(made[9], "recovery"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("recovery")]
    public async Task WrongCode_FiveTimes_ClosesTheAccount(string way)
    {
        var person = await TestPerson.NewAsync(app);
        var (key, codes) = await person.TurnOnAsync();
        await person.SignInAsync();
        for (var i = 0; i < 5; i++) await person.CodeAsync(way.Length == 0 ? "000000" : new string('x', 10_000), way);
        Assert.Contains("error=wrong", await person.CodeAsync(way.Length == 0 ? Next(key) : codes[0], way), StringComparison.Ordinal);
        Assert.Equal("/sign-in?error=wrong&returnUrl=%2F", await person.SignInAsync()); // as a wrong password
    }

    [Fact]
    public async Task Code_WithoutThePassword_IsSentBack() =>
        Assert.Equal("/sign-in?error=late&returnUrl=%2Fstudio", await SignedIn.PostAsync(SignedIn.Browser(app), "/sign-in/code",
            "/account/sign-in/code", new("code", "000000"), new("returnUrl", "https://evil.test")));

    [Fact]
    public async Task On_NeedsARightCodeAndThePassword()
    {
        var person = await TestPerson.NewAsync(app);
        var key = Totp.NewKey();
        Assert.Equal("wrong-code", await TryAsync("000000", SignedIn.Password));
        Assert.Equal("wrong-password", await TryAsync(Now(key), "nothing of the kind"));
        Assert.Equal("wrong-password", await TryAsync(Now(key), null));
        Assert.Equal("/", await person.SignInAsync()); // it is not on
        Assert.Null(await TryAsync(Now(key), SignedIn.Password));
        Assert.Equal("account_changed", (await person.Own.TurnOnAsync(person.Claims, key, Next(key), SignedIn.Password)).Problem!.Code);
        Assert.False((await person.Own.TurnOffAsync(person.Claims, "nothing of the kind")).Ok);
        Assert.True((await person.Own.TurnOffAsync(person.Claims, SignedIn.Password)).Ok);
        Assert.Equal("/", await person.SignInAsync());

        async Task<string?> TryAsync(string code, string? password) =>
            (await person.Own.TurnOnAsync(person.Claims, key, code, password)).Problem is OperationProblem.Invalid { Problems: [var one] }
                ? one.Code : null;
    }

    [Fact]
    public async Task KeyAndCodes_AreNotReadableInTheDatabase()
    {
        var person = await TestPerson.NewAsync(app);
        var (key, codes) = await person.TurnOnAsync();
        await using var db = await app.Get<IDbContextFactory<IdentityDb>>().CreateDbContextAsync();
        var stored = await db.UserTokens.Where(t => t.UserId == person.Id).Select(t => t.Value!).ToListAsync();
        Assert.True(stored.Count > 1);
        Assert.DoesNotContain(stored, v => v.Contains(key, StringComparison.Ordinal) || v.Contains(codes[0], StringComparison.Ordinal));
    }

    private static string Now(string key) => Totp.CodeAt(key, TimeProvider.System.GetUtcNow());

    private static string Next(string key) => Totp.CodeAt(key, TimeProvider.System.GetUtcNow().AddSeconds(30));
}
