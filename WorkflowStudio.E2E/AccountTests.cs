using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WorkflowStudio.E2E.Pages;
using WorkflowStudio.E2E.Support;
using WorkflowStudio.Identity;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E;

/// <summary>
/// Somebody is invited, joins, turns the code from an app on, signs in with it, signs out everywhere else, and gets a new password by a
/// link.
/// </summary>
public sealed partial class AccountTests(StudioFixture studio) : BrowserTest(studio)
{
    private const string Email = "ida@journey.test";
    private const string Password = "ida loves the open sea";

    private string pictures = "";

    [Fact]
    public async Task Person_IsInvited_Joins_TurnsTheCodeOn_AndSignsOutEverywhere()
    {
        pictures = Environment.GetEnvironmentVariable("STUDIO_TEST_ACCOUNT_PICTURES") ?? "";
        var (owner, ida, elsewhere) = (await OpenWindowAsync(), await OpenWindowAsync(), await OpenWindowAsync());
        await owner.SignInAsDemoOwnerAsync();
        await owner.OpenAsync("/studio/people");
        await ClickAsync(owner, "Invite by link");
        await owner.Page.GetByLabel("E-mail address *").FillAsync(Email);
        await ClickAsync(owner, "Make the link");
        await Expect(owner.Page.GetByText("A member needs at least one role.")).ToBeVisibleAsync();
        await owner.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Editor" }).CheckAsync();
        await PictureAsync(owner, "invite");
        await ClickAsync(owner, "Make the link");
        var link = await owner.Page.Locator(".once code").TextContentAsync();
        await PictureAsync(owner, "invited");
        await ClickAsync(owner, "I have kept it");
        await Expect(owner.Page.GetByText("Invited by Dana Whitfield")).ToBeVisibleAsync();
        await PictureAsync(owner, "people");

        await ida.Page.GotoAsync(link!);
        await PictureAsync(ida, "join");
        await ida.Page.GetByLabel("Your name").FillAsync("Ida Brandt");
        await ida.Page.GetByLabel("Password").FillAsync("Password2024!");
        await ClickAsync(ida, "Join");
        await Expect(ida.Page.GetByText("Many people have this password")).ToBeVisibleAsync();
        await ida.Page.GetByLabel("Your name").FillAsync("Ida Brandt");
        await ida.Page.GetByLabel("Password").FillAsync(Password);
        await ClickAsync(ida, "Join");
        await Expect(ida.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Ida");
        await elsewhere.Page.GotoAsync(link!);
        await Expect(elsewhere.Page.GetByText("This link is no longer good")).ToBeVisibleAsync();
        await PictureAsync(elsewhere, "no-link");

        await ida.OpenAsync("/studio/account");
        await ClickAsync(ida, "Turn it on");
        var key = (await ida.Page.Locator(".typed code").TextContentAsync())!.Replace(" ", "", StringComparison.Ordinal);
        await PictureAsync(ida, "turn-on");
        await ida.Page.GetByLabel("Code that the app shows *").FillAsync("000000");
        await ida.Page.GetByLabel("Your password *").FillAsync(Password);
        await ClickAsync(ida, "Turn it on");
        await Expect(ida.Page.GetByText("This code is not right")).ToBeVisibleAsync();
        var used = TimeProvider.System.GetUtcNow();
        await ida.Page.GetByLabel("Code that the app shows *").FillAsync(Totp.CodeAt(key, used));
        await ida.Page.GetByLabel("Your password *").FillAsync(Password);
        await ClickAsync(ida, "Turn it on");
        var codes = (await ida.Page.Locator(".once code").TextContentAsync())!.Split('\n');
        Assert.Equal(10, codes.Length);
        await PictureAsync(ida, "codes");
        await ClickAsync(ida, "I have kept them");
        await Expect(ida.Page.GetByText("10 recovery codes are left")).ToBeVisibleAsync();

        await SignOutAsync(ida);
        await SignInAsync(ida, Password);
        await Expect(ida.Page.GetByRole(AriaRole.Heading, new() { Name = "Your code" })).ToBeVisibleAsync();
        await PictureAsync(ida, "code");
        await ida.Page.GetByLabel("Code", new() { Exact = true }).FillAsync(Totp.CodeAt(key, used.AddSeconds(30)));
        await ClickAsync(ida, "Sign in");
        await ida.OpenAsync("/studio/account");

        await SignInAsync(elsewhere, Password);
        await elsewhere.Page.GetByRole(AriaRole.Link, new() { Name = "Use a recovery code" }).ClickAsync();
        await elsewhere.Page.GetByLabel("Recovery code").FillAsync(codes[0]);
        await ClickAsync(elsewhere, "Sign in");
        await elsewhere.OpenAsync("/studio/account");
        await Expect(elsewhere.Page.GetByText("9 recovery codes are left")).ToBeVisibleAsync();
        await PictureAsync(elsewhere, "account");
        await ClickAsync(elsewhere, "Sign out everywhere else");
        await ClickAsync(elsewhere, "Sign out");
        await Expect(elsewhere.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere else" })).ToHaveCountAsync(0);
        await Expect(ida.Page).ToHaveURLAsync(AtSignIn()); // the open page ends as well

        await owner.OpenAsync("/studio/people");
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Change Ida Brandt" }).ClickAsync();
        await PictureAsync(owner, "member");
        await ClickAsync(owner, "Link for a new password");
        link = await owner.Page.Locator(".once code").TextContentAsync();
        await PictureAsync(owner, "reset-link");
        await ida.Page.GetByRole(AriaRole.Link, new() { Name = "Forgot your password?" }).ClickAsync();
        await PictureAsync(ida, "forgot");
        await ida.Page.GotoAsync(link!);
        await PictureAsync(ida, "new-password");
        await ida.Page.GetByLabel("New password").FillAsync("the sea is wide and open");
        await ClickAsync(ida, "Set the new password");
        await Expect(ida.Page.GetByText("Your new password is set.")).ToBeVisibleAsync();
        await Expect(elsewhere.Page).ToHaveURLAsync(AtSignIn());
        await SignInAsync(ida, "the sea is wide and open", goTo: false);
        await Expect(ida.Page.GetByRole(AriaRole.Heading, new() { Name = "Your code" })).ToBeVisibleAsync();
    }

    private static async Task SignInAsync(StudioPage window, string password, bool goTo = true)
    {
        if (goTo) await window.Page.GotoAsync("/sign-in");
        await window.Page.GetByLabel("Email").FillAsync(Email);
        await window.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await ClickAsync(window, "Sign in");
    }

    private static async Task SignOutAsync(StudioPage window)
    {
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Ida Brandt" }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "Your account" })).ToBeVisibleAsync();
        await ClickAsync(window, "Sign out");
        await Expect(window.Page).ToHaveURLAsync(AtSignIn());
    }

    private static Task ClickAsync(StudioPage window, string button) =>
        window.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).Last.ClickAsync(); // a dialog is drawn last

    // for whoever wants to look at the pages: light, dark and on a phone
    private async Task PictureAsync(StudioPage window, string name)
    {
        if (pictures.Length == 0) return;
        foreach (var (theme, width) in new[] { ("light", 1440), ("dark", 1440), ("light", 390) })
        {
            await window.Page.EvaluateAsync($"document.documentElement.dataset.theme = '{theme}'");
            await window.Page.SetViewportSizeAsync(width, 900);
            await window.Page.WaitForTimeoutAsync(300);
            await window.Page.ScreenshotAsync(new() { Path = Path.Combine(pictures, $"{name}-{theme}-{width}.png") });
        }

        await window.Page.SetViewportSizeAsync(1440, 900);
    }

    [GeneratedRegex("/sign-in")]
    private static partial Regex AtSignIn();
}
