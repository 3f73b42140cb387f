using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Identity;
using WorkflowStudio.Identity.Storage;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Identity;

/// <summary>Sessions as two nodes on one database see them.</summary>
public abstract class SessionNodeTests(TestStore store)
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 6, 1, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task SessionThatAnotherNodeEnds_IsOverWithinASecondAndItsPagesEnd()
    {
        await using var database = await store.NewAsync();
        await using var one = await NodeAsync(database);
        await using var two = await NodeAsync(database);
        var (here, there) = (one.GetRequiredService<Sessions>(), two.GetRequiredService<Sessions>());
        var (person, other) = (await BeginAsync(one), await BeginAsync(one));
        Assert.True(await there.IsOpenAsync(person, default));
        var ended = new List<string>();
        using var page = there.Watch(person, () => ended.Add("page"));
        using var beside = there.Watch(other, () => ended.Add("beside"));
        Assert.Equal(0, await there.RunOnceAsync(default));

        await here.EndAsync(person);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((false, false, true),
            (await here.IsOpenAsync(person, default), await there.IsOpenAsync(person, default), await there.IsOpenAsync(other, default)));
        Assert.Equal(1, await there.RunOnceAsync(default));
        Assert.Equal(["page"], ended);
        Assert.Equal(0, await there.RunOnceAsync(default)); // told once
    }

    [Fact]
    public async Task Session_LastsAsLongAsItsCookieAndNoLonger()
    {
        await using var database = await store.NewAsync();
        await using var node = await NodeAsync(database);
        var sessions = node.GetRequiredService<Sessions>();
        var person = await BeginAsync(node);
        for (var i = 0; i < 3; i++)
        {
            clock.Advance(Sessions.CookieLife - TimeSpan.FromMinutes(1)); // a cookie that is used so late is made anew
            Assert.True(await sessions.IsOpenAsync(person, default));
        }

        clock.Advance(Sessions.CookieLife + TimeSpan.FromDays(2));
        Assert.False(await sessions.IsOpenAsync(person, default));
        await BeginAsync(node);
        await using var db = await node.GetRequiredService<IDbContextFactory<IdentityDb>>().CreateDbContextAsync();
        Assert.Equal(1, await db.Sessions.CountAsync()); // what is over is forgotten at the next sign-in
    }

    private async Task<ServiceProvider> NodeAsync(TestDatabase database)
    {
        var node = new ServiceCollection().AddLogging().AddSingleton(database.Open()).AddSingleton<TimeProvider>(clock)
            .AddSingleton<IdFactory>().AddSingleton<Sessions>()
            .AddIdentityTables().BuildServiceProvider();
        await IdentityTables.MigrateAsync(node, CancellationToken.None);
        return node;
    }

    private static async Task<ClaimsPrincipal> BeginAsync(ServiceProvider node)
    {
        var id = node.GetRequiredService<IdFactory>().New();
        await using var db = await node.GetRequiredService<IDbContextFactory<IdentityDb>>().CreateDbContextAsync();
        db.Users.Add(new StudioUser { Id = id, Name = "Person", UserName = $"{id}@example.test", NormalizedUserName = $"{id}" });
        await db.SaveChangesAsync();
        return new ClaimsPrincipal(new ClaimsIdentity(
            [await node.GetRequiredService<Sessions>().BeginAsync(id, SessionPlace.Unknown, default)], "test"));
    }
}
