using System.Globalization;
using Npgsql;
using WorkflowStudio.Engine.Runtime.Shards;

namespace WorkflowStudio.Engine.Storage.Postgres;

/// <summary>The nodes and the holders of shards as rows. Time is the database's own: the clocks of nodes differ.</summary>
internal sealed class NodeTable(PostgresDatabase database, NodeLink link) : INodes
{
    // Whoever missed a look and holds its lock no longer has ended: see NodeLink. The lock is tried for as long as this look takes; there
    // is room for a few thousand locks, so nodes that are long gone leave the list.
    private const string Clear = """DELETE FROM nodes WHERE "SeenAt"<clock_timestamp()-interval '10 minutes'""";

    private const string Listed = """
        SELECT "Id",extract(epoch FROM clock_timestamp()-"SeenAt")::float8,"Leaving",(extract(epoch FROM "SeenAt")*1000000)::bigint,
        CASE WHEN "SeenAt"<clock_timestamp()-interval '1 second' AND "Id"<>$1 THEN pg_try_advisory_xact_lock($2,hashtext("Id")) ELSE false END FROM nodes
        """;

    private const string See = """
        INSERT INTO nodes ("Id","SeenAt","Leaving") VALUES ($1,clock_timestamp(),$2) ON CONFLICT ("Id") DO UPDATE SET "SeenAt"=clock_timestamp(),"Leaving"=$2
        """;

    private const string Take = """
        INSERT INTO shard_holders ("Shard","Node") VALUES ($1,$2) ON CONFLICT ("Shard") DO UPDATE SET "Node"=$2 WHERE shard_holders."Node" IS NOT DISTINCT FROM $3
        """;

    // longer than an outage of the database lasts: telling nobody costs little, not telling somebody costs more
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(1);

    // it was not in the list: nobody knows for how long
    private static readonly TimeSpan Absent = TimeSpan.FromHours(1);

    public string Me => link.Me;

    public async Task<NodesListed> SeeAsync(bool leaving, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenForBeatAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(Clear),
                new NpgsqlBatchCommand(Listed)
                { Parameters = { Value(Me), new NpgsqlParameter<int> { TypedValue = PostgresLocks.Nodes } } },
                new NpgsqlBatchCommand(See) { Parameters = { Value(Me), new NpgsqlParameter<bool> { TypedValue = leaving } } },
                new NpgsqlBatchCommand("""SELECT "Shard","Node" FROM shard_holders"""),
            },
        };
        var (listed, holders) = (new List<ListedNode>(), new string?[RunBell.Shards]);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            listed.Add(new ListedNode(reader.GetString(0), TimeSpan.FromSeconds(reader.GetDouble(1)), HasEnded: reader.GetBoolean(4),
                IsLeaving: reader.GetBoolean(2), Beat: reader.GetInt64(3)));
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) holders[reader.GetInt32(0)] = reader.IsDBNull(1) ? null : reader.GetString(1);
        if (!listed.Exists(n => n.Id == Me)) listed.Add(new ListedNode(Me, Absent));
        link.IsAlone = !listed.Exists(n => n.Id != Me && n.Silent <= Forgotten);
        return new NodesListed(listed, holders);
    }

    public async Task<bool> TakeAsync(int shard, string? from, CancellationToken cancellationToken) =>
        await ExecuteAsync(Take, cancellationToken, new NpgsqlParameter<int> { TypedValue = shard }, Value(Me), Value(from)) == 1;

    public async Task ReleaseAsync(int shard, CancellationToken cancellationToken)
    {
        await ExecuteAsync("""UPDATE shard_holders SET "Node"=NULL WHERE "Shard"=$1 AND "Node"=$2""", cancellationToken,
            new NpgsqlParameter<int> { TypedValue = shard }, Value(Me));
        link.Send("n:" + shard.ToString(CultureInfo.InvariantCulture));
    }

    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync("""DELETE FROM nodes WHERE "Id"=$1""", cancellationToken, Value(Me));
        await ExecuteAsync("SELECT pg_notify('studio',$1)", cancellationToken, Value(Me + ";n:left"));
    }

    private static NpgsqlParameter Value(string? text) =>
        new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text, Value = (object?)text ?? DBNull.Value };

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var connection = await database.OpenForBeatAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
