using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Identity;
using WorkflowStudio.Identity.Storage;
using WorkflowStudio.Tests.Support.Fakes;
using WorkflowStudio.Tests.Support.Postgres;

namespace WorkflowStudio.Tests.Identity;

/// <summary>Sessions while PostgreSQL has no room: reading goes on, and nobody waits for tries that come to nothing.</summary>
[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class FullDiskSessionTests(PostgresServer server)
{
    // a sequence counts what a transaction that is taken back has done, too
    private const string Full = """
        CREATE SEQUENCE tries;
        CREATE FUNCTION no_room() RETURNS trigger AS $$ BEGIN PERFORM nextval('tries'); RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$ LANGUAGE plpgsql;
        CREATE TRIGGER no_room BEFORE UPDATE ON sessions FOR EACH ROW EXECUTE FUNCTION no_room();
        """;

    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 6, 1, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Session_ThatCannotBeMovedOn_StaysOpen()
    {
        await using var database = await server.NewAsync();
        await using var node = new ServiceCollection().AddLogging().AddSingleton(database.Open()).AddSingleton<TimeProvider>(clock)
            .AddSingleton<IdFactory>().AddSingleton<Sessions>()
            .AddIdentityTables().BuildServiceProvider();
        await using var db = await node.GetRequiredService<IDbContextFactory<IdentityDb>>().CreateDbContextAsync();
        var id = node.GetRequiredService<IdFactory>().New();
        db.Users.Add(new StudioUser { Id = id, Name = "Person", UserName = "person", NormalizedUserName = "PERSON" });
        await db.SaveChangesAsync();
        var person = new ClaimsPrincipal(new ClaimsIdentity(
            [await node.GetRequiredService<Sessions>().BeginAsync(id, SessionPlace.Unknown, default)], "test"));
        await db.Database.ExecuteSqlRawAsync(Full);
        clock.Advance(Sessions.CookieLife - TimeSpan.FromMinutes(1));

        Assert.True(await node.GetRequiredService<Sessions>().IsOpenAsync(person, default));

        Assert.Equal(1, await TriesAsync(db));
        var refused = await Assert.ThrowsAsync<StoreUnwritableException>(
            () => db.Sessions.ExecuteUpdateAsync(set => set.SetProperty(s => s.ExpiresAt, 1)));
        Assert.Equal((StoreFault.DiskFull, 2), (refused.Fault, await TriesAsync(db)));
    }

    private static Task<long> TriesAsync(IdentityDb db) =>
        db.Database.SqlQueryRaw<long>("SELECT last_value AS \"Value\" FROM tries").SingleAsync();
}
