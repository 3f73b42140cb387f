using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace WorkflowStudio.Bench;

/// <summary>The database under load, read beside the servers: what is counted is what is durable.</summary>
/// <param name="make">Makes a connection.</param>
/// <param name="prepare">What a connection is told first.</param>
/// <param name="bytes">Asks for the bytes of all pages.</param>
/// <param name="id">A run's id in hexadecimal digits.</param>
internal sealed class LoadStore(Func<DbConnection> make, string prepare, string bytes, string id)
{
    /// <summary>A SQLite file. Its pages count, those that are still in the log included.</summary>
    public static LoadStore Sqlite(string file) => new(
        () => new SqliteConnection($"Data Source={file};Mode=ReadWrite;Pooling=False"),
        "PRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0;",
        "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
        """lower(hex("Id"))""");

    /// <summary>A PostgreSQL database, without the log, which all databases of a server share.</summary>
    public static LoadStore Postgres(string connectionString) => new(
        () => new NpgsqlConnection(connectionString + ";Pooling=false"),
        "SET default_transaction_read_only=on",
        "SELECT pg_database_size(current_database())",
        """encode("Id",'hex')""");

    public Task<long> BytesAsync() => CountAsync(bytes);

    public Task<long> RunsAsync() => CountAsync("SELECT count(*) FROM runs");

    /// <summary>How many runs have not ended that were made since a moment: the demo has some that wait.</summary>
    public Task<long> UnfinishedAsync(DateTimeOffset since) =>
        CountAsync(string.Create(CultureInfo.InvariantCulture,
            $"""SELECT count(*) FROM runs WHERE "FinishedAt" IS NULL AND "CreatedAt">={since.ToUnixTimeMilliseconds()}"""));

    /// <summary>How many nodes hold their share of the shards. Only where nodes share them.</summary>
    public Task<long> SharersAsync(int least) =>
        CountAsync(string.Create(CultureInfo.InvariantCulture, $"""SELECT count(*) FROM (SELECT 1 FROM shard_holders WHERE "Node" IS NOT NULL GROUP BY "Node" HAVING count(*)>={least}) AS sharing"""));

    /// <summary>The ids of the runs that ended well, as the API writes them.</summary>
    public async Task<HashSet<string>> DoneAsync(CancellationToken cancellationToken)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"""SELECT {id} FROM runs WHERE "Status"=3""";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) done.Add("exe_" + reader.GetString(0));
        return done;
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private async Task<DbConnection> OpenAsync()
    {
        var connection = make();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = prepare;
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
