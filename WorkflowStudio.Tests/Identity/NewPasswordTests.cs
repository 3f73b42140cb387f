using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Identity;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Identity;

/// <summary>Setting a password by a link, and who may make one for whom.</summary>
[Collection(StudioAppTests.Name)]
public sealed class NewPasswordTests(StudioApp app)
{
    private const string Next = "a whole new sentence";

    [Fact]
    public async Task Link_SetsThePasswordOnce_AndEndsAllSessions()
    {
        var (admin, person) = (await MemberAsync(WorkspaceRole.Admin), await TestPerson.NewAsync(app));
        await JoinAsync(person.Id, admin.Tenant.WorkspaceId, WorkspaceRole.Viewer);
        await LeaveAllButAsync(person.Id, admin.Tenant.WorkspaceId);
        await person.SignInAsync();
        for (var i = 0; i < 5; i++) await person.SignInAsync(SignedIn.Browser(app), "wrong wrong wrong"); // and is closed out
        var first = await MakeAsync(admin, person.Id);
        var made = await MakeAsync(admin, person.Id);
        await IsVoidAsync(first);
        var browser = SignedIn.Browser(app);
        Assert.EndsWith("&problem=PasswordTooShort", await SetAsync(browser, made, "short"), StringComparison.Ordinal);
        Assert.EndsWith("&problem=common-password", await SetAsync(browser, made, "Password2024!"), StringComparison.Ordinal);
        Assert.EndsWith("&problem=password", await SetAsync(browser, made, ""), StringComparison.Ordinal);
        Assert.Equal(200, (int)(await person.Client.GetAsync(StudioUrls.Runs)).StatusCode);

        var led = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => SetAsync(SignedIn.Browser(app), made, $"{Next} {i}")));
        Assert.Single(led, to => to == "/sign-in?done=new-password");
        Assert.Equal(302, (int)(await person.Client.GetAsync(StudioUrls.Runs)).StatusCode);
        Assert.False((await person.Own.ReadAsync(person.Claims, default)).Ok);
        await IsVoidAsync(made);
        Assert.Equal("/", await person.SignInAsync(password: $"{Next} {Array.IndexOf(led, "/sign-in?done=new-password")}"));
        Assert.Equal(("member.reset_link", "Person"),
            (await app.Get<ReadAudit>().RunAsync(admin)).Value!.Select(l => (l.Action, l.Target)).First());
    }

    [Fact]
    public async Task Link_IsNotMade_ForWhoeverMayMore_HereOrElsewhere()
    {
        var (owner, admin, viewer) = (await MemberAsync(WorkspaceRole.Owner), await MemberAsync(WorkspaceRole.Admin),
            await MemberAsync(WorkspaceRole.Viewer));
        var here = admin.Tenant.WorkspaceId;
        var person = viewer.UserId!.Value;
        await JoinAsync(owner.UserId!.Value, here, WorkspaceRole.Owner);
        await LeaveAllButAsync(owner.UserId!.Value, here);
        Assert.StartsWith("They may more than you", await WhyAsync(admin, owner.UserId!.Value), StringComparison.Ordinal);
        Assert.StartsWith("There is no member", await WhyAsync(admin, person), StringComparison.Ordinal);
        Assert.StartsWith("There is no member", await WhyAsync(admin, NewIds.Next()), StringComparison.Ordinal);
        Assert.StartsWith("Your own password", await WhyAsync(admin, admin.UserId!.Value), StringComparison.Ordinal);
        await JoinAsync(person, here, WorkspaceRole.Viewer);
        var why = await WhyAsync(admin, person); // a viewer elsewhere is enough: that is not this workspace's account to take
        Assert.StartsWith("They belong to another workspace", why, StringComparison.Ordinal);

        // an admin of both may
        await JoinAsync(admin.UserId!.Value, viewer.Tenant.WorkspaceId, WorkspaceRole.Admin);
        var made = await MakeAsync(admin, person);
        // and not with what was made before, once they may no more
        await JoinAsync(admin.UserId!.Value, viewer.Tenant.WorkspaceId, WorkspaceRole.Editor);
        await IsVoidAsync(made);
        await JoinAsync(admin.UserId!.Value, viewer.Tenant.WorkspaceId, WorkspaceRole.Admin);
        await JoinAsync(person, viewer.Tenant.WorkspaceId, WorkspaceRole.Owner);
        Assert.EndsWith("&problem=void", await SetAsync(SignedIn.Browser(app), made, Next, "/sign-in"), StringComparison.Ordinal);
        await LeaveAllButAsync(person, viewer.Tenant.WorkspaceId);
        await IsVoidAsync(made);
    }

    [Fact]
    public async Task Link_IsGoodForAnHour()
    {
        var person = await TestPerson.NewAsync(app);
        var made = await app.Get<MakeResetLink>().ForServerAsync(person.Id, default);
        var (links, hash) = (app.Get<IResetLinks>(), SecretLink.HashOf(made.Link.Split('=')[1])!);
        Assert.NotNull(await links.FindAsync(hash, made.Until.AddMilliseconds(-2), default));
        Assert.Null(await links.FindAsync(hash, made.Until, default));
        Assert.False(await links.TakeAsync(hash, made.Until, default));
        var left = made.Until - TimeProvider.System.GetUtcNow();
        Assert.True(left <= TimeSpan.FromHours(1), left.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?token=")]
    [InlineData("?token=%00%0d%0a")]
    [InlineData("?token=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public async Task Link_ThatIsNone_IsNoLongerGood(string query)
    {
        await IsVoidAsync("https://x.test/account/new-password" + query);
        Assert.Equal("/account/new-password?token=&problem=void", await SignedIn.PostAsync(SignedIn.Browser(app), "/sign-in",
            "/account/new-password", new("token", new string('x', 10_000)), new("password", Next)));
    }

    [Fact]
    public async Task ForgotPassword_SaysTheSameToEverybody() => Assert.Contains(
        "Ask an owner or admin", await app.CreateClient().GetStringAsync("/forgot-password"), StringComparison.Ordinal);

    private async Task<Caller> MemberAsync(WorkspaceRole role)
    {
        var person = await TestPerson.NewAsync(app);
        var mine = (await app.Get<WorkspaceStore>().MembershipsAsync(person.Id, default))[0].WorkspaceId;
        await JoinAsync(person.Id, mine, role);
        return new Caller { Tenant = new Tenant(mine, StudioEnvironment.Live), UserId = person.Id, Name = "Maker", Role = role };
    }

    private Task JoinAsync(Guid person, Guid workspace, WorkspaceRole role) =>
        app.Get<IStudioWriter>().WriteAsync(write => { WorkspaceStore.Join(write, workspace, person, role); return 0; });

    private async Task LeaveAllButAsync(Guid person, Guid workspace)
    {
        foreach (var other in await app.Get<WorkspaceStore>().MembershipsAsync(person, default))
            if (other.WorkspaceId != workspace)
                await app.Get<IStudioWriter>().WriteAsync(write =>
                {
                    Engine.Storage.Access.MemberStore.Remove(write, other.WorkspaceId, person);
                    return 0;
                });
    }

    private async Task<string> MakeAsync(Caller by, Guid person)
    {
        var made = await app.Get<MakeResetLink>().RunAsync(by, person);
        Assert.True(made.Ok, made.Problem?.Message);
        return made.Value.Link;
    }

    private async Task<string> WhyAsync(Caller by, Guid person) => (await app.Get<MakeResetLink>().RunAsync(by, person)).Problem!.Message;

    private static Task<string> SetAsync(HttpClient browser, string link, string password, string? page = null)
    {
        var path = new Uri(link).PathAndQuery;
        return SignedIn.PostAsync(
            browser, page ?? path, "/account/new-password", new("token", path.Split('=')[1]), new("password", password));
    }

    private async Task IsVoidAsync(string link)
    {
        var answer = await SignedIn.Browser(app).GetAsync(new Uri(link).PathAndQuery);
        Assert.Equal(410, (int)answer.StatusCode);
        Assert.Contains("This link is no longer good", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
