using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Postgres;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Postgres;

namespace WorkflowStudio.Tests.Storage;

/// <summary>What the list of nodes tells of those that were not heard of for a moment.</summary>
[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresNodeTableTests(PostgresServer server)
{
    [Fact]
    public async Task Node_ThatMissedALook_HasEndedWhenItHoldsItsLockNoLonger()
    {
        await using var engine = await EngineHarness.CreateAsync(server, []);
        var database = (PostgresDatabase)engine.Get<StudioDatabase>();
        using var link = new NodeLink(database, new NodeNews(), new NodeBell(), engine.Clock, NullLogger<NodeLink>.Instance);
        var table = new NodeTable(database, link);
        await table.SeeAsync(leaving: false, default);
        await using var alive = new NpgsqlConnection(database.Connection.Unpooled());
        await alive.OpenAsync();
        await ExecuteAsync(alive, $"""
            INSERT INTO nodes ("Id","SeenAt","Leaving") VALUES ('long gone',clock_timestamp()-interval '11 minutes',false),('slow',clock_timestamp()-interval '2 seconds',false),('dead',clock_timestamp()-interval '2 seconds',false),
            ('young',clock_timestamp(),true); SELECT pg_advisory_lock_shared({PostgresLocks.Nodes},hashtext('slow'))
            """);

        var listed = (await table.SeeAsync(leaving: false, default)).Nodes.ToDictionary(n => n.Id);
        Assert.DoesNotContain("long gone", listed.Keys); // a lock is tried for each
        Assert.Equal(["dead"], listed.Values.Where(n => n.HasEnded).Select(n => n.Id));
        Assert.Equal(["young"], listed.Values.Where(n => n.IsLeaving).Select(n => n.Id));
        Assert.True(listed["slow"].Silent >= TimeSpan.FromSeconds(2));
        await ExecuteAsync(alive, $"SELECT pg_advisory_lock_shared({PostgresLocks.Nodes},hashtext('dead'))"); // the look gave the lock back
        var next = (await table.SeeAsync(leaving: false, default)).Nodes.ToDictionary(n => n.Id);
        Assert.Equal((listed["slow"].Beat, true), (next["slow"].Beat, next[table.Me].Beat > listed[table.Me].Beat));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
