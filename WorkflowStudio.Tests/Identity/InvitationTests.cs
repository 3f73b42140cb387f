using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Identity;
using WorkflowStudio.Identity.Storage;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Identity;

/// <summary>Joining a workspace by the link of an invitation.</summary>
[Collection(StudioAppTests.Name)]
public sealed class InvitationTests(StudioApp app)
{
    private const string Void = "/account/join?token=";

    [Fact]
    public async Task NewPerson_JoinsOnce_AndIsSignedInThere()
    {
        var owner = await OwnerAsync();
        var email = Address();
        var made = await InviteAsync(owner, $" {email} ", WorkspaceRole.Editor);
        Assert.Equal("Nothing was sent, as no mail server is connected. Hand the link over yourself.", made.Mail);
        var browser = SignedIn.Browser(app);
        var page = await browser.GetStringAsync(new Uri(made.Link).PathAndQuery);
        Assert.Contains(email, page, StringComparison.Ordinal);
        Assert.EndsWith("&problem=PasswordTooShort", await JoinAsync(browser, made, "Ida", "short"), StringComparison.Ordinal);
        Assert.EndsWith("&problem=name", await JoinAsync(browser, made, " ", SignedIn.Password), StringComparison.Ordinal);
        Assert.EndsWith("&problem=long-name", await JoinAsync(browser, made, "a\ab", SignedIn.Password), StringComparison.Ordinal);
        Assert.EndsWith("&problem=password", await JoinAsync(browser, made, "Ida", null), StringComparison.Ordinal);

        Assert.Equal("/studio", await JoinAsync(browser, made, "Ida <b>", SignedIn.Password));

        Assert.Equal(200, (int)(await browser.GetAsync(StudioUrls.Runs)).StatusCode);
        var member = Assert.Single((await app.Get<ListMembers>().RunAsync(owner)).Value!, m => m.Email == email);
        Assert.Equal(("Ida <b>", "Editor"), (member.Name, Assert.Single(member.Roles).Name));
        var log = (await app.Get<ReadAudit>().RunAsync(owner)).Value!;
        Assert.Equal(("member.joined", "Ida <b>", "Roles: Editor. Invited by Owner."), (log[0].Action, log[0].By, log[0].Detail));
        Assert.Empty((await app.Get<ListInvitations>().RunAsync(owner)).Value!);
        await IsVoidAsync(made.Link);
    }

    [Fact]
    public async Task Link_UsedManyTimesAtOnce_MakesOneAccount()
    {
        var owner = await OwnerAsync();
        var made = await InviteAsync(owner, Address(), WorkspaceRole.Viewer);
        var led = await Task.WhenAll(Enumerable.Range(0, 6)
            .Select(i => JoinAsync(SignedIn.Browser(app), made, $"Race {i}", SignedIn.Password)));
        Assert.Single(led, to => to == "/studio");
        Assert.Equal(2, (await app.Get<ListMembers>().RunAsync(owner)).Value!.Count);
    }

    [Fact]
    public async Task PersonWithAnAccount_SignsInFirst_AndKeepsTheirOtherWorkspace()
    {
        var owner = await OwnerAsync();
        var (person, other) = (await TestPerson.NewAsync(app), await TestPerson.NewAsync(app));
        var made = await InviteAsync(owner, person.Email.ToUpperInvariant(), WorkspaceRole.Operator);
        var path = new Uri(made.Link).PathAndQuery;
        Assert.Contains("Sign in with it", await other.Client.GetStringAsync(path), StringComparison.Ordinal);
        Assert.Equal(path, await JoinAsync(other.Client, made, "Eve", "eve's own long password", "/sign-in")); // no second account
        await other.SignInAsync();
        Assert.Contains("You are signed in as", await other.Client.GetStringAsync(path), StringComparison.Ordinal);
        Assert.Equal(path, await JoinAsync(other.Client, made, null, null)); // it is for somebody else

        Assert.Equal(path, await SignedIn.TryAsync(person.Client, person.Email, SignedIn.Password, path));
        Assert.Equal("/studio", await JoinAsync(person.Client, made, null, null));
        Assert.Equal(2, (await app.Get<Engine.Storage.WorkspaceStore>().MembershipsAsync(person.Id, default)).Count);
        Assert.Equal("already_member", ((OperationProblem.Invalid)(await app.Get<InviteMember>().RunAsync(
            owner, person.Email, [Role(owner, WorkspaceRole.Viewer)])).Problem!).Problems[0].Code);
    }

    [Fact]
    public async Task Inviter_GivesNoMoreThanTheyMay_NowAndThen()
    {
        var owner = await OwnerAsync();
        var other = await OwnerAsync();
        var admin = owner with { Role = WorkspaceRole.Admin };
        var invite = app.Get<InviteMember>();
        Assert.IsType<OperationProblem.Forbidden>((await invite.RunAsync(admin, Address(), [Role(owner, WorkspaceRole.Owner)])).Problem);
        Assert.IsType<OperationProblem.Forbidden>((await invite.RunAsync(owner with { UserId = null }, Address(), [])).Problem);
        Assert.Equal("unknown_role", await CodeAsync(Address(), Role(other, WorkspaceRole.Viewer)));
        Assert.Equal("missing_role", await CodeAsync(Address()));
        foreach (var none in (string[])["", "nobody", "a@b@c", "Ida <ida@x.test>", "a\n@x.test", new string('x', 10_000) + "@x.test"])
            Assert.Equal("invalid_email", await CodeAsync(none, Role(owner, WorkspaceRole.Viewer)));

        // whoever has lost the right to invite gives nothing any more
        var made = await InviteAsync(owner, Address(), WorkspaceRole.Editor);
        await SetAsync(owner, WorkspaceRole.Editor);
        await IsVoidAsync(made.Link);
        Assert.StartsWith(
            Void, await JoinAsync(SignedIn.Browser(app), made, "Ida", SignedIn.Password, "/sign-in"), StringComparison.Ordinal);
        await SetAsync(owner, WorkspaceRole.Owner);
        Assert.Equal("/studio", await JoinAsync(SignedIn.Browser(app), made, "Ida", SignedIn.Password));

        async Task<string> CodeAsync(string email, params Guid[] roles) =>
            ((OperationProblem.Invalid)(await invite.RunAsync(owner, email, roles)).Problem!).Problems[0].Code;
    }

