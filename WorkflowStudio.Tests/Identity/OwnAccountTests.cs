using WorkflowStudio.Identity;
using WorkflowStudio.Operations;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Identity;

/// <summary>What a person does of their own account.</summary>
[Collection(StudioAppTests.Name)]
public sealed class OwnAccountTests(StudioApp app)
{
    [Fact]
    public async Task Sessions_AreListed_AndEnded_ButNoneOfOthers()
    {
        var (one, two) = (await TestPerson.NewAsync(app), await TestPerson.NewAsync(app));
        await one.SignInAsync();
        var sessions = (await one.Own.ReadAsync(one.Claims, default)).Value!.Sessions;
        Assert.Equal(2, sessions.Count);
        var here = Assert.Single(sessions, s => s.IsThis);

        Assert.IsType<OperationProblem.NotFound>((await two.Own.EndSessionAsync(two.Claims, here.Id)).Problem);
        Assert.Equal(200, await StatusAsync(one.Client));
        Assert.True((await one.Own.EndSessionAsync(one.Claims, sessions.Single(s => !s.IsThis).Id)).Ok);
        Assert.Equal(302, await StatusAsync(one.Client)); // the cookie is there, and opens nothing

        await one.SignInAsync();
        await one.SignInAsync(SignedIn.Browser(app));
        Assert.Equal(2, (await one.Own.EndOthersAsync(one.Claims)).Value);
        Assert.Equal(302, await StatusAsync(one.Client));
        Assert.True((await one.Own.ReadAsync(one.Claims, default)).Ok);
        await app.Get<Sessions>().EndAsync(one.Claims);
        Assert.IsType<OperationProblem.Forbidden>((await one.Own.ReadAsync(one.Claims, default)).Problem);
    }

    [Fact]
    public async Task NewPassword_NeedsTheOldOne_AndEndsTheOtherSessions()
    {
        var person = await TestPerson.NewAsync(app);
        var elsewhere = SignedIn.Browser(app);
        await person.SignInAsync();
        await person.SignInAsync(elsewhere);
        Assert.Equal("/studio/account?said=wrong-password", await ChangeAsync("not it at all", "a whole new sentence"));
        Assert.Equal("/studio/account?said=wrong-password", await ChangeAsync(new string('x', 10_000), "a whole new sentence"));
        Assert.Equal("/studio/account?said=PasswordTooShort", await ChangeAsync(SignedIn.Password, "eleven char"));
        Assert.Equal("/studio/account?said=common-password", await ChangeAsync(SignedIn.Password, "Password2024!"));
        Assert.Equal("/studio/account?said=long-password", await ChangeAsync(SignedIn.Password, new string('x', 10_000)));
        Assert.Equal(200, await StatusAsync(elsewhere));
        Assert.Equal("/studio/account?said=password-changed", await ChangeAsync(SignedIn.Password, "a whole new sentence"));

        Assert.Equal((200, 302), (await StatusAsync(person.Client), await StatusAsync(elsewhere)));
        Assert.Equal("/sign-in?error=wrong&returnUrl=%2F", await person.SignInAsync(elsewhere));
        Assert.Equal("/", await person.SignInAsync(elsewhere, "a whole new sentence"));
        Assert.Contains("Your new password is set", await person.Client.GetStringAsync("/studio/account?said=password-changed"),
            StringComparison.Ordinal);

        Task<string> ChangeAsync(string now, string next) =>
            SignedIn.PostAsync(person.Client, "/studio/account", "/account/password", new("current", now), new("password", next));
    }

    [Theory]
    [InlineData("", "name")]
    [InlineData("   ", "name")]
    [InlineData("a\nb", "long-name")]
    [InlineData(null, "long-name")]
    [InlineData(" <b>Ida</b> ", "name-changed")]
    public async Task Name_IsChanged_AndStaysTheSameSession(string? name, string said)
    {
        var person = await TestPerson.NewAsync(app);
        await person.SignInAsync();
        Assert.Equal($"/studio/account?said={said}", await SignedIn.PostAsync(
            person.Client, "/studio/account", "/account/name", new KeyValuePair<string, string>("name", name ?? new string('x', 10_000))));
        var facts = (await person.Own.ReadAsync(person.Claims, default)).Value!;
        Assert.Equal((said == "name-changed" ? "<b>Ida</b>" : "Person", 2), (facts.Name, facts.Sessions.Count));
        Assert.DoesNotContain("<b>Ida", await person.Client.GetStringAsync("/studio/account"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/account/name")]
    [InlineData("/account/password")]
    public async Task Form_WithoutItsTokenOrASession_ChangesNothing(string address)
    {
        var person = await TestPerson.NewAsync(app);
        using var form = new FormUrlEncodedContent([new("name", "Eve"), new("current", SignedIn.Password)]);
        Assert.Equal(302, (int)(await person.Client.PostAsync(address, form)).StatusCode);
        await person.SignInAsync();
        Assert.Equal(400, (int)(await person.Client.PostAsync(address, form)).StatusCode);
        Assert.Equal("Person", (await person.Own.ReadAsync(person.Claims, default)).Value!.Name);
    }

    private static async Task<int> StatusAsync(HttpClient client) => (int)(await client.GetAsync("/studio/account")).StatusCode;
}
