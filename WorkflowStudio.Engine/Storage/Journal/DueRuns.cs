using System.Data.Common;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Journal;

/// <summary>Reads which runs have to be looked at: those whose time has come, and those of which something is wanted.</summary>
internal static class DueRuns
{
    // one that was queued a moment ago is left to its bell
    private const string IsDue = """ "WakeAt"<=@p1 AND ("Status"<>0 OR "WakeAt"<=@p1-2000) """;

    // For one that cannot be read that is what RunSetAside takes, a cancel or a resume: the rest lies there until it is resumed.
    private const string IsWanted = $"""
        r."WakeAt" IS NOT NULL AND (i."Kind" IN (1,5) OR r."Status"<>6 OR r."ErrorCode" IS DISTINCT FROM '{RunSetAside.Unreadable}')
        """;

    /// <summary>Those of one shard that are due for the longest time.</summary>
    public const string FirstSql = $"""SELECT "Id" FROM runs WHERE "Shard"=@p0 AND {IsDue} ORDER BY "WakeAt" LIMIT @p2""";

    /// <summary>The same for several shards in one question, as a database that nodes share answers it.</summary>
    public const string FirstOfShardsSql = $"""
        SELECT r."Id" FROM unnest(@p0) s(shard) CROSS JOIN LATERAL (SELECT "Id" FROM runs WHERE "Shard"=s.shard AND {IsDue} ORDER BY "WakeAt" LIMIT @p2) r
        """;

    /// <summary>Those behind one of them.</summary>
    public const string BehindSql = $"""SELECT "Id","WorkspaceId","WakeAt" FROM runs WHERE "Shard"=@p0 AND {IsDue} AND ("WakeAt","Id")>(@p2,@p3) ORDER BY "WakeAt","Id" LIMIT @p4""";

    // CROSS JOIN: SQLite then begins with the inbox, which is small
    /// <summary>Those of which something is wanted, of all shards, those first that are wanted for the longest time.</summary>
    public const string WantedSql = $"""SELECT i."RunId" FROM run_inbox i CROSS JOIN runs r WHERE r."Id"=i."RunId" AND {IsWanted} GROUP BY i."RunId" ORDER BY min(i."Id") LIMIT @p0""";

    /// <summary>The same for the shards of one node among others.</summary>
    public const string WantedOfShardsSql = $"""SELECT i."RunId" FROM run_inbox i JOIN runs r ON r."Id"=i."RunId" WHERE r."Shard"=ANY(@p1) AND {IsWanted} GROUP BY i."RunId" ORDER BY min(i."Id") LIMIT @p0""";

    /// <summary>The first ones of shards that are due, and those that are wanted.</summary>
    /// <param name="connection">A connection.</param>
    /// <param name="shared">Whether nodes share the database; else this one owns every shard.</param>
    /// <param name="shards">The shards.</param>
    /// <param name="now">The time.</param>
    /// <param name="limit">How many of each shard at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<Guid>> FirstAsync(
        DbConnection connection, bool shared, IReadOnlyList<int> shards, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var (due, wanted, at) = (new List<Guid>(), new List<Guid>(), now.ToUnixTimeMilliseconds());
        int[] wantedShards = [.. shards];
        if (shared) await AddAsync(JournalReading.Command(connection, FirstOfShardsSql, wantedShards, at, limit), due, cancellationToken);
        else
        {
            await using var first = JournalReading.Command(connection, FirstSql, 0, at, limit);
            foreach (var shard in shards)
            {
                first.Parameters[0].Value = shard;
                await ReadAsync(first, due, cancellationToken);
            }
        }

        var mostWanted = limit * (shared ? shards.Count : RunBell.Shards); // the answer of the one node is of all shards
        await AddAsync(shared
            ? JournalReading.Command(connection, WantedOfShardsSql, mostWanted, wantedShards)
            : JournalReading.Command(connection, WantedSql, mostWanted), wanted, cancellationToken);
        return [.. due.Concat(wanted.Where(id => shared || shards.Contains(RunBell.ShardOf(id)))).Distinct()];
    }

    /// <summary>The next ones behind a run, or the first.</summary>
    public static async Task<IReadOnlyList<DueRun>> BehindAsync(
        DbConnection connection, int shard, DueRun? behind, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        await using var command = JournalReading.Command(
            connection, BehindSql, shard, now.ToUnixTimeMilliseconds(), behind?.WakeAt.ToUnixTimeMilliseconds() ?? long.MinValue,
            SqlId.Of(behind?.RunId ?? Guid.Empty), limit);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var due = new List<DueRun>();
        while (await reader.ReadAsync(cancellationToken))
            due.Add(new DueRun(Id(reader, 0), Id(reader, 1), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2))));
        return due;
    }

    private static async Task AddAsync(DbCommand command, List<Guid> ids, CancellationToken cancellationToken)
    {
        await using (command) await ReadAsync(command, ids, cancellationToken);
    }

    private static async Task ReadAsync(DbCommand command, List<Guid> ids, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) ids.Add(Id(reader, 0));
    }

    private static Guid Id(DbDataReader reader, int column) => new(reader.GetFieldValue<byte[]>(column), true);
}