    [Fact]
    public async Task Link_TakenBackReplacedOverOrTamperedWith_IsNoLongerGood()
    {
        var (owner, other) = (await OwnerAsync(), await OwnerAsync());
        var email = Address();
        var first = await InviteAsync(owner, email, WorkspaceRole.Viewer);
        var second = await InviteAsync(owner, email, WorkspaceRole.Viewer);
        await IsVoidAsync(first.Link);
        var facts = Assert.Single((await app.Get<ListInvitations>().RunAsync(owner)).Value!);
        Assert.Equal((email, "Owner", "Viewer"), (facts.Email, facts.By, Assert.Single(facts.Roles)));
        Assert.Empty((await app.Get<ListInvitations>().RunAsync(other)).Value!);
        Assert.IsType<OperationProblem.NotFound>((await app.Get<WithdrawInvitation>().RunAsync(other, facts.Id)).Problem);
        await IsVoidAsync(second.Link[..^1] + (second.Link[^1] == '0' ? '1' : '0'));
        await IsVoidAsync(second.Link.ToUpperInvariant());
        await IsVoidAsync("/account/join?token=" + new string('a', 10_000));
        await IsVoidAsync("/account/join?token=%00");
        await IsVoidAsync("/account/join");
        Assert.True((await app.Get<WithdrawInvitation>().RunAsync(owner, facts.Id)).Ok);
        await IsVoidAsync(second.Link);

        var third = await InviteAsync(owner, email, WorkspaceRole.Viewer);
        await using var db = await app.Get<IDbContextFactory<IdentityDb>>().CreateDbContextAsync();
        var row = await db.Invitations.SingleAsync(i => i.Email == email);
        Assert.DoesNotContain(Convert.ToHexStringLower(row.Hash), third.Link, StringComparison.Ordinal);
        var table = app.Get<IInvitations>();
        var until = third.Invitation.Until;
        Assert.NotNull(await table.FindAsync(row.Hash, until.AddMilliseconds(-2), default));
        Assert.Null(await table.FindAsync(row.Hash, until, default));
        Assert.False(await table.TakeAsync(row.Id, until, default));
    }

    [Fact]
    public async Task Form_WithoutItsToken_IsRefused()
    {
        using var form = new FormUrlEncodedContent([new("token", "x")]);
        Assert.Equal(400, (int)(await SignedIn.Browser(app).PostAsync("/account/join", form)).StatusCode);
        Assert.Equal(Void, await JoinAsync(SignedIn.Browser(app), null, "Ida", SignedIn.Password, "/sign-in"));
    }

    private static string Address() => $"{NewIds.Next():N}@example.test";

    private static Guid Role(Caller of, WorkspaceRole role) => BuiltInRoles.IdOf(of.Tenant.WorkspaceId, role);

    // a person who is the owner of a workspace
    private async Task<Caller> OwnerAsync()
    {
        var practice = await app.PracticeAsync();
        await using var scope = app.Services.CreateAsyncScope();
        var made = await scope.ServiceProvider.GetRequiredService<Users>().CreateAsync(
            new NewUser("Owner", Address(), SignedIn.Password), practice.Owner.Tenant.WorkspaceId, WorkspaceRole.Owner, default);
        return practice.Owner with { UserId = made.Id };
    }

    private Task SetAsync(Caller person, WorkspaceRole role) => app.Get<Engine.Storage.IStudioWriter>().WriteAsync(write =>
    {
        Engine.Storage.WorkspaceStore.Join(write, person.Tenant.WorkspaceId, person.UserId!.Value, role);
        return 0;
    });

    private async Task<NewInvitation> InviteAsync(Caller owner, string email, WorkspaceRole role)
    {
        var made = await app.Get<InviteMember>().RunAsync(owner, email, [Role(owner, role)]);
        Assert.True(made.Ok, made.Problem?.Message);
        return made.Value;
    }

    private static Task<string> JoinAsync(HttpClient browser, NewInvitation? made, string? name, string? password, string? page = null)
    {
        var path = made is null ? "" : new Uri(made.Link).PathAndQuery;
        KeyValuePair<string, string>[] fields = [new("token", path.Split('=')[^1]),
            .. name is null ? [] : new KeyValuePair<string, string>[] { new("name", name) },
            .. password is null ? [] : new KeyValuePair<string, string>[] { new("password", password) }];
        return SignedIn.PostAsync(browser, page ?? path, "/account/join", fields);
    }

    private async Task IsVoidAsync(string link)
    {
        var path = link.StartsWith('/') ? link : new Uri(link).PathAndQuery;
        var answer = await SignedIn.Browser(app).GetAsync(path);
        Assert.Equal(410, (int)answer.StatusCode);
        Assert.Contains("This link is no longer good", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
    }
}
