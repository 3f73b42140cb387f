using System.Globalization;
using Npgsql;
using WorkflowStudio.Engine.Runtime.Shards;

namespace WorkflowStudio.Engine.Storage.Postgres;

/// <summary>The nodes and the holders of shards as rows. Time is the database's own: the clocks of nodes differ.</summary>
internal sealed class NodeTable(PostgresDatabase database, NodeLink link) : INodes
{
    private const string See = """
        INSERT INTO nodes ("Id","SeenAt") VALUES ($1,clock_timestamp()) ON CONFLICT ("Id") DO UPDATE SET "SeenAt"=clock_timestamp();
        """;

    // three looks missed and some patience
    private const string Alive = """SELECT "Id" FROM nodes WHERE "SeenAt">clock_timestamp()-interval '6 seconds'""";

    private const string Take = """
        INSERT INTO shard_holders ("Shard","Node") VALUES ($1,$2) ON CONFLICT ("Shard") DO UPDATE SET "Node"=$2 WHERE shard_holders."Node" IS NOT DISTINCT FROM $3
        """;

    public string Me => link.Me;

    public async Task<NodesSeen> SeeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenForUseAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(See) { Parameters = { Value(Me) } },
                new NpgsqlBatchCommand(Alive),
                new NpgsqlBatchCommand("""SELECT "Shard","Node" FROM shard_holders"""),
            },
        };
        var (alive, holders) = (new HashSet<string> { Me }, new string?[RunBell.Shards]);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) alive.Add(reader.GetString(0));
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) holders[reader.GetInt32(0)] = reader.IsDBNull(1) ? null : reader.GetString(1);
        link.IsAlone = alive.Count == 1;
        return new NodesSeen(alive, holders);
    }

    public async Task<bool> TakeAsync(int shard, string? from, CancellationToken cancellationToken) =>
        await ExecuteAsync(Take, cancellationToken, new NpgsqlParameter<int> { TypedValue = shard }, Value(Me), Value(from)) == 1;

    public async Task ReleaseAsync(int shard, CancellationToken cancellationToken)
    {
        await ExecuteAsync("""UPDATE shard_holders SET "Node"=NULL WHERE "Shard"=$1 AND "Node"=$2""", cancellationToken, new NpgsqlParameter<int> { TypedValue = shard }, Value(Me));
        link.Send("n:" + shard.ToString(CultureInfo.InvariantCulture));
    }

    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync("""DELETE FROM nodes WHERE "Id"=$1 OR "SeenAt"<clock_timestamp()-interval '1 hour'""", cancellationToken, Value(Me));
        await ExecuteAsync("SELECT pg_notify('studio',$1)", cancellationToken, Value(Me + ";n:left"));
    }

    private static NpgsqlParameter Value(string? text) => new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text, Value = (object?)text ?? DBNull.Value };

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var connection = await database.OpenForUseAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
