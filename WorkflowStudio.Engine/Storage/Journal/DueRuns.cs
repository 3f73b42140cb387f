using System.Data.Common;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Shards;

namespace WorkflowStudio.Engine.Storage.Journal;

/// <summary>Reads which runs of a shard have to be looked at: those whose time has come, and those of which something is wanted.</summary>
internal static class DueRuns
{
    // one that was queued a moment ago is left to its bell
    private const string IsDue = """ "Shard"=@p0 AND "WakeAt"<=@p1 AND ("Status"<>0 OR "WakeAt"<=@p1-2000) """;

    /// <summary>Those that are due for the longest time.</summary>
    public const string FirstSql = $"""SELECT "Id" FROM runs WHERE {IsDue} ORDER BY "WakeAt" LIMIT @p2""";

    /// <summary>Those behind one of them.</summary>
    public const string BehindSql = $"""SELECT "Id","WorkspaceId","WakeAt" FROM runs WHERE {IsDue} AND ("WakeAt","Id")>(@p2,@p3) ORDER BY "WakeAt","Id" LIMIT @p4""";

    /// <summary>Those of which something is wanted. For one that cannot be read that is what <see cref="RunSetAside"/> takes, a cancel or a resume: the rest lies there until it is resumed.</summary>
    public const string WantedSql = $"""
        SELECT DISTINCT r."Id" FROM run_inbox i JOIN runs r ON r."Id"=i."RunId" WHERE r."Shard"=@p0 AND r."WakeAt" IS NOT NULL
        AND (i."Kind" IN (1,5) OR r."Status"<>6 OR r."ErrorCode" IS DISTINCT FROM '{RunSetAside.Unreadable}') LIMIT @p1
        """;

    /// <summary>The first ones that are due, and those that are wanted: at most the limit of each.</summary>
    public static async Task<IReadOnlyList<Guid>> FirstAsync(DbConnection connection, int shard, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var due = new List<Guid>();
        await using var byTime = JournalReading.Command(connection, FirstSql, shard, now.ToUnixTimeMilliseconds(), limit);
        await AddAsync(byTime, due, cancellationToken);
        await using var byRequest = JournalReading.Command(connection, WantedSql, shard, limit);
        await AddAsync(byRequest, due, cancellationToken);
        return [.. due.Distinct()];
    }

    /// <summary>The next ones behind a run, or the first.</summary>
    public static async Task<IReadOnlyList<DueRun>> BehindAsync(DbConnection connection, int shard, DueRun? behind, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        await using var command = JournalReading.Command(
            connection, BehindSql, shard, now.ToUnixTimeMilliseconds(), behind?.WakeAt.ToUnixTimeMilliseconds() ?? long.MinValue, JournalStatements.Bytes(behind?.RunId ?? Guid.Empty), limit);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var due = new List<DueRun>();
        while (await reader.ReadAsync(cancellationToken)) due.Add(new DueRun(Id(reader, 0), Id(reader, 1), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2))));
        return due;
    }

    private static async Task AddAsync(DbCommand command, List<Guid> ids, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) ids.Add(Id(reader, 0));
    }

    private static Guid Id(DbDataReader reader, int column) => new(reader.GetFieldValue<byte[]>(column), true);
}
