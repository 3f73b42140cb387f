using System.Net;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Keys;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Operations.Access;

[Collection(StudioAppTests.Name)]
public sealed class KeyAccessTests(StudioApp app)
{
    private KeyRing Ring => app.Get<KeyRing>();

    [Theory]
    [InlineData("203.0.113.0/24", "203.0.113.77", true)]
    [InlineData("203.0.113.0/24", "::ffff:203.0.113.77", true)]
    [InlineData("203.0.113.0/24", "203.0.114.1", false)]
    [InlineData("203.0.113.9", "203.0.113.9", true)]
    [InlineData("2001:db8::/32", "2001:db8:1::1", true)]
    [InlineData("2001:db8::/32", "203.0.113.9", false)]
    [InlineData("203.0.113.0/24", null, false)]
    public async Task Key_OfANetwork_IsTakenFromThereAlone(string network, string? from, bool taken)
    {
        var owner = (await app.PracticeAsync()).Owner;
        var made = await app.Get<CreateKey>().RunAsync(owner, Wish() with { Networks = [network] });
        var caller = await Ring.AuthenticateAsync(made.Value!.Key, from is null ? null : IPAddress.Parse(from), default);
        Assert.Equal(taken, caller is not null);
    }

    [Fact]
    public async Task Key_ThatHasExpired_IsLikeAnUnknownOne()
    {
        var clock = new MovedClock();
        var ring = new KeyRing(app.Get<Engine.Storage.Keys.KeyStore>(), new KeyUse(app.Get<IStudioWriter>(), clock), new NodeNews(), clock);
        var owner = (await app.PracticeAsync()).Owner;
        var made = await app.Get<CreateKey>().RunAsync(owner, Wish() with { ExpiresAt = clock.GetUtcNow().AddHours(1) });
        Assert.NotNull(await ring.AuthenticateAsync(made.Value!.Key, null, default));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(await ring.AuthenticateAsync(made.Value.Key, null, default));
        Assert.Equal("expires_at", Path(await app.Get<CreateKey>().RunAsync(owner, Wish() with { ExpiresAt = DateTimeOffset.UnixEpoch })));
        Assert.Equal("networks", Path(await app.Get<CreateKey>().RunAsync(owner, Wish() with { Networks = ["203.0.113.7/99"] })));
    }

    [Fact]
    public async Task Key_RevokedOnAnotherNode_IsForgottenAtOnce()
    {
        var (news, clock) = (new NodeNews(), new MovedClock());
        var other = new KeyRing(app.Get<Engine.Storage.Keys.KeyStore>(), new KeyUse(app.Get<IStudioWriter>(), clock), news, clock);
        var owner = (await app.PracticeAsync()).Owner;
        var made = (await app.Get<CreateKey>().RunAsync(owner, Wish())).Value!;
        Assert.NotNull(await other.AuthenticateAsync(made.Key, null, default));
        await app.Get<RevokeKey>().RunAsync(owner, made.Facts.Id);
        Assert.NotNull(await other.AuthenticateAsync(made.Key, null, default)); // it has heard of nothing, within its second
        news.TellChanged(NodeNews.Key, made.Facts.Id); // what a node says to all others
        Assert.Null(await other.AuthenticateAsync(made.Key, null, default));
    }

    [Fact]
    public async Task Key_TellsWhenItWasLastUsed_WrittenBesideTheRequests()
    {
        var clock = new MovedClock();
        var use = new KeyUse(app.Get<IStudioWriter>(), clock);
        var ring = new KeyRing(app.Get<Engine.Storage.Keys.KeyStore>(), use, new NodeNews(), clock);
        var owner = (await app.PracticeAsync()).Owner;
        var made = (await app.Get<CreateKey>().RunAsync(owner, Wish())).Value!;
        for (var i = 0; i < 3; i++) await ring.AuthenticateAsync(made.Key, null, default);
        Assert.Null((await FactsAsync(owner, made)).LastUsedAt);
        Assert.Equal(1, await use.RunOnceAsync(default));
        Assert.NotNull((await FactsAsync(owner, made)).LastUsedAt);
        Assert.Equal(0, await use.RunOnceAsync(default));
    }

    [Fact]
    public async Task Key_CanDoNoMoreThanItsMaker()
    {
        var world = await AccessWorld.MakeAsync(app);
        var clerk = world.Admin with
        {
            Roles =
            [
                new HeldRole
                {
                    Name = "Clerk", MadeId = NewIds.Next(),
                    Permissions = Permissions.Of(Permission.ManageKeys, Permission.ViewWorkflows),
                },
            ],
        };
        Assert.True((await app.Get<CreateKey>().RunAsync(clerk, Wish() with { Scopes = [Scopes.All[0]] })).Ok);
        Assert.IsType<OperationProblem.Forbidden>((await app.Get<CreateKey>().RunAsync(clerk, Wish())).Problem);
        Assert.Equal("shares_of", Path(
            await app.Get<CreateKey>().RunAsync(clerk, Wish() with { Scopes = [Scopes.All[0]], UserIds = [world.Owner] })));
        Assert.Equal("user_ids", Path(await app.Get<CreateKey>().RunAsync(world.Admin, Wish() with { UserIds = [NewIds.Next()] })));
    }

    [Fact]
    public async Task Key_SeesItsMakersAndItsOwn_AndStaysWhenItsMakerLeaves()
    {
        var world = await AccessWorld.MakeAsync(app);
        var maker = world.Admin with { UserId = world.Owner };
        var made = (await app.Get<CreateKey>().RunAsync(maker, Wish())).Value!;
        var key = (await Ring.AuthenticateAsync(made.Key, null, default))!;
        var others = (await Ring.AuthenticateAsync((await app.Get<CreateKey>().RunAsync(world.Admin, Wish())).Value!.Key, null, default))!;
        Assert.True((await app.Get<ReadWorkflow>().RunAsync(key, world.Targets[0].Id)).Ok);
        Assert.IsType<OperationProblem.NotFound>((await app.Get<ReadWorkflow>().RunAsync(others, world.Targets[0].Id)).Problem);
        var own = (await app.Get<CreateWorkflow>().RunAsync(others,
            NewWorkflow.Draft("The key's") with { Origin = "graph", Visibility = WorkflowVisibility.Private })).Value!.Id;
        Assert.True((await app.Get<ReadWorkflow>().RunAsync(others, own)).Ok);
        Assert.IsType<OperationProblem.NotFound>((await app.Get<ReadWorkflow>().RunAsync(key, own)).Problem);
        await app.Get<ChangeMember>().RemoveAsync(world.Admin, world.Owner);
        Assert.NotNull(await Ring.AuthenticateAsync(made.Key, null, default));
        Assert.True((await FactsAsync(world.Admin, made)).MakerHasLeft);
    }

    private static KeyWish Wish() => new(StudioEnvironment.Test, "Test", [.. Scopes.All]);

    private static string? Path(Result<NewKey> result) => Assert.IsType<OperationProblem.Invalid>(result.Problem).Problems[0].Path;

    private async Task<KeyFacts> FactsAsync(Caller owner, NewKey made) =>
        (await app.Get<ListKeys>().RunAsync(owner)).Value!.Single(k => k.Id == made.Facts.Id);
}
