using System.Data.Common;
using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Engine.Storage.Journal;

/// <summary>Reads the due runs of a shard page by page.</summary>
internal static class DueRuns
{
    private const string Sql = """
        SELECT "Id","WorkspaceId","WakeAt" FROM runs WHERE "Shard"=@p0 AND "WakeAt"<=@p1 AND ("Status"<>0 OR "WakeAt"<=@p1-2000)
        AND ("WakeAt","Id")>(@p2,@p3) ORDER BY "WakeAt","Id" LIMIT @p4
        """;

    /// <summary>The next ones behind a run, or the first.</summary>
    public static async Task<IReadOnlyList<DueRun>> BehindAsync(DbConnection connection, int shard, DueRun? behind, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        await using var command = JournalReading.Command(
            connection, Sql, shard, now.ToUnixTimeMilliseconds(), behind?.WakeAt.ToUnixTimeMilliseconds() ?? long.MinValue, JournalStatements.Bytes(behind?.RunId ?? Guid.Empty), limit);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var due = new List<DueRun>();
        while (await reader.ReadAsync(cancellationToken))
            due.Add(new DueRun(new Guid(reader.GetFieldValue<byte[]>(0), true), new Guid(reader.GetFieldValue<byte[]>(1), true), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2))));
        return due;
    }
}
