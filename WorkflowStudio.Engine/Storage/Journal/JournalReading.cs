using System.Data.Common;
using System.Runtime.CompilerServices;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Journal;

/// <summary>Reads the entries of a run, from the rows of the journal and from its packed part.</summary>
internal static class JournalReading
{
    public const string ArchiveSql = """SELECT "Data" FROM run_archives WHERE "RunId"=@p0""";

    public const string RowsSql = """
        SELECT e."Seq",e."At",e."Kind",e."NodeId",e."Iteration",e."Attempt",CASE WHEN length(e."Payload")=0 THEN b."Payload" ELSE e."Payload" END
        FROM run_events e LEFT JOIN run_blobs b ON b."RunId"=e."RunId" AND b."Seq"=e."Seq"
        WHERE e."RunId"=@p0 AND e."Seq">@p1 ORDER BY e."Seq" LIMIT @p2
        """;

    /// <summary>The entries after a place in the journal, in order.</summary>
    public static async Task<IReadOnlyList<JournalEntry>> EntriesAsync(
        DbConnection connection, Guid runId, long after, int limit, CancellationToken cancellationToken) =>
        [.. (await EncodedAsync(connection, runId, after, limit, cancellationToken)).Select(e => e.Decode())];

    /// <summary>The same one by one: a long journal is never held as a whole, as long as it is not packed.</summary>
    public static async IAsyncEnumerable<JournalEntry> ReadAsync(
        DbConnection connection, Guid runId, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using (var command = Command(connection, RowsSql, SqlId.Of(runId), after, int.MaxValue))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            var last = after;
            while (await reader.ReadAsync(cancellationToken))
            {
                var entry = Entry(reader);
                if (last == after && entry.Seq != after + 1) break; // what comes before it is packed
                last = entry.Seq;
                yield return entry.Decode();
            }

            if (last > after) yield break;
        }

        foreach (var entry in await EncodedAsync(connection, runId, after, int.MaxValue, cancellationToken)) yield return entry.Decode();
    }

    /// <summary>The same as the database holds them.</summary>
    public static async Task<IReadOnlyList<EncodedEntry>> EncodedAsync(
        DbConnection connection, Guid runId, long after, int limit, CancellationToken cancellationToken)
    {
        // The rows first: whoever packs them stores the block and deletes rows from the first on, so what is no longer a row is in the
        // block.
        var rows = await RowsAsync(connection, runId, after, limit, cancellationToken);
        if (rows is [var first, ..] && first.Seq == after + 1) return rows;
        if (await ArchiveAsync(connection, runId, cancellationToken) is not { } data) return rows;
        var packed = RunArchive.Unpack(data);
        return [.. packed.Where(e => e.Seq > after).Concat(rows.Where(e => packed.Length == 0 || e.Seq > packed[^1].Seq)).Take(limit)];
    }

    /// <summary>A command with its parameters <c>@p0 …</c>.</summary>
    public static DbCommand Command(DbConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@p" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
            parameter.Value = values[i];
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static async Task<List<EncodedEntry>> RowsAsync(
        DbConnection connection, Guid runId, long after, int limit, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, RowsSql, SqlId.Of(runId), after, limit);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var entries = new List<EncodedEntry>();
        while (await reader.ReadAsync(cancellationToken)) entries.Add(Entry(reader));
        return entries;
    }

    private static EncodedEntry Entry(DbDataReader reader) => new(
        reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2), reader.IsDBNull(3) ? null : reader.GetString(3),
        reader.IsDBNull(4) ? null : reader.GetString(4), reader.GetInt32(5), reader.IsDBNull(6) ? null : reader.GetFieldValue<byte[]>(6));

    private static async Task<byte[]?> ArchiveAsync(DbConnection connection, Guid runId, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, ArchiveSql, SqlId.Of(runId));
        return await command.ExecuteScalarAsync(cancellationToken) as byte[];
    }
}
